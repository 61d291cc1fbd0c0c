import { redirectConsole, type RedirectedConsole } from "./console_redirection.ts";

/**
 * Makes guards that keep stdout for the one document while extension code may print: in JSON mode, from
 * the first guard to the disposal of the last, what is printed goes to stderr.
 */
export function createStdoutGuard(mode: "json" | "log"): () => Promise<Disposable> {
  if (mode === "log") return () => Promise.resolve({ [Symbol.dispose]: () => {} });
  let redirected: RedirectedConsole | undefined;
  let covered: Promise<void> | undefined;
  let guards = 0;
  return async () => {
    guards++;
    redirected ??= redirectConsole({ toStderr: true });
    await (covered ??= redirected.coverNode());
    let isOver = false;
    return {
      [Symbol.dispose]: () => {
        if (isOver) return;
        isOver = true;
        if (--guards > 0) return;
        redirected?.[Symbol.dispose]();
        redirected = covered = undefined;
      },
    };
  };
}
