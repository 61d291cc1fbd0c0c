import type { DataOwner, DataScope } from "../../domain/data/data.ts";
import { isLifetime, storedLifetime } from "../../domain/data/lifetime.ts";
import { methodOwner, requireSameOwner } from "../../domain/data/ownership.ts";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { typeNameOf } from "../../domain/models/model_type_reference.ts";
import { findData } from "../data/find_data.ts";

/** One version of data as extension code sees it (contract: authoring 2.4). */
export interface DataView {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly contentType: string;
  readonly lifetime: string;
  readonly garbageCollection: number | string;
  readonly streaming: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly ownerDefinition: DataOwner;
  readonly createdAt: Date;
  readonly lifecycle: "active" | "deleted";
  readonly size?: number;
  readonly checksum?: string;
  readonly renamedTo?: string;
  /** Same as the tag `type`. */
  readonly type: string;
  readonly isDeleted: boolean;
  readonly isRenamed: boolean;
}

/** Data that extension code wants to have saved; what it leaves out gets a sensible value. */
export type NewData = Partial<DataView> & { readonly name: string };

/** A version somewhere in the repository. */
export interface PlacedData {
  readonly data: DataView;
  readonly modelType: string;
  readonly modelId: string;
}

/** A model type as extension code passes it: a name or a reference. */
export type TypeArgument = unknown;

/** The data of the repository as extension code sees it. */
export interface DataRepositoryView {
  getContent(
    type: TypeArgument,
    modelId: string,
    name: string,
    version?: number,
  ): Promise<Uint8Array | null>;
  findByName(
    type: TypeArgument,
    modelId: string,
    name: string,
    version?: number,
  ): Promise<DataView | null>;
  /** The version with this id. */
  findById(type: TypeArgument, modelId: string, id: string): Promise<DataView | null>;
  /** The latest version of every name, deleted ones included. */
  findAllForModel(type: TypeArgument, modelId: string): Promise<DataView[]>;
  findAllGlobal(): Promise<PlacedData[]>;
  listVersions(type: TypeArgument, modelId: string, name: string): Promise<number[]>;
  save(
    type: TypeArgument,
    modelId: string,
    data: NewData,
    content: Uint8Array,
  ): Promise<{ version: number }>;
  delete(type: TypeArgument, modelId: string, name: string, version?: number): Promise<void>;
  /** Content in pieces, for what does not fit into memory. */
  stream(
    type: TypeArgument,
    modelId: string,
    name: string,
    version?: number,
  ): AsyncIterable<Uint8Array>;
  /** Absolute path of the content of a version, the latest unless told. */
  getContentPath(
    type: TypeArgument,
    modelId: string,
    name: string,
    version?: number,
  ): Promise<string | null>;
  nextId(): string;
}

/**
 * The data of the repository for extension code.
 *
 * @param write runs a change, and refuses it when the method has ended already.
 */
export function createDataRepositoryView(
  data: DataStore,
  write: <T>(work: () => Promise<T>) => Promise<T>,
): DataRepositoryView {
  const scopeOf = (type: TypeArgument, modelId: string): DataScope => ({
    type: typeNameOf(type),
    modelId,
  });
  const find = (type: TypeArgument, modelId: string, name: string, version?: number) =>
    findData(data, scopeOf(type, modelId), name, version);
  return {
    getContent: async (...place) => {
      const stored = await find(...place);
      return stored === undefined ? null : await data.content(stored) ?? null;
    },
    findByName: async (...place) => viewOrNull(await find(...place)),
    findById: async (type, modelId, id) =>
      viewOrNull(await findVersion(data, scopeOf(type, modelId), id)),
    findAllForModel: async (type, modelId) =>
      (await data.list(scopeOf(type, modelId))).map(dataView),
    findAllGlobal: async () => await allData(data),
    listVersions: async (type, modelId, name) => [
      ...await data.versions(scopeOf(type, modelId), name),
    ],
    save: (type, modelId, added, content) =>
      write(() => saveData(data, scopeOf(type, modelId), added, content)),
    delete: (type, modelId, name, version) =>
      write(() => data.remove(scopeOf(type, modelId), name, version)),
    stream: async function* (...place) {
      const stored = await find(...place);
      if (stored === undefined) return;
      using file = await Deno.open(stored.contentPath);
      yield* file.readable.values({ preventCancel: true });
    },
    getContentPath: async (...place) => (await find(...place))?.contentPath ?? null,
    nextId: () => crypto.randomUUID(),
  };
}

/** A stored version as extension code sees it. */
export function dataView({ metadata }: StoredData): DataView {
  const lifecycle = metadata.lifecycle ?? "active";
  return {
    ...metadata,
    createdAt: new Date(metadata.createdAt),
    lifecycle,
    type: metadata.tags.type ?? "",
    isDeleted: lifecycle === "deleted",
    isRenamed: metadata.renamedTo !== undefined,
  };
}

function viewOrNull(stored: StoredData | undefined): DataView | null {
  return stored === undefined ? null : dataView(stored);
}

async function findVersion(
  data: DataStore,
  scope: DataScope,
  id: string,
): Promise<StoredData | undefined> {
  for (const latest of await data.list(scope)) {
    if (latest.metadata.id === id) return latest;
    for (const version of await data.versions(scope, latest.metadata.name)) {
      const stored = await data.get(scope, latest.metadata.name, version);
      if (stored?.metadata.id === id) return stored;
    }
  }
  return undefined;
}

async function allData(data: DataStore): Promise<PlacedData[]> {
  const placed: PlacedData[] = [];
  for (const scope of await data.scopes()) {
    for (const stored of await data.list(scope)) {
      placed.push({ data: dataView(stored), modelType: scope.type, modelId: scope.modelId });
    }
  }
  return placed;
}

async function saveData(
  data: DataStore,
  scope: DataScope,
  added: NewData,
  content: Uint8Array,
): Promise<{ version: number }> {
  const ownerDefinition = added.ownerDefinition ?? methodOwner(scope.modelId);
  const existing = await data.get(scope, added.name);
  if (existing !== undefined) {
    requireSameOwner(added.name, existing.metadata.ownerDefinition, ownerDefinition);
  }
  const pending = await data.reserve(scope, added.name);
  try {
    await ReadableStream.from([content]).pipeTo(await data.openContent(pending));
    const { metadata } = await data.publish(pending, {
      id: added.id ?? crypto.randomUUID(),
      contentType: added.contentType ?? "application/octet-stream",
      lifetime: isLifetime(added.lifetime) ? storedLifetime(added.lifetime) : "infinite",
      garbageCollection: added.garbageCollection ?? 10,
      streaming: added.streaming ?? false,
      tags: { type: "file", ...added.tags },
      ownerDefinition,
      ...(added.lifecycle === "deleted" ? { lifecycle: added.lifecycle } : {}),
    });
    return { version: metadata.version };
  } catch (error) {
    await data.discard(pending).catch(() => {});
    throw error;
  }
}
