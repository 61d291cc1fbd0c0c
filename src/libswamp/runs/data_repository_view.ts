import type { DataScope } from "../../domain/data/data.ts";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { typeNameOf } from "../../domain/models/model_type_reference.ts";
import { findData } from "../data/find_data.ts";
import { createSyncDataRepository, type SyncDataRepository } from "./data_repository_sync.ts";
import {
  createDataRepositoryWrites,
  type DataChangeRules,
  type DataRepositoryWrites,
} from "./data_repository_writes.ts";
import { type DataView, dataView, type PlacedData, placedData, viewOrNull } from "./data_view.ts";

export { type DataView, dataView };

/**
 * The data of the repository as extension code sees it. Every `type` may be given by its name or as the
 * reference that `context.modelType` is.
 */
export interface DataRepositoryView extends SyncDataRepository, DataRepositoryWrites {
  getContent(
    type: unknown,
    modelId: string,
    name: string,
    version?: number,
  ): Promise<Uint8Array | null>;
  findByName(
    type: unknown,
    modelId: string,
    name: string,
    version?: number,
  ): Promise<DataView | null>;
  /** The version with this id. */
  findById(type: unknown, modelId: string, id: string): Promise<DataView | null>;
  /** The latest version of every name, deleted ones included. */
  findAllForModel(type: unknown, modelId: string): Promise<DataView[]>;
  findAllGlobal(): Promise<PlacedData[]>;
  /** Numbers of all readable versions, ascending. */
  listVersions(type: unknown, modelId: string, name: string): Promise<number[]>;
  /** Content in pieces, for what does not fit into memory. */
  stream(
    type: unknown,
    modelId: string,
    name: string,
    version?: number,
  ): AsyncIterable<Uint8Array>;
  /** A new id for data. */
  nextId(): string;
}

/** The data of the repository for extension code. */
export function createDataRepositoryView(
  data: DataStore,
  rules: DataChangeRules,
): DataRepositoryView {
  const scopeOf = (type: unknown, modelId: string): DataScope => ({
    type: typeNameOf(type),
    modelId,
  });
  const find = (type: unknown, modelId: string, name: string, version?: number) =>
    findData(data, scopeOf(type, modelId), name, version);
  return {
    ...createSyncDataRepository(data.sync),
    ...createDataRepositoryWrites(data, rules),
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
    stream: async function* (...place) {
      const stored = await find(...place);
      if (stored === undefined) return;
      using file = await Deno.open(stored.contentPath);
      yield* file.readable.values({ preventCancel: true });
    },
    nextId: () => crypto.randomUUID(),
  };
}

async function findVersion(
  data: DataStore,
  scope: DataScope,
  id: string,
): Promise<StoredData | undefined> {
  for (const latest of await data.list(scope)) {
    if (latest.metadata.id === id) return latest;
    for (const stored of await data.history(scope, latest.metadata.name)) {
      if (stored.metadata.id === id) return stored;
    }
  }
  return undefined;
}

async function allData(data: DataStore): Promise<PlacedData[]> {
  const placed: PlacedData[] = [];
  for (const scope of await data.scopes()) placed.push(...(await data.list(scope)).map(placedData));
  return placed;
}
