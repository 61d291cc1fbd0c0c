/**
 * What extension code prints. In JSON mode stdout belongs to the one document, so everything else goes
 * to stderr there.
 *
 * @module
 */
import type { Redactor } from "../domain/redactor.ts";
import { redirectStreams } from "./stream_redirection.ts";

/** Takes what is printed with `console`, as text. */
export type ConsoleWatcher = (text: string) => void;

/** Standard output under control until it is disposed. */
export interface RedirectedConsole extends Disposable {
  /** Names who is told of everything printed with `console` from now on. */
  watch(watcher: ConsoleWatcher): void;
  /** Takes control of Node's streams too, which costs the loading of its module. */
  coverNode(): Promise<void>;
}

/** The methods of `console` that print what they are given. */
const PRINTING = ["log", "info", "debug", "dir", "dirxml", "table", "group"] as const;
const COMPLAINING = ["error", "warn", "trace"] as const;

/**
 * Takes control of `console` and the standard streams.
 *
 * @param toStderr whether nothing may get to stdout.
 * @param redactor takes secrets out of what is printed.
 */
export function redirectConsole(
  { toStderr, redactor }: { readonly toStderr: boolean; readonly redactor?: Redactor },
): RedirectedConsole {
  let watcher: ConsoleWatcher = () => {};
  using undo = new DisposableStack();
  const original = { ...console };
  undo.defer(() => void Object.assign(console, original));
  for (const method of [...PRINTING, ...COMPLAINING]) {
    const complains = (COMPLAINING as readonly string[]).includes(method);
    const print: (...values: unknown[]) => void = toStderr && !complains
      ? original.error
      : original[method];
    console[method] = (...values: unknown[]) => {
      watcher(values.map(shown).join(" "));
      const shows = redactor?.hasSecrets === true;
      print(...(shows ? [redactor.redact(values.map(shown).join(" "))] : values));
    };
  }
  Object.assign(console, countersAndTimers());
  const streams = undo.use(redirectStreams({ toStderr, redactor }));
  const taken = undo.move();
  return {
    watch: (next) => {
      watcher = next;
    },
    coverNode: streams.coverNode,
    [Symbol.dispose]: () => taken.dispose(),
  };
}

/** Deno's own ones print past `console.log`. */
function countersAndTimers(): Partial<Console> {
  const counts = new Map<string, number>();
  const starts = new Map<string, number>();
  const elapsed = (label: string) =>
    `${label}: ${performance.now() - (starts.get(label) ?? NaN)}ms`;
  return {
    count: (label = "default") => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      console.log(`${label}: ${counts.get(label)}`);
    },
    countReset: (label = "default") => void counts.delete(label),
    time: (label = "default") => void starts.set(label, performance.now()),
    timeLog: (label = "default", ...values: unknown[]) => console.log(elapsed(label), ...values),
    timeEnd: (label = "default") => {
      console.log(elapsed(label));
      starts.delete(label);
    },
  };
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value, { colors: false });
}
