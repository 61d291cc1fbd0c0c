import type { DataScope } from "../../domain/data/data.ts";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import { parseReference, type SecretReference } from "../../domain/vaults/secret_reference.ts";
import { isOwnSecret, OWN_KEY_MARK } from "../../domain/vaults/stored_secret.ts";
import type { VaultService } from "../../domain/vaults/vault_service.ts";
import { replaceTexts } from "../expressions/text_mapping.ts";
import { isJsonType } from "./stored_json.ts";

/** What {@linkcode removeSecrets} works with. */
export interface SecretRemovalDependencies {
  readonly data: DataStore;
  /** Asked for when there is a secret to delete. */
  readonly openVaults: () => Promise<Pick<VaultService, "delete" | "list">>;
}

/** Versions of data that are about to be removed. */
export interface RemovedData {
  readonly scope: DataScope;
  readonly name: string;
  readonly versions: readonly number[];
}

/** What became of the secrets of data. */
export interface SecretRemoval {
  /** Number of secrets that were deleted. */
  readonly deleted: number;
  /** One for each vault in which secrets are left. */
  readonly warnings: readonly SecretsLeft[];
}

/** Tells of secrets that nobody refers to any more. */
export interface SecretsLeft {
  readonly code: "secrets_left";
  readonly message: string;
  readonly vault: string;
  readonly keys: readonly string[];
}

/** What a document tells of {@linkcode SecretRemoval}; nothing where there were no secrets. */
export interface SecretRemovalFields {
  readonly secretsDeleted?: number;
  readonly warnings?: readonly SecretsLeft[];
}

/** What became of secrets, as part of a document. */
export function secretRemovalFields({ deleted, warnings }: SecretRemoval): SecretRemovalFields {
  return {
    ...(deleted === 0 ? {} : { secretsDeleted: deleted }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

/**
 * Deletes the secrets of versions that are about to be removed: those that swamp stored for sensitive
 * fields of the same model, and that no other version of the model's data refers to. Nothing else that
 * is in a vault is touched. Call it before the versions go: what is left by an interruption is then
 * found again.
 */
export async function removeSecrets(
  dependencies: SecretRemovalDependencies,
  removals: readonly RemovedData[],
): Promise<SecretRemoval> {
  const doomed: SecretReference[] = [];
  for (const [, ofModel] of Map.groupBy(removals, ({ scope }) => JSON.stringify(scope))) {
    doomed.push(...await unsharedSecrets(dependencies.data, ofModel[0]!.scope, ofModel));
  }
  if (doomed.length === 0) return { deleted: 0, warnings: [] };
  const vaults = await dependencies.openVaults();
  let deleted = 0;
  const warnings: SecretsLeft[] = [];
  for (const [vault, references] of Map.groupBy(doomed, (reference) => reference.vault)) {
    const result = await deleteFrom(vaults, vault, references.map(({ key }) => key));
    deleted += result.deleted;
    warnings.push(...result.warnings);
  }
  return { deleted, warnings };
}

/** Every version of everything that a model has written. */
export async function allVersions(data: DataStore, scope: DataScope): Promise<RemovedData[]> {
  const all: RemovedData[] = [];
  for (const { metadata: { name } } of await data.list(scope)) {
    all.push({ scope, name, versions: await data.versions(scope, name) });
  }
  return all;
}

/** Secrets of the versions that go, less those that the versions that stay refer to as well. */
async function unsharedSecrets(
  data: DataStore,
  scope: DataScope,
  removals: readonly RemovedData[],
): Promise<SecretReference[]> {
  const doomed = new Map<string, SecretReference>();
  for (const { name, versions } of removals) {
    for (const version of versions) {
      const stored = await data.get(scope, name, version);
      const text = stored === undefined ? undefined : await textOf(data, stored);
      for (const reference of text === undefined ? [] : await ownReferences(text, scope)) {
        doomed.set(JSON.stringify([reference.vault, reference.key]), reference);
      }
    }
  }
  if (doomed.size === 0) return [];
  // What cannot be looked into may refer to any of them.
  if (!await data.canBeListed(scope)) return [];
  for await (const text of otherTexts(data, scope, removals)) {
    for (const [name, { key }] of doomed) if (text.includes(key)) doomed.delete(name);
  }
  return [...doomed.values()];
}

async function* otherTexts(
  data: DataStore,
  scope: DataScope,
  removals: readonly RemovedData[],
): AsyncGenerator<string> {
  const going = new Set(
    removals.flatMap(({ name, versions }) => versions.map((version) => `${version} ${name}`)),
  );
  for (const { metadata: { name } } of await data.list(scope)) {
    for (const stored of await data.history(scope, name)) {
      if (going.has(`${stored.metadata.version} ${name}`)) continue;
      const text = await textOf(data, stored);
      if (text !== undefined) yield text;
    }
  }
}

/** The content of a version that may refer to secrets. */
async function textOf(data: DataStore, stored: StoredData): Promise<string | undefined> {
  if (!isJsonType(stored.metadata.contentType)) return undefined;
  const bytes = await data.content(stored);
  const text = bytes === undefined ? "" : new TextDecoder().decode(bytes);
  return text.includes(OWN_KEY_MARK) ? text : undefined;
}

async function ownReferences(json: string, scope: DataScope): Promise<SecretReference[]> {
  const references: SecretReference[] = [];
  try {
    replaceTexts(JSON.parse(json), (text) => {
      const reference = parseReference(text);
      if (reference !== undefined) references.push(reference);
      return text;
    });
  } catch {
    // Damaged data refer to nothing that can be told.
  }
  const own = await Promise.all(references.map(({ key }) => isOwnSecret(key, scope)));
  return references.filter((_, index) => own[index]);
}

async function deleteFrom(
  vaults: Pick<VaultService, "delete" | "list">,
  vault: string,
  keys: readonly string[],
): Promise<SecretRemoval> {
  let deleted = 0;
  let reason = "";
  const left: string[] = [];
  for (const key of keys) {
    try {
      await vaults.delete(vault, key);
      deleted++;
    } catch (error) {
      if (error instanceof UserError && error.code === "secret_not_found") continue;
      left.push(key);
      reason = messageOf(error);
    }
  }
  const there = left.length === 0 ? [] : await stillThere(vaults, vault, left);
  if (there.length === 0) return { deleted, warnings: [] };
  const message =
    `${there.length} secret(s) of removed data are left in vault "${vault}": ${reason}`;
  return { deleted, warnings: [{ code: "secrets_left", message, vault, keys: there }] };
}

/** A type may not tell whether a secret was there at all. */
async function stillThere(
  vaults: Pick<VaultService, "delete" | "list">,
  vault: string,
  keys: readonly string[],
): Promise<readonly string[]> {
  try {
    const listed = await vaults.list(vault);
    return keys.filter((key) => listed.includes(key));
  } catch {
    return keys;
  }
}
