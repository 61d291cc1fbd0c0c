import { idOfBroken } from "../../domain/models/definition_lookup.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import type { Definition, StoredDefinition } from "../../domain/models/definition.ts";
import { readDefinition, unknownFields } from "../../domain/models/definition_document.ts";
import { newNameReason } from "../../domain/models/definition_name.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import { type DefinitionTarget, findTarget } from "./definition_target.ts";
import { refuseLiteralSecrets } from "./literal_secrets.ts";

/** What {@linkcode replaceModel} works with. */
export interface EditModelDependencies {
  readonly definitions: DefinitionStore;
  readonly locks: Locks;
  /** The types, of which only the given one is needed if it is given. */
  readonly types: (onlyType?: string) => Promise<ModelTypes>;
}

/** The file of a definition that is to be edited. */
export interface EditableFile {
  /** Absolute path. */
  readonly path: string;
  /** Path for people, relative to the repository. */
  readonly file: string;
  /** What must not change; `undefined` where a damaged file does not tell. */
  readonly id: string | undefined;
  readonly type: string | undefined;
  readonly name: string | undefined;
  readonly typeVersion: string | undefined;
  /** Values that may stay as they are. */
  readonly globalArguments: Definition["globalArguments"] | undefined;
}

/**
 * The file that a person may edit in place.
 *
 * @throws {UserError} `model_not_found`, `ambiguous_model`.
 */
export async function editableFile(
  definitions: DefinitionStore,
  argument: string,
): Promise<EditableFile> {
  return editable(await findTarget(definitions, argument));
}

/**
 * Replaces a definition by the complete one that `text` holds. Id, type and type version stay;
 * comments and the order of keys are those of `text`. The file that the definition was read from is
 * rewritten.
 *
 * @throws {UserError} `invalid_definition` when `text` does not hold a definition that may take the
 * place, `literal_secret` when it would bring a secret into the file, `model_exists` when another one has
 * its name, and as {@linkcode editableFile} does.
 */
export async function replaceModel(
  { definitions, locks, types }: EditModelDependencies,
  argument: string,
  text: string,
): Promise<StoredDefinition> {
  const first = await editableFile(definitions, argument);
  const changed = await readReplacement(definitions, first, text);
  await refuseLiteralSecrets(types, changed, first);
  await using _global = await locks.global();
  await using _model = await locks.model({ type: changed.type, modelId: changed.id });
  const { path, file, name } = await editableFile(definitions, first.file);
  if (changed.name !== name) await requireFreeName(definitions, changed.name, path);
  const unchanged: StoredDefinition = { definition: changed, path, file };
  return await definitions.replace(unchanged, changed, text);
}

/**
 * Judges a file after a person has edited it. Nothing is written: what is wrong stays for the
 * person to correct.
 *
 * @param before the file as it was.
 * @throws {UserError} `invalid_definition`, `literal_secret` or `model_exists`, saying what to correct.
 */
export async function checkEditedModel(
  { definitions, types }: Omit<EditModelDependencies, "locks">,
  before: EditableFile,
): Promise<StoredDefinition> {
  const { definitions: all, broken } = await definitions.list();
  const stored = all.find(({ path }) => path === before.path);
  if (stored === undefined) {
    const reason = broken.find(({ path }) => path === before.path)?.reason ?? "it is gone";
    throw invalidFile(before, reason);
  }
  const { definition } = stored;
  if (before.id !== undefined && definition.id !== before.id) {
    throw invalidFile(before, `its id must stay ${before.id}`);
  }
  if (before.type !== undefined && definition.type !== before.type) {
    throw invalidFile(before, `its type must stay "${before.type}"`);
  }
  if (definition.name !== before.name) {
    const reason = newNameReason(definition.name);
    if (reason !== undefined) throw invalidFile(before, `its name ${reason}`);
    await requireFreeName(definitions, definition.name, before.path);
  }
  await refuseLiteralSecrets(types, definition, { ...before, isWritten: true });
  return stored;
}

function editable({ stored, broken }: DefinitionTarget): EditableFile {
  if (stored === undefined) {
    const { path, file, type, name } = broken;
    const unknown = { typeVersion: undefined, globalArguments: undefined };
    return { path, file, id: idOfBroken(broken), type, name, ...unknown };
  }
  const { path, file, definition: { id, type, name, typeVersion, globalArguments } } = stored;
  return { path, file, id, type, name, typeVersion, globalArguments };
}

/** The definition that `text` holds, as it may take the place of `before`. */
async function readReplacement(
  definitions: DefinitionStore,
  before: EditableFile,
  text: string,
): Promise<Definition> {
  const reject = (reasons: readonly string[], separator = "; "): never => {
    throw new UserError(
      "invalid_definition",
      `Invalid model YAML from stdin: ${reasons.join(separator)}`,
    );
  };
  const document = await definitions.parse(text).catch((error) => reject([messageOf(error)]));
  const fixed = before.id === undefined ? {} : { id: before.id };
  const isMap = typeof document === "object" && document !== null && !Array.isArray(document);
  const { definition, problems } = readDefinition(
    isMap ? { ...document, ...fixed } : document,
    before.type,
  );
  const unknown = unknownFields(document);
  if (definition === undefined) {
    return reject([...problems.map(({ message }) => message), ...unknown]);
  }
  if (unknown.length > 0) return reject(unknown, " ");
  if (before.type !== undefined && definition.type !== before.type) {
    return reject([`the type must stay "${before.type}", but it says "${definition.type}"`]);
  }
  const nameReason = definition.name === before.name ? undefined : newNameReason(definition.name);
  if (nameReason !== undefined) return reject([`name ${nameReason}`]);
  const { typeVersion: _given, ...rest } = definition;
  return before.typeVersion === undefined ? rest : { ...rest, typeVersion: before.typeVersion };
}

async function requireFreeName(
  definitions: DefinitionStore,
  name: string,
  path: string,
): Promise<void> {
  const others = (await definitions.named(name)).filter((other) => other.path !== path);
  if (others.length > 0) throw new UserError("model_exists", `Model already exists: ${name}`);
}

function invalidFile({ file, id }: EditableFile, reason: string): UserError {
  return new UserError(
    "invalid_definition",
    `${file} is no valid definition: ${reason}. Your changes are kept in the file; ` +
      `correct them with 'swamp model edit ${id ?? file}'.`,
  );
}
