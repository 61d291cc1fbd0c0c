import { UserError } from "../../domain/errors.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { availableVaults, didYouMean, findVault } from "../../domain/vaults/vault_lookup.ts";
import type { VaultService } from "../../domain/vaults/vault_service.ts";
import type { VaultStore } from "../../domain/vaults/vault_store.ts";

/** What {@linkcode deleteSecret} works with. */
export interface DeleteSecretDependencies {
  readonly vaults: VaultStore;
  readonly vaultService: VaultService;
  readonly locks: Locks;
  readonly now: () => Date;
}

/** A secret that is about to be deleted. */
export interface SecretDeletion {
  readonly vaultName: string;
  readonly vaultType: string;
  readonly key: string;
}

/** JSON document of `vault delete-secret`, in the form of `vault put`. */
export interface DeletedSecretDocument {
  readonly vaultName: string;
  readonly secretKey: string;
  readonly vaultType: string;
  readonly deleted: true;
  /** UTC, ISO 8601. */
  readonly timestamp: string;
}

/**
 * Finds the secret, so that a person can be asked before it is deleted.
 *
 * @throws {UserError} `vault_not_found`, `secret_not_found`, `not_supported`, and what is wrong with the
 * vault itself.
 */
export async function planSecretDeletion(
  { vaults, vaultService }: Pick<DeleteSecretDependencies, "vaults" | "vaultService">,
  nameOrId: string,
  key: string,
): Promise<SecretDeletion> {
  const { vault } = findVault(await vaults.list(), nameOrId, {
    notFound: (names) => `Vault not found: ${nameOrId}. ${availableVaults(names)}`,
  });
  const provider = await vaultService.open(vault.name);
  if (provider.delete === undefined) {
    throw new UserError(
      "not_supported",
      `Vaults of the type '${vault.type}' cannot delete secrets. Delete it where vault ` +
        `'${vault.name}' gets its secrets from.`,
    );
  }
  const keys = await vaultService.list(vault.name);
  if (!keys.includes(key)) {
    throw new UserError(
      "secret_not_found",
      `Secret '${key}' not found in vault '${vault.name}'`,
      didYouMean(key, keys),
    );
  }
  return { vaultName: vault.name, vaultType: vault.type, key };
}

/**
 * Deletes a secret.
 *
 * @throws {UserError} `secret_not_found` when somebody else was faster, `lock_timeout`.
 */
export async function deleteSecret(
  { vaultService, locks, now }: DeleteSecretDependencies,
  { vaultName, vaultType, key }: SecretDeletion,
): Promise<DeletedSecretDocument> {
  await using _lock = await locks.global();
  await vaultService.delete(vaultName, key);
  const timestamp = now().toISOString();
  return { vaultName, secretKey: key, vaultType, deleted: true, timestamp };
}
