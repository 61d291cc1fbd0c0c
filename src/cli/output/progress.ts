import type { Progress, ProgressDisplay } from "../../domain/progress.ts";
import type { Streams, TextStream } from "./streams.ts";

/** Work that takes less time than this, in milliseconds, needs no bar. */
const DELAY = 500;
const CELLS = 20;
const ERASE_REST = "\x1b[K";

/** A bar in a terminal's last line. */
export interface ProgressBar extends ProgressDisplay {
  /** Frees the line for other output; the next progress draws the bar again. */
  erase(): void;
}

/** Shows nothing. */
export const SILENT_PROGRESS: ProgressDisplay = {
  show: () => {},
  [Symbol.dispose]: () => {},
};

/**
 * A bar that appears when work takes long, and is gone when the work is done.
 *
 * @param stream a terminal
 * @param title what is going on
 * @param delay milliseconds before it appears
 */
export function createProgressBar(stream: TextStream, title: string, delay = DELAY): ProgressBar {
  const start = performance.now();
  let progress: Progress | undefined;
  let isDrawn = false;
  const draw = (): void => {
    if (progress === undefined) return;
    // A line that fills the terminal could wrap, and only its last part could be erased.
    const room = (stream.columns ?? 80) - 1;
    stream.write(`\r${progressText(title, progress).slice(0, room)}${ERASE_REST}`);
    isDrawn = true;
  };
  const erase = (): void => {
    if (isDrawn) stream.write(`\r${ERASE_REST}`);
    isDrawn = false;
  };
  const timer = setTimeout(draw, delay);
  return {
    show(next) {
      progress = next;
      if (performance.now() - start >= delay) draw();
    },
    erase,
    [Symbol.dispose]() {
      clearTimeout(timer);
      erase();
    },
  };
}

/**
 * Streams on which a bar can be shown between other output: whatever is written frees the bar's line
 * first.
 *
 * @param delay milliseconds before a bar appears
 */
export function withProgressBar(
  streams: Streams,
  delay = DELAY,
): Streams & { startBar(title: string): ProgressDisplay } {
  let bar: ProgressBar | undefined;
  const behindBar = (stream: TextStream): TextStream => ({
    write(text) {
      bar?.erase();
      stream.write(text);
    },
    get isTerminal() {
      return stream.isTerminal;
    },
    get columns() {
      return stream.columns;
    },
  });
  return {
    stdout: behindBar(streams.stdout),
    stderr: behindBar(streams.stderr),
    startBar: (title) => bar = createProgressBar(streams.stderr, title, delay),
  };
}

/**
 * Progress as one line.
 *
 * @example
 * ```ts
 * progressText("indexing", { phase: "bundle" }); // indexing: bundle
 * progressText("indexing", { phase: "index", done: 5, total: 20 });
 * // indexing: index [█████░░░░░░░░░░░░░░░] 5/20
 * ```
 */
export function progressText(title: string, { phase, done, total }: Progress): string {
  const head = `${title}: ${phase}`;
  if (done === undefined || total === undefined || total === 0) return head;
  const full = Math.min(CELLS, Math.floor((done / total) * CELLS));
  return `${head} [${"█".repeat(full)}${"░".repeat(CELLS - full)}] ${done}/${total}`;
}
