import type { DataScope } from "../../domain/data/data.ts";
import type { StoredData, SyncDataReader } from "../../domain/data/data_store.ts";
import { typeNameOf } from "../../domain/models/model_type_reference.ts";
import { followRenames } from "../data/find_data.ts";
import { type DataView, dataView, type PlacedData, placedData, viewOrNull } from "./data_view.ts";

/** The functions of `dataRepository` that need not be awaited (contract: authoring 2.4). */
export interface SyncDataRepository {
  getContentSync(
    type: unknown,
    modelId: string,
    name: string,
    version?: number,
  ): Uint8Array | null;
  findByNameSync(type: unknown, modelId: string, name: string, version?: number): DataView | null;
  /** The latest version of every name, deleted ones included. */
  findAllForModelSync(type: unknown, modelId: string): DataView[];
  findAllGlobalSync(): PlacedData[];
  /** Numbers of all readable versions, ascending. */
  listVersionsSync(type: unknown, modelId: string, name: string): number[];
  /** Number of the latest readable version, `null` when there is none; renames are not followed. */
  getLatestVersionSync(type: unknown, modelId: string, name: string): number | null;
  /** Absolute path of the folder of a version, the latest unless told. */
  getPath(type: unknown, modelId: string, name: string, version?: number): string | null;
  /** Absolute path of the content of a version, the latest unless told. */
  getContentPath(type: unknown, modelId: string, name: string, version?: number): string | null;
}

/** The functions for extension code that need not be awaited. */
export function createSyncDataRepository(data: SyncDataReader): SyncDataRepository {
  const scopeOf = (type: unknown, modelId: string): DataScope => ({
    type: typeNameOf(type),
    modelId,
  });
  const find = (type: unknown, modelId: string, name: string, version?: number) => {
    const scope = scopeOf(type, modelId);
    if (version !== undefined) return data.get(scope, name, version);
    return latest(data, scope, name);
  };
  return {
    getContentSync: (...place) => {
      const stored = find(...place);
      return stored === undefined ? null : data.content(stored) ?? null;
    },
    findByNameSync: (...place) => viewOrNull(find(...place)),
    findAllForModelSync: (type, modelId) => data.list(scopeOf(type, modelId)).map(dataView),
    findAllGlobalSync: () => data.scopes().flatMap((scope) => data.list(scope)).map(placedData),
    listVersionsSync: (type, modelId, name) => [...data.versions(scopeOf(type, modelId), name)],
    getLatestVersionSync: (type, modelId, name) =>
      data.get(scopeOf(type, modelId), name)?.metadata.version ?? null,
    getPath: (...place) => find(...place)?.path ?? null,
    getContentPath: (...place) => find(...place)?.contentPath ?? null,
  };
}

function latest(data: SyncDataReader, scope: DataScope, name: string): StoredData | undefined {
  const steps = followRenames(data.get(scope, name));
  let step = steps.next();
  while (!step.done) step = steps.next(data.get(scope, step.value));
  return step.value;
}
