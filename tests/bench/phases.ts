import type { Command } from "./measure.ts";
import { median } from "./measure.ts";

/**
 * Measures a part of a command by what swamp traces of itself.
 *
 * @param command a swamp command
 * @param phase as `--log-level trace` calls it, e.g. `freshness`
 * @returns the median of its time in milliseconds.
 * @throws {Error} when the command has no such phase.
 */
export async function phaseTime(command: Command, phase: string, runs: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const { stderr } = await new Deno.Command(command.program, {
      args: [...command.args, "--log-level", "trace"],
      ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
      ...(command.env === undefined ? {} : { env: command.env }),
      stdin: "null",
      stdout: "null",
    }).output();
    const time = timeIn(new TextDecoder().decode(stderr), phase);
    // The first one warms up.
    if (run > 0) times.push(time);
  }
  return median(times);
}

function timeIn(trace: string, phase: string): number {
  for (const line of trace.split("\n")) {
    const [, time, rest] = /^trace +([\d.]+) ms {2}(.*)$/.exec(line) ?? [];
    if (rest === phase || rest?.startsWith(`${phase} `) === true) return Number(time);
  }
  throw new Error(`There is no phase "${phase}" in:\n${trace}`);
}
