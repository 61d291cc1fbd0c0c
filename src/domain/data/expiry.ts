/**
 * What of stored data is no longer wanted (contract: authoring 3.2, cli-core 9.6).
 *
 * @module
 */
import type { DataMetadata } from "./data.ts";
import { durationMilliseconds } from "./lifetime.ts";

/** Why a piece of data has come to its end. */
export type ExpiryReason =
  | "duration-expired"
  | "ephemeral-ended"
  | "workflow-deleted"
  | "job-deleted";

/** What has become of a run of a workflow. */
export type WorkflowRunState = "running" | "ended" | "gone";

/** What is known of the world in which data expire. */
export interface ExpirySituation {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly workflowRun: (id: string) => WorkflowRunState;
}

/**
 * Why a piece of data has come to its end, `undefined` while it has not. No method of its model may
 * be running: data that last as long as the run that wrote them are then over.
 *
 * Data that belong to a workflow but do not tell to which run of it never end.
 *
 * @param latest metadata of the latest version.
 */
export function expiryReason(
  latest: DataMetadata,
  { now, workflowRun }: ExpirySituation,
): ExpiryReason | undefined {
  const { lifetime, lifecycle, createdAt } = latest;
  if (lifecycle === "deleted" || lifetime === "infinite") return undefined;
  const runId = latest.ownerDefinition.workflowRunId ?? latest.tags.workflowRunId;
  const run = runId === undefined ? undefined : workflowRun(runId);
  if (lifetime === "ephemeral") return run === "running" ? undefined : "ephemeral-ended";
  if (lifetime === "workflow") return run === "gone" ? "workflow-deleted" : undefined;
  if (lifetime === "job") return run === "gone" ? "job-deleted" : undefined;
  const duration = durationMilliseconds(lifetime);
  const isOver = duration !== undefined && Date.parse(createdAt) + duration < now;
  return isOver ? "duration-expired" : undefined;
}

/**
 * The versions that the latest version's `garbageCollection` does not keep: all but the newest so
 * many, or those older than a duration. The latest is always kept.
 *
 * @param versions of one name, ascending.
 * @param now milliseconds since the epoch.
 */
export function surplusVersions<T extends { readonly metadata: DataMetadata }>(
  versions: readonly T[],
  now: number,
): readonly T[] {
  const policy = versions.at(-1)?.metadata.garbageCollection;
  if (typeof policy === "number") {
    return Number.isInteger(policy) && policy > 0 ? versions.slice(0, -policy) : [];
  }
  const duration = policy === undefined ? undefined : durationMilliseconds(policy);
  if (duration === undefined || duration === 0) return [];
  return versions.slice(0, -1)
    .filter(({ metadata }) => Date.parse(metadata.createdAt) + duration < now);
}
