/**
 * What would no longer work without a vault: definitions whose expressions read secrets from it, and data
 * whose sensitive fields are kept in it.
 *
 * @module
 */
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { UserError } from "../../domain/errors.ts";
import { secretsNamedIn } from "../../domain/expressions/dialect.ts";
import { expressionsIn } from "../../domain/expressions/template.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import { parseReference } from "../../domain/vaults/secret_reference.ts";
import { isJsonType } from "../data/stored_json.ts";
import { someText } from "../expressions/text_mapping.ts";

/** Where definitions and data are. */
export interface VaultUseSources {
  readonly definitions: Pick<DefinitionStore, "list">;
  readonly data: DataStore;
}

/** Who refers to a vault. */
export interface VaultUses {
  /** Names of definitions, sorted. */
  readonly models: readonly string[];
  /** Data as `<model>/<name>`, each once, sorted. */
  readonly data: readonly string[];
}

/** So many names are in a message. */
const SHOWN = 5;

/** Finds every definition and all data, old versions too, that refer to a vault. */
export async function vaultUses(
  { definitions, data }: VaultUseSources,
  vault: string,
): Promise<VaultUses> {
  const all = (await definitions.list()).definitions.map(({ definition }) => definition);
  const names = new Map(all.map(({ id, name }) => [id, name]));
  const users = new Set<string>();
  for (const scope of await data.scopes()) {
    const model = names.get(scope.modelId) ?? scope.modelId;
    for (const { metadata: { name } } of await data.list(scope)) {
      const versions = await data.history(scope, name);
      if (await someVersion(data, versions, vault)) users.add(`${model}/${name}`);
    }
  }
  return {
    models: all.filter((definition) => readsFrom(definition, vault)).map(({ name }) => name).sort(),
    data: [...users].sort(),
  };
}

/**
 * Refuses to go on when somebody refers to a vault.
 *
 * @throws {UserError} `vault_in_use`
 */
export async function requireUnused(sources: VaultUseSources, vault: string): Promise<void> {
  const { models, data } = await vaultUses(sources, vault);
  if (models.length + data.length === 0) return;
  const users = [
    ...(models.length === 0 ? [] : [`model(s): ${shown(models)}`]),
    ...(data.length === 0 ? [] : [`stored data: ${shown(data)}`]),
  ];
  throw new UserError(
    "vault_in_use",
    `Vault '${vault}' is used by ${users.join(" and by ")}. Use --force to delete it all the same.`,
    { fields: { models, data } },
  );
}

function readsFrom(definition: Definition, vault: string): boolean {
  return someText(
    definition,
    (text) =>
      expressionsIn(text).some(({ source }) =>
        secretsNamedIn(source).some((reference) => reference.vault === vault)
      ),
  );
}

async function someVersion(
  data: DataStore,
  versions: readonly StoredData[],
  vault: string,
): Promise<boolean> {
  for (const stored of versions) {
    if (isJsonType(stored.metadata.contentType) && await refersTo(data, stored, vault)) return true;
  }
  return false;
}

async function refersTo(data: DataStore, stored: StoredData, vault: string): Promise<boolean> {
  const bytes = await data.content(stored);
  const text = bytes === undefined ? "" : new TextDecoder().decode(bytes);
  if (!text.includes("vault.get(")) return false;
  try {
    return someText(JSON.parse(text), (part) => parseReference(part)?.vault === vault);
  } catch {
    // Damaged data refer to nothing that can be told.
    return false;
  }
}

function shown(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return names.slice(0, SHOWN).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
