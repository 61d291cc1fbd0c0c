import type { DataStore, StoredData } from "../../domain/data/data_store.ts";

/** What was written lately. */
export interface DataActivity {
  /** Number of names that got a version. */
  readonly totalItems: number;
  readonly totalVersions: number;
  /** Number of models that wrote. */
  readonly uniqueModels: number;
  /** Sorted by type. */
  readonly byModelType: readonly {
    readonly modelType: string;
    readonly items: number;
    readonly versions: number;
  }[];
}

/**
 * The data that were written at a time or later.
 *
 * @param start milliseconds since the epoch.
 */
export async function dataActivity(data: DataStore, start: number): Promise<DataActivity> {
  const byType = new Map<string, { items: number; versions: number }>();
  let uniqueModels = 0;
  for (const scope of await data.scopes()) {
    const latest = (await data.list(scope)).filter((stored) => isWrittenSince(stored, start));
    if (latest.length === 0) continue;
    uniqueModels++;
    const counts = byType.get(scope.type) ?? { items: 0, versions: 0 };
    counts.items += latest.length;
    for (const stored of latest) counts.versions += await versionsSince(data, stored, start);
    byType.set(scope.type, counts);
  }
  const byModelType = [...byType].map(([modelType, counts]) => ({ modelType, ...counts }));
  return {
    totalItems: byModelType.reduce((sum, { items }) => sum + items, 0),
    totalVersions: byModelType.reduce((sum, { versions }) => sum + versions, 0),
    uniqueModels,
    byModelType,
  };
}

/** Number of versions up to the latest that were written since; those before are not read. */
async function versionsSince(data: DataStore, latest: StoredData, start: number): Promise<number> {
  const { scope, metadata: { name, version } } = latest;
  let count = 1;
  for (let earlier = version - 1; earlier >= 1; earlier--) {
    const stored = await data.get(scope, name, earlier);
    if (stored === undefined) continue;
    if (!isWrittenSince(stored, start)) break;
    count++;
  }
  return count;
}

function isWrittenSince({ metadata }: StoredData, start: number): boolean {
  return Date.parse(metadata.createdAt) >= start;
}
