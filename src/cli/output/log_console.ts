import { LOG_LEVELS, type LogLevel } from "../../domain/repository/settings.ts";
import type { Console } from "./console.ts";
import { holdable } from "./held_streams.ts";
import { formatLogRecord, type LogFormat } from "./log_record.ts";
import { printable } from "./printable.ts";
import { SILENT_PROGRESS, withProgressBar } from "./progress.ts";
import type { Streams } from "./streams.ts";
import { styleFor } from "./style.ts";

/** What {@linkcode createLogConsole} needs to know. */
export interface LogConsoleOptions {
  readonly streams: Streams;
  /** Lowest level of records that are shown. */
  readonly level: LogLevel;
  /** Whether colours are allowed; they are written to terminals only. */
  readonly color: boolean;
  /** Whether somebody sits at stdin; log records are then laid out in columns. */
  readonly interactive: boolean;
  /** Whether records in columns show their properties. */
  readonly showProperties?: boolean;
}

/**
 * Output for people: documents and records up to `info` on stdout, everything that is wrong on
 * stderr (contract: cli-core 2.1 and 2.2).
 */
export function createLogConsole(options: LogConsoleOptions): Console {
  const { level: lowest, color, interactive, showProperties = false } = options;
  const streams = holdable(options.streams);
  const { stdout, stderr, startBar } = withProgressBar(streams);
  const style = styleFor(color && stdout.isTerminal);
  const errorStyle = styleFor(color && stderr.isTerminal);
  const isAtLeast = (level: LogLevel, least: LogLevel) =>
    LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
  const shows = (level: LogLevel) => isAtLeast(level, lowest);
  const format: LogFormat = !color
    ? "long"
    : interactive && stdout.isTerminal
    ? "columns"
    : "short";

  return {
    mode: "log",
    style,
    get width() {
      return stdout.columns;
    },
    result: (document, render) =>
      stdout.write(`${render(document, { style, width: stdout.columns })}\n`),
    log: (level, category, message, properties) => {
      if (!shows(level)) return;
      const record = {
        ...{ time: new Date(), level, category, message: printable(message, true) },
        properties: () => showProperties ? printable(properties?.() ?? "") : "",
      };
      const [stream, recordStyle] = isAtLeast(level, "warning")
        ? [stderr, errorStyle]
        : [stdout, style];
      stream.write(`${formatLogRecord(record, format, recordStyle)}\n`);
    },
    warn: (message) => {
      if (!shows("warning")) return;
      stderr.write(`${errorStyle.yellow("warning:")} ${printable(message, true)}\n`);
    },
    // Waiting without a word looks like hanging, so only --quiet and the like silence it.
    notice: (message) => {
      if (shows("warning")) stderr.write(`${errorStyle.dim(printable(message, true))}\n`);
    },
    // Who asked for debug records gets lines, which a bar would only disturb.
    progress: (title) =>
      stderr.isTerminal && shows("warning") && !shows("debug") ? startBar(title) : SILENT_PROGRESS,
    holdBack: streams.hold,
    fail: ({ message, hint, stack }) => {
      stderr.write(`${errorStyle.red("error:")} ${printable(message, true)}\n`);
      if (hint !== undefined) stderr.write(`${printable(hint, true)}\n`);
      if (shows("debug") && stack !== "") stderr.write(`${errorStyle.dim(stack)}\n`);
    },
  };
}
