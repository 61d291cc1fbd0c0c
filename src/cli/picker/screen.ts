import { EXIT_CODES, UserError } from "../../domain/errors.ts";
import type { CommandContext } from "../context.ts";
import type { Frame, Size } from "./frame.ts";
import { type Key, KeyReader } from "./keys.ts";
import { Terminal } from "./terminal.ts";

/** How long the rest of a key may be on its way, in milliseconds: only then ESC is the Escape key. */
const ESCAPE_DELAY = 50;
/** Exit code of a process that ends because its terminal is gone: 128 and the number of SIGHUP. */
const HANGUP_EXIT_CODE = 129;

/** Something that takes the whole terminal. */
export interface Screen {
  /** What is to be seen. */
  draw(size: Size): Frame;
  /** Takes a key other than Ctrl-C, which ends every screen. */
  press(key: Key, size: Size): void;
}

/** What a screen can do about itself. */
export interface ScreenControl<R> {
  /** Draws what has changed other than by a key. */
  redraw(): void;
  /** Ends the screen. Keys that are typed later are left to who reads them next. */
  end(result: R): void;
  /** Ends the screen with an error. */
  fail(error: unknown): void;
}

/**
 * Shows a screen until it ends. The terminal is given back before this returns or throws, and what
 * the command prints meanwhile follows then.
 *
 * @param open makes the screen
 * @throws {UserError} `interrupted` on Ctrl-C and on signals that end swamp.
 */
export async function runScreen<R>(
  { output, signal }: Pick<CommandContext, "output" | "signal">,
  open: (control: ScreenControl<R>) => Screen,
): Promise<R> {
  signal.throwIfAborted();
  const ended = Promise.withResolvers<R>();
  using _held = output.holdBack();
  using terminal = new Terminal();
  let isEnded = false;
  const end = (settle: () => void) => {
    isEnded = true;
    // At once, in case that nothing else gets to run.
    terminal[Symbol.dispose]();
    settle();
  };
  const fail = (error: unknown) => end(() => ended.reject(error));
  const redraw = () => {
    if (!isEnded) attempt(() => terminal.show(screen.draw(terminal.size)), fail);
  };
  const screen = open({ redraw, fail, end: (result) => end(() => ended.resolve(result)) });
  using _signals = onSignals(signal, fail, () => {
    terminal.forget();
    redraw();
  });
  const press = (key: Key) => {
    if (isEnded) return;
    if (key.kind === "interrupt") return fail(interrupted(EXIT_CODES.interrupted));
    if (key.kind === "redraw") terminal.forget();
    else screen.press(key, terminal.size);
    redraw();
  };
  redraw();
  readKeys(terminal, (key) => attempt(() => press(key), fail)).catch(fail);
  return await ended.promise;
}

function attempt(act: () => void, fail: (error: unknown) => void): void {
  try {
    act();
  } catch (error) {
    fail(error);
  }
}

/** Hands over keys until the terminal is given back. */
async function readKeys(terminal: Terminal, press: (key: Key) => void): Promise<void> {
  const reader = new KeyReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const typed of terminal.typed()) {
    clearTimeout(timer);
    reader.read(typed).forEach(press);
    if (reader.isUndecided) timer = setTimeout(() => reader.decide().forEach(press), ESCAPE_DELAY);
  }
  clearTimeout(timer);
  press({ kind: "end of input" });
}

/** Listens for what ends swamp and for changes of the terminal's size, until it is disposed of. */
function onSignals(
  signal: AbortSignal,
  fail: (error: unknown) => void,
  resized: () => void,
): Disposable {
  const listeners = new DisposableStack();
  const abort = () => fail(signal.reason);
  signal.addEventListener("abort", abort);
  listeners.defer(() => signal.removeEventListener("abort", abort));
  if (Deno.build.os === "windows") return listeners;
  const listen = (name: Deno.Signal, act: () => void) => {
    Deno.addSignalListener(name, act);
    listeners.defer(() => Deno.removeSignalListener(name, act));
  };
  listen("SIGWINCH", resized);
  listen("SIGHUP", () => fail(interrupted(HANGUP_EXIT_CODE)));
  return listeners;
}

function interrupted(exitCode: number): UserError {
  return new UserError("interrupted", "Interrupted", { exitCode });
}
