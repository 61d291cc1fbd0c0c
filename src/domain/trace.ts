/**
 * Takes the time that one phase of a command took, for `--log-level trace`.
 *
 * @param phase a word or two, such as `bundle`
 * @param milliseconds how long it took
 * @param detail what it worked on
 */
export type Trace = (phase: string, milliseconds: number, detail?: string) => void;

/** Runs `work` and reports how long it took. */
export async function timed<T>(
  trace: Trace,
  phase: string,
  work: () => T | Promise<T>,
  detail?: (result: T) => string,
): Promise<T> {
  const start = performance.now();
  const result = await work();
  trace(phase, performance.now() - start, detail?.(result));
  return result;
}
