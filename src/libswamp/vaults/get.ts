import { UserError } from "../../domain/errors.ts";
import { normalizeProviderName } from "../../domain/extensions/type_name.ts";
import type { StoredVault } from "../../domain/vaults/vault.ts";
import { findVault } from "../../domain/vaults/vault_lookup.ts";
import type { VaultStore } from "../../domain/vaults/vault_store.ts";
import type { VaultTypesSource } from "../../domain/vaults/vault_types.ts";
import { type VaultDocument, vaultDocumentOf } from "./vault_documents.ts";

/** What {@linkcode getVault} works with. */
export interface GetVaultDependencies {
  readonly vaults: VaultStore;
  readonly types: VaultTypesSource;
}

/** JSON document of `vault get` (contract: cli-automation 6.2). */
export interface StoredVaultDocument extends VaultDocument {
  /** Path of the vault's file, relative to the repository. */
  readonly storagePath: string;
}

/**
 * Everything about one vault; its type need not work, nor even be installed.
 *
 * @param type the type that the vault is expected to have, as the user wrote it.
 * @throws {UserError} `vault_not_found`, `vault_broken`, `ambiguous_vault`, `vault_type_differs`.
 */
export async function getVault(
  { vaults, types }: GetVaultDependencies,
  nameOrId: string,
  type?: string,
): Promise<StoredVaultDocument> {
  const stored = findVault(await vaults.list(), nameOrId);
  if (type !== undefined) requireType(stored, type);
  return { ...await vaultDocumentOf(stored, types), storagePath: stored.file };
}

/**
 * What of a vault does not depend on where it is stored.
 *
 * @throws {UserError} as {@linkcode getVault} does.
 */
export async function describeVault(
  dependencies: GetVaultDependencies,
  nameOrId: string,
  type?: string,
): Promise<VaultDocument> {
  const { storagePath: _, ...document } = await getVault(dependencies, nameOrId, type);
  return document;
}

function requireType({ vault }: StoredVault, type: string): void {
  if (vault.type === normalizeProviderName(type)) return;
  throw new UserError(
    "vault_type_differs",
    `Vault '${vault.name}' found but has type '${vault.type}', not '${type}'`,
  );
}
