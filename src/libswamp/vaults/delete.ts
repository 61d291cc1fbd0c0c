import { messageOf, UserError } from "../../domain/errors.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import type { VaultProvider } from "../../domain/vaults/vault_provider.ts";
import type { VaultService } from "../../domain/vaults/vault_service.ts";
import type { VaultStore } from "../../domain/vaults/vault_store.ts";
import { findVaultFile } from "./vault_file.ts";
import { requireUnused, type VaultUseSources } from "./vault_uses.ts";

/** What {@linkcode deleteVault} works with. */
export interface DeleteVaultDependencies extends VaultUseSources {
  readonly vaults: VaultStore;
  readonly vaultService: VaultService;
  readonly locks: Locks;
}

/** What deleting a vault would take away. */
export interface VaultDeletion {
  /** Absolute path of the vault's file. */
  readonly path: string;
  /** The same for people. */
  readonly file: string;
  /** Absent where a damaged file does not tell. */
  readonly id?: string;
  /** The name, or the file of a damaged vault that does not tell its name. */
  readonly name: string;
  readonly type: string;
  /** Number of secrets that belong to this vault alone and go with it. */
  readonly secrets: number;
  /** Deletes them; absent where secrets stay. */
  readonly deleteSecrets?: () => Promise<number>;
}

/** JSON document of `vault delete`, in the form of `model delete`. */
export interface DeletedVaultDocument {
  readonly deleted: {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    /** Absolute path of the file that was removed. */
    readonly path: string;
  };
  /** Number of secrets that went with it; those outside of the repository stay. */
  readonly secretsDeleted: number;
  /** What could not be removed; everything else is gone. */
  readonly notDeleted?: readonly { readonly what: string; readonly reason: string }[];
}

/**
 * Finds what deleting a vault would take away. Nothing is changed and no lock is held, so that a person
 * can be asked in between.
 *
 * @param force whether the vault's secrets may go too, and whether others may still refer to it.
 * @throws {UserError} `vault_not_found`, `ambiguous_vault`, `vault_has_secrets`, `vault_in_use`.
 */
export async function planVaultDeletion(
  dependencies: Omit<DeleteVaultDependencies, "locks">,
  argument: string,
  force: boolean,
): Promise<VaultDeletion> {
  const { vaults, vaultService } = dependencies;
  const listing = await vaults.list();
  const { stored, broken } = findVaultFile(listing, argument);
  if (stored === undefined) {
    const { path, file, id, name = file } = broken;
    return { path, file, name, type: "", secrets: 0, ...(id === undefined ? {} : { id }) };
  }
  const { path, file, vault: { id, name, type } } = stored;
  const found = { path, file, id, name, type };
  const isShared = listing.vaults.some(({ vault }) => vault.name === name && vault.id !== id);
  if (!force && !isShared) await requireUnused(dependencies, name);
  const provider = isShared ? undefined : await providerIfUsable(vaultService, name);
  if (provider?.deleteAll === undefined) return { ...found, secrets: 0 };
  const secrets = (await provider.list()).length;
  if (secrets > 0 && !force) {
    throw new UserError(
      "vault_has_secrets",
      `Vault '${name}' has ${secrets} secret(s). Use --force to delete them too.`,
      { fields: { secrets } },
    );
  }
  return { ...found, secrets, deleteSecrets: () => provider.deleteAll!() };
}

/**
 * Deletes a vault and the secrets that belong to it alone. The vault's file goes first: where that
 * cannot be removed, nothing else is lost.
 *
 * @throws {UserError} as {@linkcode planVaultDeletion} does, and `lock_timeout`, `not_writable`.
 */
export async function deleteVault(
  dependencies: DeleteVaultDependencies,
  { file }: VaultDeletion,
  force: boolean,
): Promise<DeletedVaultDocument> {
  const { vaults, locks } = dependencies;
  await using _lock = await locks.global();
  const plan = await planVaultDeletion(dependencies, file, force);
  const { id = "", name, type, path, deleteSecrets } = plan;
  await vaults.remove(path);
  const deleted = { id, name, type, path };
  try {
    return { deleted, secretsDeleted: await deleteSecrets?.() ?? 0 };
  } catch (error) {
    const notDeleted = [{ what: "secrets", reason: messageOf(error) }];
    return { deleted, secretsDeleted: 0, notDeleted };
  }
}

/** A vault can be deleted although its type does not work any more. */
async function providerIfUsable(
  vaultService: VaultService,
  name: string,
): Promise<VaultProvider | undefined> {
  try {
    return await vaultService.open(name);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
