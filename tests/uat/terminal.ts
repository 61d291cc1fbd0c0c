import { surroundings, SWAMP_BIN } from "./swamp.ts";

/** What somebody at a terminal got to see. */
export interface Screen {
  readonly code: number;
  /** Both streams of the command, with escape sequences, line ends as `\n`. */
  readonly text: string;
}

/**
 * Runs swamp with a terminal for stdin, stdout and stderr, by means of script(1). Nothing is typed
 * there.
 *
 * @param args command line as for a shell.
 */
export async function inTerminal(
  args: string,
  { cwd, env = {} }: { cwd: string; env?: Readonly<Record<string, string>> },
): Promise<Screen> {
  const line = `'${SWAMP_BIN}' ${args}`;
  const script = Deno.build.os === "darwin"
    ? ["-q", "/dev/null", "sh", "-c", line]
    : ["-qec", line, "/dev/null"];
  const { code, stdout } = await new Deno.Command("script", {
    args: script,
    cwd,
    clearEnv: true,
    env: { ...surroundings(), TERM: "xterm", ...env },
    stdin: "null",
  }).output();
  return { code, text: new TextDecoder().decode(stdout).replaceAll("\r\n", "\n") };
}
