import { propertiesText } from "../../domain/models/method_logger.ts";
import type { RunLogFile } from "../../domain/models/run_record.ts";
import type { Redactor } from "../../domain/redactor.ts";
import type { LogLevel } from "../../domain/repository/settings.ts";

/** One record of a run's log. */
export interface RunLogRecord {
  readonly time: Date;
  readonly level: LogLevel;
  /** Parts joined by `·`, for example `model·method·run·web·execute`. */
  readonly category: string;
  readonly message: string;
  /** What the record carries besides its message, as text; empty for nothing. Made when asked for. */
  readonly properties?: () => string;
}

/** Where the records of a run go. */
export interface RunLogSinks {
  /** Shows a record to whoever watches; it decides by level what is shown. */
  readonly show: (record: RunLogRecord) => void;
  /** A record as a line of a log file. */
  readonly format: (record: RunLogRecord) => string;
}

/**
 * The log of a run. Every record gets into the file, whatever the output mode and level of the run are
 * (contract: IMP-47).
 */
export class RunLog {
  readonly #sinks: RunLogSinks;
  readonly #file: RunLogFile;
  readonly #category: readonly string[];
  readonly #redactor: Redactor;

  /**
   * @param category for records that come without one of their own.
   * @param redactor takes secrets out of every record.
   */
  constructor(
    sinks: RunLogSinks,
    file: RunLogFile,
    category: readonly string[],
    redactor: Redactor,
  ) {
    this.#sinks = sinks;
    this.#file = file;
    this.#category = category;
    this.#redactor = redactor;
  }

  /** Category of records that come without one of their own. */
  get category(): readonly string[] {
    return this.#category;
  }

  /**
   * Adds a record to the file and shows it.
   *
   * @param properties what it carries besides its message; only who watches may get to see it.
   */
  add(
    level: LogLevel,
    text: string,
    category: readonly string[] = this.#category,
    properties: Readonly<Record<string, unknown>> = {},
  ): void {
    const message = this.#redactor.redact(text);
    const place = this.#redactor.redact(category.join("·"));
    const record = {
      ...{ time: new Date(), level, category: place, message },
      properties: () => this.#redactor.redact(propertiesText(properties)),
    };
    this.#file.append(this.#sinks.format(record));
    this.#sinks.show(record);
  }

  /** Adds a record to the file only: what was shown in another way already. */
  note(level: LogLevel, text: string): void {
    const message = this.#redactor.redact(text);
    const category = this.#category.join("·");
    this.#file.append(this.#sinks.format({ time: new Date(), level, category, message }));
  }
}
