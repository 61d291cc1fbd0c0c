import type { Command } from "./measure.ts";

/** GNU's time on Linux, BSD's on macOS. Deno itself does not tell what a child process used. */
const TIME = "/usr/bin/time";

const FORMATS = {
  linux: { flag: "-v", pattern: /Maximum resident set size \(kbytes\): (\d+)/, unit: 1024 },
  darwin: { flag: "-l", pattern: /(\d+)\s+maximum resident set size/, unit: 1 },
} as const;

/**
 * The most memory that a command, or any one process that it waited for, held at a time.
 *
 * @returns bytes, or `undefined` where there is no `/usr/bin/time` that tells.
 */
export async function peakMemory(command: Command): Promise<number | undefined> {
  const format = Deno.build.os === "linux" || Deno.build.os === "darwin"
    ? FORMATS[Deno.build.os]
    : undefined;
  if (format === undefined) return undefined;
  await command.prepare?.();
  try {
    const { stderr } = await new Deno.Command(TIME, {
      args: [format.flag, command.program, ...command.args],
      ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
      env: { ...command.env, LC_ALL: "C" },
      stdin: "null",
      stdout: "null",
    }).output();
    const found = new TextDecoder().decode(stderr).match(format.pattern);
    return found === null ? undefined : Number(found[1]) * format.unit;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
