import { guardExit } from "../libswamp/runs/exit_guard.ts";
import { createStdoutGuard } from "./stdout_guard.ts";

/**
 * Makes guards for code of a datastore type, which runs before, during and after a command: from the
 * first guard to the disposal of the last it cannot end the process, nor, in JSON mode, print into the
 * command's document.
 */
export function createDatastoreGuard(mode: "json" | "log"): () => Promise<Disposable> {
  const guardStdout = createStdoutGuard(mode);
  let exit: Disposable | undefined;
  let guards = 0;
  return async () => {
    if (guards++ === 0) exit = guardExit(() => {}, "datastore");
    const stdout = await guardStdout();
    let isOver = false;
    return {
      [Symbol.dispose]: () => {
        stdout[Symbol.dispose]();
        if (!isOver && --guards === 0) exit?.[Symbol.dispose]();
        isOver = true;
      },
    };
  };
}
