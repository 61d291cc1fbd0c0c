import { availableVaults, findVault } from "../../domain/vaults/vault_lookup.ts";
import type { VaultService } from "../../domain/vaults/vault_service.ts";
import type { VaultStore } from "../../domain/vaults/vault_store.ts";

/** What {@linkcode listKeys} works with. */
export interface ListKeysDependencies {
  readonly vaults: VaultStore;
  readonly vaultService: VaultService;
}

/** JSON document of `vault list-keys` (contract: cli-automation 6.4). */
export interface VaultKeysDocument {
  readonly vaultName: string;
  readonly vaultType: string;
  /** Sorted. */
  readonly secretKeys: readonly string[];
  readonly count: number;
}

/**
 * The keys of a vault's secrets.
 *
 * @throws {UserError} `vault_not_found`, and what is wrong with the vault itself.
 */
export async function listKeys(
  { vaults, vaultService }: ListKeysDependencies,
  nameOrId: string,
): Promise<VaultKeysDocument> {
  const { vault: { name, type } } = findVault(await vaults.list(), nameOrId, {
    notFound: (names) => `Vault not found: '${nameOrId}'. ${availableVaults(names)}`,
  });
  const secretKeys = await vaultService.list(name);
  return { vaultName: name, vaultType: type, secretKeys, count: secretKeys.length };
}
