import type { VaultStore } from "../../domain/vaults/vault_store.ts";

/** JSON document of `vault search` (contract: cli-automation 6.2). */
export interface VaultSearchDocument {
  readonly query: string;
  /** Sorted by name. */
  readonly results: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly createdAt: string;
  }[];
}

/** The vaults whose name, type or id contains a text, in whatever case; all for an empty one. */
export async function searchVaults(
  vaults: VaultStore,
  query: string,
): Promise<VaultSearchDocument> {
  const wanted = query.toLowerCase();
  const results = (await vaults.list()).vaults
    .map(({ vault: { id, name, type, createdAt } }) => ({ id, name, type, createdAt }))
    .filter(({ id, name, type }) =>
      [name, type, id].some((text) => text.toLowerCase().includes(wanted))
    )
    .sort((a, b) => a.name < b.name ? -1 : 1);
  return { query, results };
}
