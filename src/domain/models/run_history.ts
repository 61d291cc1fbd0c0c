import type { RunRecord } from "./run_record.ts";

/** The record of a run together with the type whose folder it was found in. */
export interface StoredRun {
  /** Normalised; the type itself need not be known any more. */
  readonly type: string;
  readonly record: RunRecord;
}

/** Chooses runs; what is left out does not restrict. */
export interface RunSelection {
  /** Only runs of this definition. */
  readonly definitionId?: string;
  /** Only runs whose own id begins with these hexadecimal digits, in lower case, without dashes. */
  readonly idDigits?: string;
  /** Only runs that started at this time or later, in milliseconds since the epoch. */
  readonly since?: number;
  /** Only so many, the newest. */
  readonly limit?: number;
}

/**
 * Every run that left a record, whatever became of its definition and its type (contract: IMP-48,
 * IMP-50). Damaged records are reported and skipped.
 */
export interface RunHistory {
  /**
   * The runs that are asked for, newest first. A run that was never finished although its process is
   * gone comes as failed.
   */
  runs(selection?: RunSelection): Promise<readonly StoredRun[]>;
  /**
   * The log of a run in pieces; `undefined` when the record names none, or none inside the
   * repository, or when the file is missing.
   */
  openLog(record: RunRecord): Promise<ReadableStream<Uint8Array> | undefined>;
}
