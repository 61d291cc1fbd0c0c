/**
 * What extension code prints with `console`. In JSON mode stdout belongs to the one document, so it
 * goes to stderr there.
 *
 * @module
 */

/** Takes what is printed, as text. */
export type ConsoleWatcher = (text: string) => void;

/** The methods of `console` that print to stdout. */
const TO_STDOUT = ["log", "info", "debug", "dir", "dirxml", "table", "group"] as const;
/** The methods of `console` that print to stderr. */
const TO_STDERR = ["error", "warn", "trace"] as const;

/** Console output under control until it is disposed. */
export interface RedirectedConsole extends Disposable {
  /** Names who is told of everything printed from now on. */
  watch(watcher: ConsoleWatcher): void;
}

/**
 * Takes control of `console` and of direct writes to `Deno.stdout`.
 *
 * @param toStderr whether nothing may get to stdout.
 */
export function redirectConsole({ toStderr }: { readonly toStderr: boolean }): RedirectedConsole {
  let watcher: ConsoleWatcher = () => {};
  const original = { ...console };
  const originalWrite = Deno.stdout.write;
  const originalWriteSync = Deno.stdout.writeSync;
  for (const method of [...TO_STDOUT, ...TO_STDERR]) {
    const isOutput = (TO_STDOUT as readonly string[]).includes(method);
    const print = toStderr && isOutput ? original.error : original[method];
    console[method] = (...values: unknown[]) => {
      watcher(values.map(shown).join(" "));
      (print as (...values: unknown[]) => void)(...values);
    };
  }
  if (toStderr) {
    Deno.stdout.write = (bytes) => Deno.stderr.write(bytes);
    Deno.stdout.writeSync = (bytes) => Deno.stderr.writeSync(bytes);
  }
  return {
    watch: (next) => {
      watcher = next;
    },
    [Symbol.dispose]: () => {
      Object.assign(console, original);
      Deno.stdout.write = originalWrite;
      Deno.stdout.writeSync = originalWriteSync;
    },
  };
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value, { colors: false });
}
