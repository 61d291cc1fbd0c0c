import type { VaultStore } from "../../domain/vaults/vault_store.ts";

/** A vault in a list. */
export interface VaultSummary {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly createdAt: string;
}

/** JSON document of `vault search` (contract: cli-automation 6.2). */
export interface VaultSearchDocument {
  readonly query: string;
  /** Sorted by name. */
  readonly results: readonly VaultSummary[];
}

/** The vaults whose name, type or id contains a text, in whatever case; all for an empty one. */
export async function searchVaults(
  vaults: VaultStore,
  query: string,
): Promise<VaultSearchDocument> {
  const results = (await vaults.list()).vaults
    .map(({ vault: { id, name, type, createdAt } }) => ({ id, name, type, createdAt }))
    .filter((vault) => mentionsVault(vault, query))
    .sort((a, b) => a.name < b.name ? -1 : 1);
  return { query, results };
}

/** Whether name, type or id of a vault contains a text, in whatever case. */
export function mentionsVault({ id, name, type }: VaultSummary, query: string): boolean {
  const wanted = query.toLowerCase();
  return [name, type, id].some((text) => text.toLowerCase().includes(wanted));
}
