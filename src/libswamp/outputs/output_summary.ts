import type { StoredRun } from "../../domain/models/run_history.ts";
import type { RunRecord } from "../../domain/models/run_record.ts";

/** What documents tell of every run. */
export interface OutputSummary {
  readonly id: string;
  readonly definitionId: string;
  /** Absent when nothing tells the name of the model any more. */
  readonly modelName?: string;
  readonly type: string;
  readonly methodName: string;
  readonly status: RunRecord["status"];
  readonly startedAt: string;
  readonly durationMs?: number;
}

/** What documents tell of a run of the model with this name. */
export function outputSummary(
  { type, record }: StoredRun,
  modelName: string | undefined,
): OutputSummary {
  const { id, definitionId, methodName, status, startedAt, durationMs } = record;
  return {
    ...{ id, definitionId },
    ...(modelName === undefined ? {} : { modelName }),
    ...{ type, methodName, status, startedAt },
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}
