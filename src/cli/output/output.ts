/**
 * Where a command's words go. Documents go to stdout, everything else obeys the streams of the
 * contract (cli-core 2.1): JSON mode prints exactly one document on stdout.
 *
 * @module
 */
import type { ProgressDisplay } from "../../domain/progress.ts";
import type { LogLevel } from "../../domain/repository/settings.ts";

/** Text with optional styling; `style` returns its argument unchanged where colours are off. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
  cyan(text: string): string;
}

/** What a renderer of readable output can use. */
export interface Page {
  readonly style: Style;
  /** Columns of the terminal, or `undefined` when stdout is no terminal. */
  readonly width: number | undefined;
}

/** Where a command's words go. */
export interface Output {
  readonly mode: "json" | "log";
  readonly style: Style;
  /** Columns of the terminal, or `undefined` when stdout is no terminal. */
  readonly width: number | undefined;
  /**
   * Prints the command's one result: `document` as JSON in JSON mode, else the text that `render`
   * makes of it (a trailing line break is added).
   */
  result<T>(document: T, render: (document: T, page: Page) => string): void;
  /**
   * A log record: level `warning` and above go to stderr, the others to stdout; none in JSON mode.
   *
   * @param properties what it carries besides its message, as text; shown where that is asked for.
   */
  log(level: LogLevel, category: string, message: string, properties?: () => string): void;
  /** One line on stderr in both modes: something is wrong, but the command goes on. */
  warn(message: string): void;
  /** One line on stderr in both modes: what takes so long (lock waits, first index). */
  notice(message: string): void;
  /**
   * Shows how far work is that takes more than half a second, on a terminal in log mode only. Dispose
   * of it when the work is done, or has failed.
   *
   * @param title what is going on: `indexing extensions`
   */
  progress(title: string): ProgressDisplay;
  /** Keeps everything back while something else is drawn on the terminal, until it is disposed of. */
  holdBack(): Disposable;
}
