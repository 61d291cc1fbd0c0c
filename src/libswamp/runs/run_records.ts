/**
 * The record of a run, as it begins and as it ends (contract: authoring 7.6).
 *
 * @module
 */
import { UserError } from "../../domain/errors.ts";
import { definitionHash } from "../../domain/models/definition_hash.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { RunRecord } from "../../domain/models/run_record.ts";
import type { RunFailure } from "./redacted_failure.ts";
import type { Written } from "./written_data.ts";

/** What is known of a run when it begins. */
export interface RunBeginning {
  /** As its file has it. */
  readonly definition: Definition;
  readonly methodName: string;
  /** Version of the type. */
  readonly modelVersion: string;
  readonly startedAt: Date;
  /** Path of the log, relative to the repository. */
  readonly logFile: string;
  readonly process: { readonly pid: number; readonly hostname: string };
}

/** How a run ended. */
export interface RunEnding {
  readonly written: readonly Written[];
  /** How often something was tried again. */
  readonly retryCount: number;
  /** Absent when all went well. */
  readonly failure?: RunFailure;
}

/** The record of a run that goes on. */
export async function runningRecord(
  { definition, methodName, modelVersion, startedAt, logFile, process }: RunBeginning,
): Promise<RunRecord> {
  return {
    id: crypto.randomUUID(),
    definitionId: definition.id,
    methodName,
    status: "running",
    startedAt: startedAt.toISOString(),
    retryCount: 0,
    provenance: {
      definitionHash: await definitionHash(definition),
      modelVersion,
      triggeredBy: "manual",
    },
    artifacts: { dataArtifacts: [] },
    logFile,
    ...process,
  };
}

/** The record of a run that is over. */
export function finalRecord(
  { pid: _pid, hostname: _hostname, ...begun }: RunRecord,
  { written, retryCount, failure }: RunEnding,
  durationMs: number,
): RunRecord {
  return {
    ...begun,
    status: failure === undefined ? "succeeded" : "failed",
    completedAt: new Date().toISOString(),
    durationMs,
    retryCount,
    artifacts: {
      dataArtifacts: written.map(({ handle: { dataId, name, version, tags } }) => ({
        ...{ dataId, name, version, tags },
      })),
    },
    ...(failure === undefined ? {} : { error: errorOf(failure) }),
  };
}

function errorOf({ error, message }: RunFailure): NonNullable<RunRecord["error"]> {
  const stack = error instanceof Error && !(error instanceof UserError) ? error.stack : undefined;
  return { message, ...(stack === undefined ? {} : { stack }) };
}
