import { messageOf, UserError } from "../../domain/errors.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { isMap } from "../../domain/repository/settings_check.ts";
import type { Vault } from "../../domain/vaults/vault.ts";
import { readVault } from "../../domain/vaults/vault_document.ts";
import type { VaultStore } from "../../domain/vaults/vault_store.ts";
import type { VaultTypesSource } from "../../domain/vaults/vault_types.ts";
import { configIssues } from "./config_check.ts";
import { findVaultFile } from "./vault_file.ts";

/** What {@linkcode replaceVault} works with. */
export interface EditVaultDependencies {
  readonly vaults: VaultStore;
  readonly types: VaultTypesSource;
  readonly locks: Locks;
}

/** The file of a vault that is to be edited. */
export interface EditableVault {
  /** Absolute path. */
  readonly path: string;
  /** Path for people, relative to the repository. */
  readonly file: string;
  /** The vault as it is now; absent where the file is damaged. */
  readonly vault?: Vault;
}

/** A vault after it was edited. */
export interface EditedVault {
  /** Absolute path. */
  readonly path: string;
  readonly vault: Vault;
}

/**
 * The file that a person may edit in place.
 *
 * @throws {UserError} `vault_not_found`, `ambiguous_vault`.
 */
export async function editableVault(vaults: VaultStore, argument: string): Promise<EditableVault> {
  const { stored, broken } = findVaultFile(await vaults.list(), argument);
  const { path, file } = stored ?? broken;
  return { path, file, ...(stored === undefined ? {} : { vault: stored.vault }) };
}

/**
 * Replaces a vault by the complete one that `text` holds; what the text leaves out of id, name, type and
 * date of creation is filled in. Comments and the order of keys are those of `text`.
 *
 * @throws {UserError} `invalid_vault` when `text` does not hold a vault that may take the place, and as
 * {@linkcode editableVault} does.
 */
export async function replaceVault(
  { vaults, types, locks }: EditVaultDependencies,
  argument: string,
  text: string,
): Promise<EditedVault> {
  await using _lock = await locks.global();
  const before = await editableVault(vaults, argument);
  const reject = (reason: string) =>
    new UserError("invalid_vault", `Invalid vault YAML from stdin: ${reason}`);
  const document = await vaults.parse(text).catch((error) => {
    throw reject(messageOf(error));
  });
  const read = readVault(isMap(document) ? withIdentity(document, before.vault) : document);
  if (read.vault === undefined) throw reject(read.problems.join("; "));
  const { vault } = read;
  const problems = await problemsOf(before, vault, { vaults, types });
  if (problems.length > 0) throw reject(problems.join("; "));
  await vaults.replace(before.path, vault, text);
  return { path: before.path, vault };
}

/**
 * Judges a file after a person has edited it. Nothing is written: what is wrong stays for the person to
 * correct.
 *
 * @param before the file as it was.
 * @throws {UserError} `invalid_vault`, saying what to correct.
 */
export async function checkEditedVault(
  dependencies: Omit<EditVaultDependencies, "locks">,
  before: EditableVault,
): Promise<EditedVault> {
  const { path, file } = before;
  const listing = await dependencies.vaults.list();
  const stored = listing.vaults.find((found) => found.path === path);
  const reason = stored === undefined
    ? listing.broken.find((found) => found.path === path)?.reason ?? "it is gone"
    : (await problemsOf(before, stored.vault, dependencies)).join("; ");
  if (stored !== undefined && reason === "") return { path, vault: stored.vault };
  throw new UserError(
    "invalid_vault",
    `${file} is no valid vault: ${reason}. Your changes are kept in the file; ` +
      `correct them with 'swamp vault edit ${before.vault?.id ?? file}'.`,
  );
}

/** A document with what cannot change, and with what it leaves out and need not say. */
function withIdentity(
  document: Readonly<Record<string, unknown>>,
  before: Vault | undefined,
): Readonly<Record<string, unknown>> {
  if (before === undefined) return document;
  const { id, name, type, createdAt } = before;
  return { name, type, ...document, id, createdAt };
}

/** Why a vault may not take the place of the one before. */
async function problemsOf(
  { path, vault: before }: EditableVault,
  { id, name, type, config }: Vault,
  { vaults, types }: Omit<EditVaultDependencies, "locks">,
): Promise<string[]> {
  const problems: string[] = [];
  const mustStay = (field: string, now: string, was = now) => {
    if (now !== was) problems.push(`its ${field} must stay "${was}"`);
  };
  mustStay("id", id, before?.id);
  // Types keep secrets under the name of their vault.
  mustStay("name", name, before?.name);
  mustStay("type", type, before?.type);
  const others = (await vaults.list()).vaults.filter((other) => other.path !== path);
  if (before === undefined && others.some(({ vault }) => vault.name === name)) {
    problems.push(`another vault is called "${name}"`);
  }
  return [...problems, ...await checkableIssues(type, config, types)];
}

/** What is wrong with a config; nothing where the type cannot be asked. */
async function checkableIssues(
  type: string,
  config: Vault["config"],
  types: VaultTypesSource,
): Promise<readonly string[]> {
  try {
    return (await configIssues(type, config, types)).map((issue) => `config.${issue}`);
  } catch (error) {
    if (error instanceof UserError && /^(?:unknown_type|type_broken)$/.test(error.code)) return [];
    throw error;
  }
}
