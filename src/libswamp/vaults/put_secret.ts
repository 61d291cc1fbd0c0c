import { UserError } from "../../domain/errors.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { availableVaults, findVault } from "../../domain/vaults/vault_lookup.ts";
import type { VaultService } from "../../domain/vaults/vault_service.ts";
import type { VaultStore } from "../../domain/vaults/vault_store.ts";

/** What {@linkcode putSecret} works with. */
export interface PutSecretDependencies {
  readonly vaults: VaultStore;
  readonly vaultService: VaultService;
  readonly locks: Locks;
  readonly now: () => Date;
}

/** Where a secret is about to be put. */
export interface SecretPlace {
  readonly vaultName: string;
  readonly vaultType: string;
  readonly key: string;
  /** Whether there is a secret already; `undefined` where the vault does not tell. */
  readonly exists: boolean | undefined;
}

/** JSON document of `vault put` (contract: cli-automation 6.3). */
export interface PutSecretDocument {
  readonly vaultName: string;
  readonly secretKey: string;
  readonly vaultType: string;
  /** Absent where the vault does not tell what keys it has. */
  readonly overwritten?: boolean;
  /** UTC, ISO 8601. */
  readonly timestamp: string;
}

/**
 * Looks at the place for a secret, so that a person can be asked before anything is overwritten.
 *
 * @param force whether a vault that does not tell its keys will do.
 * @throws {UserError} `vault_not_found`, `vault_read_only`, and what is wrong with the vault itself.
 */
export async function planPut(
  { vaults, vaultService }: Pick<PutSecretDependencies, "vaults" | "vaultService">,
  nameOrId: string,
  key: string,
  force: boolean,
): Promise<SecretPlace> {
  const { vault } = findVault(await vaults.list(), nameOrId, {
    notFound: (names) => `Vault not found: ${nameOrId}. ${availableVaults(names)}`,
  });
  const { readOnly } = await vaultService.open(vault.name);
  if (readOnly !== undefined) {
    throw new UserError("vault_read_only", `Vault '${vault.name}' is read-only. ${readOnly}`);
  }
  const place = { vaultName: vault.name, vaultType: vault.type, key };
  return { ...place, exists: await hasKey(vaultService, place, force) };
}

/**
 * Stores a secret.
 *
 * @param mayOverwrite whether a secret that is there may go.
 * @throws {UserError} `secret_exists`, `lock_timeout`, and whatever the vault says.
 */
export async function putSecret(
  { vaultService, locks, now }: PutSecretDependencies,
  place: SecretPlace,
  value: string,
  mayOverwrite: boolean,
): Promise<PutSecretDocument> {
  const { vaultName, vaultType, key } = place;
  // Of two commands that put the same new key, one must find that the other was faster.
  await using _lock = await locks.global();
  const exists = await hasKey(vaultService, place, mayOverwrite);
  if (exists && !mayOverwrite) throw secretExists(place);
  await vaultService.put(vaultName, key, value);
  return {
    vaultName,
    secretKey: key,
    vaultType,
    ...(exists === undefined ? {} : { overwritten: exists }),
    timestamp: now().toISOString(),
  };
}

/** The failure where nobody can be asked whether a secret may be overwritten. */
export function secretExists({ vaultName, key }: SecretPlace, circumstances = ""): UserError {
  return new UserError(
    "secret_exists",
    `Secret '${key}' already exists in vault '${vaultName}'. ` +
      `Use --force (-f) to overwrite${circumstances}.`,
  );
}

async function hasKey(
  vaultService: VaultService,
  { vaultName, key }: Pick<SecretPlace, "vaultName" | "key">,
  mayBeUnknown: boolean,
): Promise<boolean | undefined> {
  try {
    return (await vaultService.list(vaultName)).includes(key);
  } catch (error) {
    // Some services let their clients write secrets, but not list them.
    if (mayBeUnknown) return undefined;
    throw error;
  }
}
