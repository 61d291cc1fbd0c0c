import { UserError } from "../domain/errors.ts";

/** Taken before extension code runs, which is kept from calling the public one. */
const exit: typeof Deno.exit = Deno.exit.bind(Deno);

/** How long a command, and then the cleaning up, may take after Ctrl-C. */
const GRACE_MILLISECONDS = 5_000;

/** Ctrl-C and its like. Nothing is listened for before somebody cares. */
export interface Interruption {
  /**
   * Aborted at the first interruption. Who asks for it promises to end soon: swamp waits five seconds
   * for that before it ends by force.
   */
  readonly signal: AbortSignal;
  /** Registers what must be done before the process may end, whether or not the command listens. */
  beforeExit(cleanUp: () => Promise<void>): void;
  /** Exit code of the interruption that happened: 130 for SIGINT, 143 for SIGTERM. */
  exitCode(): number | undefined;
}

/** Listens for SIGINT and SIGTERM once there is something to be done about them. */
export function createInterruption(): Interruption {
  const cleanUps: (() => Promise<void>)[] = [];
  let controller: AbortController | undefined;
  let listening = false;
  let exitCode: number | undefined;

  const end = async (code: number): Promise<never> => {
    after(GRACE_MILLISECONDS, () => exit(code));
    await Promise.allSettled(cleanUps.map((cleanUp) => cleanUp()));
    exit(code);
  };
  const interrupt = (code: number): void => {
    // Who presses Ctrl-C twice does not want to wait.
    if (exitCode !== undefined) exit(code);
    exitCode = code;
    if (controller === undefined) return void end(code);
    after(GRACE_MILLISECONDS, () => void end(code));
    controller.abort(new UserError("interrupted", "Interrupted", { exitCode: code }));
  };
  const listen = (): void => {
    if (listening) return;
    listening = true;
    Deno.addSignalListener("SIGINT", () => interrupt(130));
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => interrupt(143));
  };
  return {
    get signal() {
      listen();
      return (controller ??= new AbortController()).signal;
    },
    beforeExit(cleanUp) {
      listen();
      cleanUps.push(cleanUp);
    },
    exitCode: () => exitCode,
  };
}

function after(milliseconds: number, act: () => void): void {
  Deno.unrefTimer(setTimeout(act, milliseconds));
}
