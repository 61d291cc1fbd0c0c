import type { Progress, ProgressDisplay } from "../../domain/progress.ts";
import type { TextStream } from "./streams.ts";
import { truncate } from "./text_width.ts";

/** Work that takes less time than this, in milliseconds, needs no bar. */
const DELAY = 500;
const CELLS = 20;
const ERASE_LINE = "\r\x1b[K";

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
    stream.write(`${ERASE_LINE}${truncate(progressText(title, progress), stream.columns ?? 80)}`);
    isDrawn = true;
  };
  const erase = (): void => {
    if (isDrawn) stream.write(ERASE_LINE);
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
