import type { RunRecord } from "../../domain/models/run_record.ts";
import { findRun, type FindRunDependencies, OUTPUT_TEXTS } from "./find_run.ts";
import { modelNameOf } from "./model_names.ts";
import { type OutputSummary, outputSummary } from "./output_summary.ts";

/** JSON document of `model output get` and `model method history get` (contract: cli-core 8.1). */
export interface OutputDocument extends OutputSummary {
  readonly completedAt?: string;
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
  const { completedAt, retryCount, provenance, artifacts, error, logFile } = run.record;
  return {
    ...outputSummary(run, modelName),
    ...(completedAt === undefined ? {} : { completedAt }),
    ...{ retryCount, provenance, artifacts },
    ...(error === undefined ? {} : { error }),
    ...(logFile === undefined ? {} : { logFile }),
  };
}
