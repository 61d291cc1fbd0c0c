/**
 * What extension code prints. In JSON mode stdout belongs to the one document, so everything else goes
 * to stderr there.
 *
 * @module
 */

import type { Redactor } from "../domain/redactor.ts";

/** Takes what is printed with `console`, as text. */
export type ConsoleWatcher = (text: string) => void;

/** Standard output under control until it is disposed. */
export interface RedirectedConsole extends Disposable {
  /** Names who is told of everything printed with `console` from now on. */
  watch(watcher: ConsoleWatcher): void;
  /** Takes control of Node's `process.stdout` too, which costs the loading of its module. */
  coverNode(): Promise<void>;
}

/** The methods of `console` that print what they are given. */
const PRINTING = ["log", "info", "debug", "dir", "dirxml", "table", "group"] as const;
const COMPLAINING = ["error", "warn", "trace"] as const;

/**
 * Takes control of `console` and `Deno.stdout`.
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
  if (toStderr) redirectDeno(undo);
  const taken = undo.move();
  return {
    watch: (next) => {
      watcher = next;
    },
    coverNode: async () => {
      if (toStderr) await redirectNode(taken);
    },
    [Symbol.dispose]: () => taken.dispose(),
  };
}

/** Does work that may load extension code; in JSON mode what that prints does not get to stdout. */
export async function keepingStdout<T>(
  { mode }: { readonly mode: "json" | "log" },
  work: () => Promise<T>,
): Promise<T> {
  using _redirection = redirectConsole({ toStderr: mode === "json" });
  return await work();
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

function redirectDeno(undo: DisposableStack): void {
  const { stdout, stderr } = Deno;
  const { write, writeSync } = stdout;
  stdout.write = (bytes) => stderr.write(bytes);
  stdout.writeSync = (bytes) => stderr.writeSync(bytes);
  Object.defineProperty(stdout, "writable", { get: () => stderr.writable, configurable: true });
  undo.defer(() => {
    Object.assign(stdout, { write, writeSync });
    Reflect.deleteProperty(stdout, "writable");
  });
}

async function redirectNode(undo: DisposableStack): Promise<void> {
  const { stdout, stderr } = (await import("node:process")).default;
  const { write } = stdout;
  stdout.write = stderr.write.bind(stderr);
  undo.defer(() => {
    stdout.write = write;
  });
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value, { colors: false });
}
