import type { RunRecord } from "../../domain/models/run_record.ts";
import { findRun, type FindRunDependencies, OUTPUT_TEXTS } from "./find_run.ts";
import { modelNameOf } from "./model_names.ts";

/** JSON document of `model output get` and `model method history get` (contract: cli-core 8.1). */
export interface OutputDocument {
  readonly id: string;
  readonly definitionId: string;
  /** Absent when nothing tells the name of the model any more. */
  readonly modelName?: string;
  readonly type: string;
  readonly methodName: string;
  readonly status: RunRecord["status"];
  readonly startedAt: string;
  readonly completedAt?: string;
  readonly durationMs?: number;
  readonly retryCount: number;
  readonly provenance: RunRecord["provenance"];
  readonly artifacts: RunRecord["artifacts"];
  readonly error?: RunRecord["error"];
  /** Relative to the repository. */
  readonly logFile?: string;
}

/**
 * The record of a run: that with an id, or the latest of a model.
 *
 * @throws {UserError} `output_not_found`, `ambiguous_output`, `ambiguous_model`.
 */
export async function getOutput(
  dependencies: FindRunDependencies,
  argument: string,
): Promise<OutputDocument> {
  const run = await findRun(dependencies, argument, OUTPUT_TEXTS);
  const modelName = await modelNameOf(dependencies.definitions, run);
  const { id, definitionId, methodName, status, startedAt, completedAt, durationMs } = run.record;
  const { retryCount, provenance, artifacts, error, logFile } = run.record;
  return {
    ...{ id, definitionId },
    ...(modelName === undefined ? {} : { modelName }),
    ...{ type: run.type, methodName, status, startedAt },
    ...(completedAt === undefined ? {} : { completedAt }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...{ retryCount, provenance, artifacts },
    ...(error === undefined ? {} : { error }),
    ...(logFile === undefined ? {} : { logFile }),
  };
}
