import { surroundings } from "../surroundings.ts";
import { SWAMP_BIN } from "./swamp.ts";

/** What somebody at a terminal got to see. */
export interface Screen {
  readonly code: number;
  /** Both streams of the command, with escape sequences, line ends as `\n`. */
  readonly text: string;
}

/** Something that somebody at the terminal does. */
export interface Deed {
  /** What they wait for, in what appeared since their last deed; colours are not looked at. */
  readonly when: string | RegExp;
  /** What they type then, as a terminal sends it. */
  readonly type?: string;
  /** What they do then elsewhere. */
  readonly act?: () => Promise<void> | void;
}

/** Where and how a command runs. */
export interface TerminalOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Nothing is typed unless told. */
  readonly deeds?: readonly Deed[];
  /** Size of the terminal, unknown unless told. */
  readonly size?: { readonly rows: number; readonly columns: number };
}

/** Why there is no terminal to run swamp in, if there is none. */
const NO_TERMINAL = canRun("script", "-qec", "stty -a", "/dev/null") ||
    Deno.build.os === "darwin"
  ? undefined
  : "script(1) of util-linux and stty are needed";

/** Longer than any command takes to show what somebody waits for, in milliseconds. */
const PATIENCE = 60_000;

/** Escape sequences that leave the cursor where it is. */
const STYLES = new RegExp("\x1b\\[(?:\\d*m|\\?\\d+[hl])", "g");
/** Those that move it. */
const MOVES = new RegExp("(?:\x1b\\[[\\d;]*[A-Za-z])+", "g");

/** A test that needs a terminal; where there is none it is ignored, and its name says why. */
export function terminalTest(name: string, fn: () => Promise<void>): void {
  const ignore = NO_TERMINAL !== undefined;
  Deno.test({ name: ignore ? `${name} (${NO_TERMINAL})` : name, ignore, fn });
}

/**
 * Runs swamp with a terminal for stdin, stdout and stderr, by means of script(1).
 *
 * @param args command line as for a shell; more commands may follow it.
 */
export async function inTerminal(args: string, options: TerminalOptions): Promise<Screen> {
  const { cwd, env = {}, deeds = [], size } = options;
  const sizing = size === undefined ? "" : `stty rows ${size.rows} cols ${size.columns}; `;
  const line = `${sizing}'${SWAMP_BIN}' ${args}`;
  const script = Deno.build.os === "darwin"
    ? ["-q", "/dev/null", "sh", "-c", line]
    : ["-qec", line, "/dev/null"];
  await using child = new Deno.Command("script", {
    args: script,
    cwd,
    clearEnv: true,
    env: { ...surroundings(), TERM: "xterm", ...env },
    stdin: deeds.length === 0 ? "null" : "piped",
    stdout: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
  const text = await watched(child, deeds);
  clearTimeout(timer);
  const { code } = await child.status;
  return { code, text: text.replaceAll("\r\n", "\n") };
}

/** What can be read of a text with escape sequences: every move of the cursor begins a line. */
export function readable(text: string): string {
  return text.replaceAll(STYLES, "").replaceAll(MOVES, "\n");
}

/** Everything that appears while the deeds are done, one after the other. */
async function watched(child: Deno.ChildProcess, deeds: readonly Deed[]): Promise<string> {
  const left = [...deeds];
  const keyboard = deeds.length === 0 ? undefined : child.stdin.getWriter();
  let text = "";
  let seen = 0;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const next = left[0];
    if (next === undefined || !appears(next.when, readable(text.slice(seen)))) continue;
    seen = text.length;
    left.shift();
    await next.act?.();
    await keyboard?.write(new TextEncoder().encode(next.type ?? ""));
  }
  if (left.length > 0) throw new Error(`${left[0]!.when} was not seen in ${readable(text)}`);
  // Only now: script(1) takes the end of its input for somebody who types Ctrl-D.
  await keyboard?.close().catch(() => {});
  return text;
}

function appears(wanted: string | RegExp, text: string): boolean {
  return typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
}

function canRun(command: string, ...args: string[]): boolean {
  try {
    const options = { args, stdin: "null", stdout: "null", stderr: "null" } as const;
    return new Deno.Command(command, options).outputSync().success;
  } catch {
    return false;
  }
}
