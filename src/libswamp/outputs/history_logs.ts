import { findRun, type FindRunDependencies, HISTORY_TEXTS } from "./find_run.ts";
import { logLines } from "./log_lines.ts";
import { modelNameOf } from "./model_names.ts";

/** JSON document of `model method history logs` (contract: cli-core 7.3). */
export interface HistoryLogsDocument {
  readonly outputId: string;
  readonly methodName: string;
  readonly modelName?: string;
  /** Relative to the repository; absent when the run has no log. */
  readonly path?: string;
  readonly lines: readonly string[];
  /** Number of lines given. */
  readonly lineCount: number;
  /** Number of lines of the whole log. */
  readonly totalLines: number;
  /** Why there is nothing to show, where the run has no log. */
  readonly error?: string;
}

/**
 * The log of a run: that with an id, or the latest of a model. A log that is missing is empty.
 *
 * @param tail so many lines are wanted, the last ones; all if left out.
 * @throws {UserError} `output_not_found`, `ambiguous_output`, `ambiguous_model`.
 */
export async function historyLogs(
  dependencies: FindRunDependencies,
  argument: string,
  tail?: number,
): Promise<HistoryLogsDocument> {
  const run = await findRun(dependencies, argument, HISTORY_TEXTS);
  const { id: outputId, methodName, logFile } = run.record;
  const modelName = await modelNameOf(dependencies.definitions, run);
  const identity = { outputId, methodName, ...(modelName === undefined ? {} : { modelName }) };
  if (logFile === undefined) {
    const error = "This run has no log file.";
    return { ...identity, lines: [], lineCount: 0, totalLines: 0, error };
  }
  const log = await dependencies.history.openLog(run.record);
  const { lines, total } = log === undefined ? { lines: [], total: 0 } : await logLines(log, tail);
  return { ...identity, path: logFile, lines, lineCount: lines.length, totalLines: total };
}
