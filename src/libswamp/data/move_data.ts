/**
 * Giving data another name, whoever asks for it.
 *
 * @module
 */
import type { DataMetadata, DataScope } from "../../domain/data/data.ts";
import { dataNameProblem } from "../../domain/data/data_name.ts";
import type {
  DataStore,
  NewMetadata,
  PendingVersion,
  StoredData,
  UnpublishedVersion,
} from "../../domain/data/data_store.ts";
import { requireSameOwner } from "../../domain/data/ownership.ts";
import { UserError } from "../../domain/errors.ts";
import { dataNotFound } from "./not_found.ts";

/** A name, and the one that is to take its place. */
export interface NewName {
  readonly oldName: string;
  readonly newName: string;
}

/**
 * Refuses names that no data can have, or that are the same.
 *
 * @throws {UserError} `invalid_argument`, `invalid_data_name`.
 */
export function requireNames({ oldName, newName }: NewName): void {
  if (oldName === newName) {
    throw new UserError("invalid_argument", "Old name and new name must be different.");
  }
  const oldProblem = dataNameProblem(oldName);
  if (oldProblem?.kind === "unsafe") throw new UserError("invalid_data_name", oldProblem.message);
  const problem = dataNameProblem(newName);
  if (problem === undefined) return;
  throw new UserError(
    "invalid_data_name",
    problem.kind === "reserved" ? problem.text : `Invalid new name "${newName}": ${problem.text}`,
  );
}

/**
 * The data that are to get another name, if they may.
 *
 * @throws {UserError} `data_not_found`, `data_deleted`, `data_exists`, `ownership_conflict`.
 */
export async function movableData(
  data: DataStore,
  scope: DataScope,
  { oldName, newName }: NewName,
): Promise<StoredData> {
  await data.resume(scope);
  const old = dataNameProblem(oldName) === undefined ? await data.get(scope, oldName) : undefined;
  if (old === undefined) {
    const model = { type: scope.type, id: scope.modelId };
    throw await dataNotFound(data, model, oldName, `Data "${oldName}" not found`);
  }
  if (old.metadata.lifecycle === "deleted") {
    throw new UserError("data_deleted", `Data "${oldName}" is already deleted or renamed`);
  }
  await requireFreeName(data, old, newName);
  return old;
}

/**
 * Copies a version to the new name and ends the old one, at the same moment.
 *
 * @returns the copy.
 * @throws {UserError} `content_missing`
 */
export async function moveData(
  data: DataStore,
  old: StoredData,
  newName: string,
): Promise<StoredData> {
  const { scope, metadata: { name, version } } = old;
  const content = await data.stream(old);
  if (content === undefined) {
    throw new UserError("content_missing", `Content not found for "${name}" version ${version}`);
  }
  const written: UnpublishedVersion[] = [];
  try {
    written.push({
      pending: await writePending(data, scope, newName, content),
      metadata: { ...keptMetadata(old.metadata), id: crypto.randomUUID() },
    });
    written.push({
      pending: await writePending(data, scope, name, forwardContent(newName)),
      metadata: forwardMetadata(old, newName),
    });
    const [copy] = await data.publishTogether(written);
    return copy!;
  } catch (error) {
    for (const { pending } of written) await data.discard(pending).catch(() => {});
    throw error;
  }
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

/** Metadata of the last version of the old name, which leads to the new one. */
function forwardMetadata({ metadata }: StoredData, newName: string): NewMetadata {
  return {
    ...keptMetadata(metadata),
    contentType: "application/json",
    lifecycle: "deleted",
    renamedTo: newName,
  };
}

function forwardContent(newName: string): ReadableStream<Uint8Array> {
  const forward = { renamedTo: newName, renamedAt: new Date().toISOString() };
  return ReadableStream.from([new TextEncoder().encode(JSON.stringify(forward))]);
}

function keptMetadata(
  { name: _name, version: _version, size: _size, checksum: _checksum, ...kept }: DataMetadata,
): NewMetadata {
  return kept;
}

async function writePending(
  data: DataStore,
  scope: DataScope,
  name: string,
  content: ReadableStream<Uint8Array>,
): Promise<PendingVersion> {
  const pending = await data.reserve(scope, name);
  try {
    await content.pipeTo(await data.openContent(pending));
    return pending;
  } catch (error) {
    await data.discard(pending).catch(() => {});
    throw error;
  }
}
