/** A report in the result of a run (contract: cli-core 7.2). */
export interface ReportResult {
  readonly name: string;
  /** Absent for a report that could not be found. */
  readonly scope?: "method" | "model" | "workflow";
  readonly success: boolean;
  readonly markdown?: string;
  readonly json?: Readonly<Record<string, unknown>>;
  /** Only if the report failed. */
  readonly error?: string;
}
