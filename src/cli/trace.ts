import type { Trace } from "../domain/trace.ts";

/** Collects the times of phases until it is known whether anybody wants to see them. */
export interface TraceLog {
  readonly trace: Trace;
  /** Prints what was collected, and everything that follows at once, one line a phase. */
  show(write: (line: string) => void): void;
}

/**
 * A trace that starts with the time the runtime took to get here.
 *
 * @example
 * ```ts
 * const log = createTraceLog();
 * log.trace("parse", 0.4);
 * log.show((line) => console.error(line)); // trace     0.4 ms  parse
 * ```
 */
export function createTraceLog(): TraceLog {
  const pending: string[] = [];
  let write = (line: string): void => void pending.push(line);
  const trace: Trace = (phase, milliseconds, detail) => {
    const time = milliseconds.toFixed(1).padStart(7);
    write(`trace ${time} ms  ${phase}${detail === undefined ? "" : ` ${detail}`}`);
  };
  trace("start", performance.now(), "(runtime and modules)");
  return {
    trace,
    show(next) {
      write = next;
      for (const line of pending.splice(0)) write(line);
    },
  };
}
