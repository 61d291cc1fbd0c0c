import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { UserError } from "../../domain/errors.ts";
import type { StoredRun } from "../../domain/models/run_history.ts";
import { findRun, type FindRunDependencies, OUTPUT_ID_TEXTS } from "./find_run.ts";
import { type LogLines, logLines } from "./log_lines.ts";

/** What showing logs needs. */
export interface OutputLogsDependencies extends FindRunDependencies {
  readonly data: DataStore;
}

/** JSON document of `model output logs` (contract: cli-core 8.3). */
export interface OutputLogsDocument {
  readonly outputId: string;
  readonly methodName: string;
  /** Names of the data that the lines come from; none when they come from the run's own log. */
  readonly logArtifacts: readonly string[];
  readonly lines: readonly string[];
  readonly totalLines: number;
  readonly showingLines: number;
  /** The run's own log, relative to the repository, when the lines come from there. */
  readonly logFile?: string;
}

/**
 * What a run wrote as logs: data tagged as a log, else its text files, else the run's own log
 * (contract: IMP-49).
 *
 * @param tail so many lines are wanted, the last ones; all if left out.
 * @throws {UserError} `output_not_found`, `ambiguous_output`, `ambiguous_model`, `no_logs`.
 */
export async function outputLogs(
  dependencies: OutputLogsDependencies,
  argument: string,
  tail?: number,
): Promise<OutputLogsDocument> {
  const run = await findRun(dependencies, argument, OUTPUT_ID_TEXTS);
  const { id: outputId, methodName, logFile } = run.record;
  const artifacts = await logArtifacts(dependencies.data, run);
  const texts = artifacts.length > 0
    ? artifacts.map((stored) => dependencies.data.stream(stored))
    : [dependencies.history.openLog(run.record)];
  const { lines, total } = joined(await linesOf(texts, tail), tail);
  if (artifacts.length === 0 && total === 0) throw noLogs(run);
  return {
    ...{ outputId, methodName, logArtifacts: artifacts.map(({ metadata }) => metadata.name) },
    ...{ lines, totalLines: total, showingLines: lines.length },
    ...(artifacts.length > 0 || logFile === undefined ? {} : { logFile }),
  };
}

async function logArtifacts(data: DataStore, run: StoredRun): Promise<StoredData[]> {
  const { type, record: { definitionId: modelId, artifacts } } = run;
  const stored = await Promise.all(
    artifacts.dataArtifacts.map(({ name, version }) => data.get({ type, modelId }, name, version)),
  );
  const found = stored.filter((one) => one !== undefined);
  const logs = found.filter(({ metadata }) => metadata.tags.type === "log");
  return logs.length > 0
    ? logs
    : found.filter(({ metadata: { tags, contentType } }) =>
      tags.type === "file" && contentType.startsWith("text/")
    );
}

async function linesOf(
  texts: readonly Promise<ReadableStream<Uint8Array> | undefined>[],
  tail: number | undefined,
): Promise<LogLines[]> {
  const read: LogLines[] = [];
  for (const text of texts) {
    const stream = await text;
    if (stream !== undefined) read.push(await logLines(stream, tail));
  }
  return read;
}

function joined(parts: readonly LogLines[], tail = Infinity): LogLines {
  const lines = parts.flatMap((part) => part.lines);
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  return { lines: lines.length > tail ? lines.slice(-tail) : lines, total };
}

function noLogs({ record: { id, status, methodName } }: StoredRun): UserError {
  return new UserError(
    "no_logs",
    `Log artifacts not found: Output ${id} has no log artifacts. ` +
      `Status: ${status}, Method: ${methodName}`,
  );
}
