import type { LogLevel } from "../../domain/repository/settings.ts";
import type { Style } from "./output.ts";

/** One line of a log. */
export interface LogRecord {
  readonly time: Date;
  readonly level: LogLevel;
  /** Parts joined by `·`, for example `model·method·run`. */
  readonly category: string;
  readonly message: string;
  /** What it carries besides its message, as text; only columns show it. */
  readonly properties?: () => string;
}

/**
 * How log records look (contract: cli-core 2.2): `short` where nobody types, `long` without colours
 * and in files, `columns` on a coloured terminal.
 */
export type LogFormat = "short" | "long" | "columns";

const TAGS: Readonly<Record<LogLevel, string>> = {
  trace: "TRC",
  debug: "DBG",
  info: "INF",
  warning: "WRN",
  error: "ERR",
  fatal: "FTL",
};

/**
 * A record as text without a final line break. Times are UTC.
 *
 * @example
 * ```ts
 * formatLogRecord(record, "short", styleFor(false));
 * // 17:31:06.814 INF repo·init Initialized swamp repository at "/r" (tool: "none")
 * ```
 */
export function formatLogRecord(record: LogRecord, format: LogFormat, style: Style): string {
  const { level, category, message } = record;
  const [date, clock] = record.time.toISOString().replace("Z", "").split("T") as [string, string];
  switch (format) {
    case "long":
      return `${date} ${clock} +00:00 [${TAGS[level]}] ${category}: ${message}`;
    case "short":
      return `${clock} ${paint(level, TAGS[level], style)} ${category} ${message}`;
    case "columns": {
      const properties = record.properties?.() ?? "";
      return [
        style.dim(clock),
        paint(level, level.padEnd("warning".length), style),
        style.dim(category),
        message,
        ...(properties === "" ? [] : [style.dim(`{ ${properties} }`)]),
      ].join("  ");
    }
  }
}

function paint(level: LogLevel, text: string, style: Style): string {
  switch (level) {
    case "fatal":
    case "error":
      return style.red(text);
    case "warning":
      return style.yellow(text);
    case "info":
      return style.green(text);
    default:
      return style.dim(text);
  }
}
