import type { Definition } from "./definition.ts";

/** State of a run of a method. */
export type RunStatus = "pending" | "running" | "succeeded" | "failed";

/** What the error of a run says whose process is gone. */
export const INTERRUPTED = "interrupted";

/** A version of data that a run wrote. */
export interface DataArtifact {
  readonly dataId: string;
  readonly name: string;
  readonly version: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** The record of one run of a method (contract: cli-core 12.4). */
export interface RunRecord {
  readonly id: string;
  readonly definitionId: string;
  readonly methodName: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly completedAt?: string;
  readonly durationMs?: number;
  readonly retryCount: number;
  readonly provenance: {
    readonly definitionHash: string;
    readonly modelVersion: string;
    readonly triggeredBy: "manual" | "workflow";
    readonly workflowId?: string;
    readonly workflowRunId?: string;
    readonly stepName?: string;
  };
  readonly artifacts: { readonly dataArtifacts: readonly DataArtifact[] };
  readonly error?: { readonly message: string; readonly stack?: string };
  /** Relative to the repository, with `/`; absolute where a datastore keeps it elsewhere. */
  readonly logFile?: string;
  /** Process that runs it, so that a later reader can tell an interrupted run. */
  readonly pid?: number;
  readonly hostname?: string;
}

/** The log file of a run, open for writing. */
export interface RunLogFile {
  /** Absolute path. */
  readonly path: string;
  /** Path as {@linkcode RunRecord.logFile} holds it. */
  readonly relativePath: string;
  /** Adds a line, which is in the file when this returns. Does nothing once the log is closed. */
  append(line: string): void;
  close(): void;
}

/** Run records of a repository; damaged ones are reported and skipped. */
export interface RunStore {
  /** Writes a record anew or over its earlier state. */
  save(type: string, record: RunRecord): Promise<void>;
  /**
   * Every record of a definition, newest first. A run that was never finished although its process
   * is gone comes as failed, with the error {@linkcode INTERRUPTED}.
   */
  listFor(type: string, definitionId: string): Promise<readonly RunRecord[]>;
  /** Absolute path for the log of a run that starts at `startedAt`. */
  logPath(type: string, methodName: string, definitionId: string, startedAt: string): string;
  /** Creates the log of a run that starts at `startedAt`. */
  openLog(
    type: string,
    methodName: string,
    definitionId: string,
    startedAt: string,
  ): Promise<RunLogFile>;
  /**
   * Keeps a definition as it was evaluated, for `--last-evaluated`.
   *
   * @returns absolute path of its file.
   */
  saveEvaluated(definition: Definition): Promise<string>;
  /** The definition as last evaluated; `undefined` when it never was. */
  lastEvaluated(type: string, definitionId: string): Promise<Definition | undefined>;
  /**
   * Removes records and logs of a definition, and its evaluated form.
   *
   * @returns the number of records removed.
   */
  removeFor(type: string, definitionId: string): Promise<number>;
}
