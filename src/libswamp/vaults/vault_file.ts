import { UserError } from "../../domain/errors.ts";
import type { BrokenVault, StoredVault } from "../../domain/vaults/vault.ts";
import { findVault } from "../../domain/vaults/vault_lookup.ts";
import type { VaultListing } from "../../domain/vaults/vault_store.ts";

/** A vault's file that is to be changed or removed, readable or not. */
export type VaultFile =
  | { readonly stored: StoredVault; readonly broken?: never }
  | { readonly broken: BrokenVault; readonly stored?: never };

/**
 * Finds a file to change or remove: by its path or file name, which also tells vaults of the same name
 * apart, else by name or id as everywhere; a damaged one by the name or id that it carries.
 *
 * @throws {UserError} `vault_not_found`, `ambiguous_vault`.
 */
export function findVaultFile(listing: VaultListing, argument: string): VaultFile {
  const wanted = argument.replaceAll("\\", "/").replace(/^\.\//, "");
  const isCalled = ({ path, file }: { readonly path: string; readonly file: string }) =>
    [path, file, file.split("/").at(-1)].includes(wanted);
  const stored = listing.vaults.find(isCalled);
  if (stored !== undefined) return { stored };
  const broken = listing.broken.find(isCalled);
  if (broken !== undefined) return { broken };
  try {
    return { stored: findVault(listing, argument) };
  } catch (error) {
    const damaged = listing.broken.find(({ name, id }) => [name, id].includes(argument));
    const isBroken = error instanceof UserError && error.code === "vault_broken";
    if (damaged !== undefined && isBroken) return { broken: damaged };
    throw error;
  }
}
