import type { DataStore } from "../../domain/data/data_store.ts";
import type { ExpiryReason, ExpirySituation } from "../../domain/data/expiry.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { plannedBefore, type PlannedRemoval, planRemovals } from "./gc_plan.ts";
import {
  removeSecrets,
  type SecretRemovalDependencies,
  type SecretRemovalFields,
  secretRemovalFields,
} from "./secret_removal.ts";

/** What garbage collection needs. */
export interface CollectGarbageDependencies extends SecretRemovalDependencies {
  readonly data: DataStore;
  readonly definitions: DefinitionStore;
  readonly locks: Locks;
  readonly situation: ExpirySituation;
}

/** A piece of data in a {@linkcode GarbageDocument}. */
export interface GarbageEntry {
  readonly type: string;
  readonly modelId: string;
  /** The id again for a model that is gone. */
  readonly modelName: string;
  readonly dataName: string;
  /** Number of versions that go. */
  readonly versionCount: number;
}

/** JSON document of `data gc` (contract: cli-core 9.6). */
export interface GarbageDocument extends SecretRemovalFields {
  /** Number of pieces of data of which all versions go. */
  readonly dataEntriesExpired: number;
  /** Number of versions that go, expired and old. */
  readonly versionsDeleted: number;
  /** Bytes of their content. */
  readonly bytesReclaimed: number;
  /** Whether nothing was done: the numbers are then what would be. */
  readonly dryRun: boolean;
  readonly expiredEntries: readonly (GarbageEntry & { readonly reason: ExpiryReason })[];
  /** Data of which only old versions go. */
  readonly prunedEntries: readonly GarbageEntry[];
  /** Number of things that killed processes had left; absent when there were none. */
  readonly leftoversRemoved?: number;
}

/**
 * What garbage collection would remove. Nothing is changed and no lock is held, so that a person can
 * be asked about it.
 */
export async function planGarbageCollection(
  { data, situation }: CollectGarbageDependencies,
): Promise<readonly PlannedRemoval[]> {
  return await planRemovals(data, await data.scopes(), situation);
}

/**
 * Removes what a plan says, as far as it is still true once no method of the models runs any more. The
 * secrets of its sensitive fields go first. What killed processes left goes, too, whatever the plan is.
 *
 * @throws {UserError} `lock_timeout`, `not_writable`; nothing is removed then.
 */
export async function collectGarbage(
  dependencies: CollectGarbageDependencies,
  plan: readonly PlannedRemoval[],
): Promise<GarbageDocument> {
  const { data, locks, situation } = dependencies;
  const scopes = [...new Map(plan.map(({ scope }) => [JSON.stringify(scope), scope])).values()];
  await using held = new AsyncDisposableStack();
  if (scopes.length > 0) held.use(await locks.global());
  for (const scope of scopes) held.use(await locks.model(scope));
  const leftovers = await data.sweep();
  const removals = plannedBefore(plan, await planRemovals(data, scopes, situation));
  const secrets = await removeSecrets(
    dependencies,
    removals.map(({ versions, ...removal }) => ({
      ...removal,
      versions: versions.map(({ version }) => version),
    })),
  );
  for (const { scope, name, versions } of removals) {
    // Oldest first: whoever looks meanwhile, or after a kill, still finds the latest.
    for (const { version } of versions) await data.remove(scope, name, version);
  }
  const document = await garbageDocument(dependencies, removals, false);
  return {
    ...document,
    ...secretRemovalFields(secrets),
    ...(leftovers === 0 ? {} : { leftoversRemoved: leftovers }),
  };
}

/** A plan, or what was done, as a document. */
export async function garbageDocument(
  { definitions }: CollectGarbageDependencies,
  removals: readonly PlannedRemoval[],
  dryRun: boolean,
): Promise<GarbageDocument> {
  const listing = removals.length === 0 ? undefined : await definitions.list();
  const names = new Map(listing?.definitions.map(({ definition: { id, name } }) => [id, name]));
  const entry = ({ scope: { type, modelId }, name, versions }: PlannedRemoval): GarbageEntry => ({
    ...{ type, modelId, modelName: names.get(modelId) ?? modelId },
    ...{ dataName: name, versionCount: versions.length },
  });
  const expiredEntries = removals.flatMap((removal) =>
    removal.reason === undefined ? [] : [{ ...entry(removal), reason: removal.reason }]
  );
  const versions = removals.flatMap((removal) => removal.versions);
  return {
    dataEntriesExpired: expiredEntries.length,
    versionsDeleted: versions.length,
    bytesReclaimed: versions.reduce((sum, { size }) => sum + size, 0),
    dryRun,
    expiredEntries,
    prunedEntries: removals.filter(({ reason }) => reason === undefined).map(entry),
  };
}
