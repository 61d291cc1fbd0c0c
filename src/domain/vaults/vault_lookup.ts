/**
 * How an argument names a vault: by exact name, else by complete id. Beginnings of ids do not count:
 * a mistyped name must never put a secret into another vault.
 *
 * @module
 */
import { closestName } from "../closest.ts";
import { UserError } from "../errors.ts";
import type { BrokenVault, StoredVault } from "./vault.ts";
import type { VaultListing } from "./vault_store.ts";

/** Optional parts of {@linkcode findVault}. */
export interface FindVaultOptions {
  /** Whether ids count too; they do unless told. */
  readonly byId?: boolean;
  /** What to say when there is no such vault; `Vault not found: <argument>` unless told. */
  readonly notFound?: (names: readonly string[]) => string;
}

/**
 * The one vault that the argument names.
 *
 * @throws {UserError} `vault_not_found`, `vault_broken` when the file of that vault cannot be read,
 * `ambiguous_vault` when several files carry the name.
 */
export function findVault(
  { vaults, broken }: VaultListing,
  argument: string,
  { byId = true, notFound }: FindVaultOptions = {},
): StoredVault {
  const named = vaults.filter(({ vault }) => vault.name === argument);
  const matches = named.length > 0 || !byId
    ? named
    : vaults.filter(({ vault }) => vault.id.toLowerCase() === argument.toLowerCase());
  const [found, other] = matches;
  if (found !== undefined && other === undefined) return found;
  if (found !== undefined) throw ambiguous(argument, matches);
  const damaged = broken.find(({ name, id }) => name === argument || (byId && id === argument));
  if (damaged !== undefined) throw vaultBroken(argument, damaged);
  const names = vaults.map(({ vault }) => vault.name);
  throw new UserError(
    "vault_not_found",
    notFound?.(names) ?? `Vault not found: ${argument}`,
    didYouMean(argument, names),
  );
}

/** The names of vaults as messages list them. */
export function availableVaults(names: readonly string[]): string {
  return names.length === 0
    ? "No vaults are configured. Create one using: swamp vault create <type> <name>"
    : `Available vaults: ${names.join(", ")}`;
}

/** A hint for an error about a name or key that is not there, if one of those that are is near. */
export function didYouMean(
  word: string,
  candidates: readonly string[],
): { readonly fields?: { readonly hint: string } } {
  const meant = closestName(word, candidates);
  return meant === undefined ? {} : { fields: { hint: `Did you mean "${meant}"?` } };
}

function ambiguous(name: string, matches: readonly StoredVault[]): UserError {
  const files = matches.map(({ file }) => file);
  return new UserError(
    "ambiguous_vault",
    `Ambiguous vault "${name}": ${files.join(", ")}. Remove all of them but one.`,
    { fields: { files } },
  );
}

function vaultBroken(argument: string, { file, reason }: BrokenVault): UserError {
  return new UserError(
    "vault_broken",
    `Vault '${argument}' cannot be used: ${file}: ${reason}`,
    { fields: { file } },
  );
}
