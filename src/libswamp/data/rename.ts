import type { DataMetadata, DataScope } from "../../domain/data/data.ts";
import { dataNameProblem } from "../../domain/data/data_name.ts";
import type { DataStore, NewMetadata, StoredData } from "../../domain/data/data_store.ts";
import { requireSameOwner } from "../../domain/data/ownership.ts";
import { UserError } from "../../domain/errors.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { dataNotFound } from "./not_found.ts";

/** What renaming needs. */
export interface RenameDataDependencies {
  readonly definitions: DefinitionStore;
  readonly data: DataStore;
  readonly locks: Locks;
}

/** What is to be called what. */
export interface RenameDataRequest {
  /** Name or id of the model. */
  readonly model: string;
  readonly oldName: string;
  readonly newName: string;
}

/** JSON document of `data rename` (contract: cli-core 9.7). */
export interface RenamedDataDocument {
  readonly oldName: string;
  readonly newName: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly modelType: string;
  /** Version of the old name that was copied. */
  readonly copiedVersion: number;
  /** Version of the new name that it became. */
  readonly newVersion: number;
  readonly warning: string;
}

/**
 * Gives data another name: the latest version is copied to the new name, and the old name leads there
 * from now on. A name that was deleted or renamed before is free (contract: IMP-54).
 *
 * @throws {UserError} `invalid_argument`, `model_not_found`, `ambiguous_model`, `invalid_data_name`,
 * `data_not_found`, `data_deleted`, `data_exists`, `ownership_conflict`, `content_missing`,
 * `lock_timeout`, `not_writable`.
 */
export async function renameData(
  dependencies: RenameDataDependencies,
  request: RenameDataRequest,
): Promise<RenamedDataDocument> {
  const { data, locks } = dependencies;
  const { oldName, newName } = request;
  requireNames(request);
  // What is wrong from the start is said without waiting for anybody.
  const { old: { scope } } = await renamable(dependencies, request);
  await using _global = await locks.global();
  await using _model = await locks.model(scope);
  const { definition, old } = await renamable(dependencies, request);
  const copy = await copyVersion(data, old, newName);
  await writeForward(data, old, newName);
  return {
    ...{ oldName, newName, modelId: definition.id, modelName: definition.name },
    modelType: definition.type,
    copiedVersion: old.metadata.version,
    newVersion: copy.metadata.version,
    warning:
      `Methods that write "${oldName}" will make it anew; change them, and expressions that ` +
      `name "${oldName}", to say "${newName}".`,
  };
}

function requireNames({ oldName, newName }: RenameDataRequest): void {
  if (oldName === newName) {
    throw new UserError("invalid_argument", "Old name and new name must be different.");
  }
  const oldProblem = dataNameProblem(oldName);
  if (oldProblem?.kind === "unsafe") throw new UserError("invalid_data_name", oldProblem.text);
  const problem = dataNameProblem(newName);
  if (problem === undefined) return;
  throw new UserError(
    "invalid_data_name",
    problem.kind === "reserved" ? problem.text : `Invalid new name "${newName}": ${problem.text}`,
  );
}

/** What is to be renamed, which may be. */
async function renamable(
  { definitions, data }: RenameDataDependencies,
  { model, oldName, newName }: RenameDataRequest,
): Promise<{ readonly definition: Definition; readonly old: StoredData }> {
  const { definition } = await definitions.find(model);
  const old = await livingData(data, definition, oldName);
  await requireFreeName(data, old, newName);
  return { definition, old };
}

async function livingData(
  data: DataStore,
  definition: Definition,
  name: string,
): Promise<StoredData> {
  const scope = { type: definition.type, modelId: definition.id };
  const stored = dataNameProblem(name) === undefined ? await data.get(scope, name) : undefined;
  if (stored === undefined) {
    throw await dataNotFound(data, definition, name, `Data "${name}" not found`);
  }
  if (stored.metadata.lifecycle !== "deleted") return stored;
  throw new UserError("data_deleted", `Data "${name}" is already deleted or renamed`);
}

async function requireFreeName(
  data: DataStore,
  { scope, metadata: { ownerDefinition } }: StoredData,
  newName: string,
): Promise<void> {
  const existing = await data.get(scope, newName);
  if (existing === undefined) return;
  if (existing.metadata.lifecycle !== "deleted") {
    throw new UserError("data_exists", `Data "${newName}" already exists`);
  }
  requireSameOwner(newName, existing.metadata.ownerDefinition, ownerDefinition);
}

async function copyVersion(
  data: DataStore,
  old: StoredData,
  newName: string,
): Promise<StoredData> {
  const { name, version } = old.metadata;
  const content = await data.stream(old);
  if (content === undefined) {
    throw new UserError("content_missing", `Content not found for "${name}" version ${version}`);
  }
  const metadata = { ...keptMetadata(old.metadata), id: crypto.randomUUID() };
  return await writeVersion(data, old.scope, newName, content, metadata);
}

/** The last version of the old name, which leads to the new one. */
async function writeForward(data: DataStore, old: StoredData, newName: string): Promise<void> {
  const forward = { renamedTo: newName, renamedAt: new Date().toISOString() };
  const content = ReadableStream.from([new TextEncoder().encode(JSON.stringify(forward))]);
  await writeVersion(data, old.scope, old.metadata.name, content, {
    ...keptMetadata(old.metadata),
    contentType: "application/json",
    lifecycle: "deleted",
    renamedTo: newName,
  });
}

function keptMetadata(
  { name: _name, version: _version, size: _size, checksum: _checksum, ...kept }: DataMetadata,
): NewMetadata {
  return kept;
}

async function writeVersion(
  data: DataStore,
  scope: DataScope,
  name: string,
  content: ReadableStream<Uint8Array>,
  metadata: NewMetadata,
): Promise<StoredData> {
  const pending = await data.reserve(scope, name);
  try {
    await content.pipeTo(await data.openContent(pending));
    return await data.publish(pending, metadata);
  } catch (error) {
    await data.discard(pending).catch(() => {});
    throw error;
  }
}
