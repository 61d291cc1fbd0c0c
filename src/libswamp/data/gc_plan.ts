import type { DataScope } from "../../domain/data/data.ts";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import {
  type ExpiryReason,
  expiryReason,
  type ExpirySituation,
  surplusVersions,
} from "../../domain/data/expiry.ts";

/** What goes of one piece of data. */
export interface PlannedRemoval {
  readonly scope: DataScope;
  readonly name: string;
  /** Why all of it goes; absent where only old versions go. */
  readonly reason?: ExpiryReason;
  /** Ascending. */
  readonly versions: readonly RemovedVersion[];
}

/** A version that goes. */
export interface RemovedVersion {
  readonly version: number;
  /** Bytes of its content. */
  readonly size: number;
}

/**
 * What garbage collection would remove of the data of some models, sorted as they are. Damaged
 * versions are never part of it, nor is anything of a name whose latest version is damaged.
 */
export async function planRemovals(
  data: DataStore,
  scopes: readonly DataScope[],
  situation: ExpirySituation,
): Promise<PlannedRemoval[]> {
  const removals: PlannedRemoval[] = [];
  for (const scope of scopes) {
    for (const latest of await data.list(scope)) {
      const removal = await planRemoval(data, latest, situation);
      if (removal.versions.length > 0) removals.push(removal);
    }
  }
  return removals;
}

async function planRemoval(
  data: DataStore,
  { scope, metadata }: StoredData,
  situation: ExpirySituation,
): Promise<PlannedRemoval> {
  const { name, version, garbageCollection } = metadata;
  const reason = expiryReason(metadata, situation);
  // There are at most as many versions as the number of the latest.
  const keepsAll = version <= (typeof garbageCollection === "number" ? garbageCollection : 1);
  if (reason === undefined && keepsAll) return { scope, name, versions: [] };
  // A damaged latest version might say otherwise, and the others may be all that can be saved.
  if (await data.latestIsDamaged(scope, name)) return { scope, name, versions: [] };
  const versions = await data.history(scope, name);
  return reason === undefined
    ? { scope, name, versions: sizes(surplusVersions(versions, situation.now)) }
    : { scope, name, reason, versions: sizes(versions) };
}

function sizes(versions: readonly StoredData[]): RemovedVersion[] {
  return versions.map(({ metadata: { version, size = 0 } }) => ({ version, size }));
}

/**
 * The part of `found` that was planned before: what somebody has agreed to is all that goes, even when
 * more has become surplus since.
 */
export function plannedBefore(
  plan: readonly PlannedRemoval[],
  found: readonly PlannedRemoval[],
): PlannedRemoval[] {
  const planned = new Map(plan.map((removal) => [keyOf(removal), removal]));
  return found.flatMap((removal) => {
    const before = planned.get(keyOf(removal));
    const versions = removal.versions.filter(({ version }) =>
      before?.versions.some((other) => other.version === version)
    );
    return versions.length === 0 ? [] : [{ ...removal, versions }];
  });
}

function keyOf({ scope: { type, modelId }, name }: PlannedRemoval): string {
  return JSON.stringify([type, modelId, name]);
}
