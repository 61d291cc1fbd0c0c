import { UserError } from "../../domain/errors.ts";
import type { Definition, StoredDefinition } from "../../domain/models/definition.ts";
import { readDefinition } from "../../domain/models/definition_document.ts";
import { requireNewName } from "../../domain/models/definition_name.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import { typeNameOf } from "../../domain/models/model_type_reference.ts";
import type { Redactor } from "../../domain/redactor.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { mapTexts, pathText, someText } from "../expressions/text_mapping.ts";
import { deleteModel, type DeleteModelDependencies, planDeletion } from "../models/delete.ts";
import { VAULT_REMEDY } from "../models/literal_secrets.ts";
import { type DefinitionView, definitionView } from "./definition_view.ts";

/** How extension code changes definitions. */
export interface DefinitionChanges extends DeleteModelDependencies {
  /** Id of the definition that the method runs for; the run holds the lock of its model. */
  readonly ownId: string;
  /** Knows the secrets of the run, which must not get into files. */
  readonly redactor: Redactor;
  /** Runs a change, and refuses it when the method has ended already. */
  readonly write: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A definition that extension code wants to have saved; what it leaves out is empty. */
export type NewDefinition =
  & Partial<Omit<Definition, "type">>
  & Pick<Definition, "name">
  & { toData?(): Record<string, unknown> };

/** The functions of `definitionRepository` that change definitions (contract: authoring 2.4). */
export interface DefinitionRepositoryWrites {
  /**
   * Writes a definition: over the one with its id, or as a new one. Comments in a file that is
   * overwritten stay.
   */
  save(type: unknown, definition: NewDefinition): Promise<DefinitionView>;
  /** Removes a definition with its data and runs, as `swamp model delete --force` does. */
  delete(type: unknown, id: string): Promise<void>;
}

/** The functions for extension code that change definitions, by the rules of the commands. */
export function createDefinitionRepositoryWrites(
  changes: DefinitionChanges,
): DefinitionRepositoryWrites {
  return {
    save: (type, given) =>
      changes.write(async () =>
        definitionView(await saveDefinition(changes, definitionOf(typeNameOf(type), given)))
      ),
    delete: (type, id) => changes.write(() => deleteDefinition(changes, typeNameOf(type), id)),
  };
}

/** What extension code gave, as a definition. */
function definitionOf(type: string, given: NewDefinition): Definition {
  const document = typeof given.toData === "function" ? given.toData() : { ...given };
  const { definition, problems } = readDefinition({
    id: crypto.randomUUID(),
    version: 1,
    ...document,
    type,
  });
  if (definition !== undefined) return definition;
  const reasons = problems.map(({ message }) => message).join("; ");
  throw new UserError("invalid_definition", `The definition cannot be saved: ${reasons}`);
}

async function saveDefinition(changes: DefinitionChanges, changed: Definition) {
  const { definitions, locks } = changes;
  await using _global = await locks.global();
  const stored = await withId(definitions, changed.id);
  await refuseSecrets(changes.redactor, changed, stored?.definition);
  if (stored === undefined) {
    requireNewName(changed.name);
    await requireFreeName(definitions, changed);
    return (await definitions.add(changed)).definition;
  }
  if (stored.definition.type !== changed.type) {
    const { name, type } = stored.definition;
    throw new UserError("invalid_definition", `The type of model "${name}" must stay "${type}"`);
  }
  await using _model = await modelLock(locks, changes.ownId, changed);
  if (stored.definition.name !== changed.name) {
    requireNewName(changed.name);
    await requireFreeName(definitions, changed);
  }
  return (await definitions.replace(stored, changed)).definition;
}

/** @throws {UserError} `literal_secret` when there is a secret in a text that was not there before. */
async function refuseSecrets(redactor: Redactor, changed: Definition, before?: Definition) {
  const known = new Set<string>();
  someText(before, (text) => {
    known.add(text);
    return false;
  });
  const paths: string[] = [];
  const { name, tags, globalArguments, methods, inputs, driverConfig } = changed;
  await mapTexts({ tags, globalArguments, methods, inputs, driverConfig }, [], (text, path) => {
    if (!known.has(text) && redactor.redact(text) !== text) paths.push(pathText(path));
    return text;
  });
  if (paths.length === 0) return;
  const places = paths.join(", ");
  throw new UserError(
    "literal_secret",
    `Definition "${name}" would hold a secret in plain text: ${places}. ${VAULT_REMEDY}`,
    { fields: { arguments: paths } },
  );
}

/** The lock of a model, unless the run holds it. */
async function modelLock(locks: Locks, ownId: string, { id, type }: Definition) {
  return id === ownId ? undefined : await locks.model({ type, modelId: id });
}

async function deleteDefinition(changes: DefinitionChanges, type: string, id: string) {
  const stored = await withId(changes.definitions, id);
  if (stored?.definition.type !== type) {
    throw new UserError("model_not_found", `Model not found: ${id}`);
  }
  if (id === changes.ownId) {
    throw new UserError(
      "model_in_use",
      `A method cannot delete the model that it runs for: ${stored.definition.name}`,
    );
  }
  await deleteModel(changes, await planDeletion(changes, id, true), true);
}

async function withId(
  definitions: DefinitionStore,
  id: string,
): Promise<StoredDefinition | undefined> {
  const stored = await definitions.lookup(id);
  return stored?.definition.id === id ? stored : undefined;
}

async function requireFreeName(definitions: DefinitionStore, { id, name }: Definition) {
  const others = (await definitions.named(name)).filter(({ definition }) => definition.id !== id);
  if (others.length > 0) throw new UserError("model_exists", `Model already exists: ${name}`);
}
