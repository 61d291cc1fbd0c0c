import type { RedirectedConsole } from "./console_redirection.ts";

/**
 * Makes guards that keep stdout for the one document while extension code may print: in JSON mode, from
 * the first guard to the disposal of the last, what is printed goes to stderr.
 */
export function createStdoutGuard(mode: "json" | "log"): () => Promise<Disposable> {
  if (mode === "log") return () => Promise.resolve({ [Symbol.dispose]: () => {} });
  let redirected: Promise<RedirectedConsole> | undefined;
  let guards = 0;
  return async () => {
    guards++;
    const mine = await (redirected ??= redirect());
    let isOver = false;
    return {
      [Symbol.dispose]: () => {
        if (isOver) return;
        isOver = true;
        if (--guards > 0) return;
        mine[Symbol.dispose]();
        redirected = undefined;
      },
    };
  };
}

async function redirect(): Promise<RedirectedConsole> {
  const { redirectConsole } = await import("./console_redirection.ts");
  const redirected = redirectConsole({ toStderr: true });
  await redirected.coverNode();
  return redirected;
}
