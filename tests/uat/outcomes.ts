/**
 * How a command ends with `--json` (contract: cli-core 2.1 and 2.3).
 *
 * @module
 */
import { equal, ok } from "node:assert/strict";
import { type Run, type RunOptions, swamp } from "./swamp.ts";

/** Where commands run, such as a `Repository`. */
export interface Place {
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
}

/** A folder that is no repository and is in none. */
export const NOWHERE: Place = {
  run: (args, options) => swamp(args, { cwd: "/", ...options }),
};

/** The document of a command that must succeed and must print nothing on stderr. */
export async function succeeds(
  place: Place,
  args: readonly string[],
  options?: RunOptions,
): Promise<Run["json"]> {
  const run = await place.run(["--json", ...args], options);
  equal(run.code, 0, `${args.join(" ")}: ${run.stderr}`);
  equal(run.stderr, "", args.join(" "));
  return run.json;
}

/** The document of a command that must fail with exit code 1: the same on both streams, no stack. */
export async function fails(
  place: Place,
  args: readonly string[],
  options?: RunOptions,
): Promise<Run["json"]> {
  const run = await place.run(["--json", ...args], options);
  equal(run.code, 1, `${args.join(" ")}: ${run.stdout}`);
  equal(run.stderr, run.stdout, args.join(" "));
  equal(typeof run.json.error, "string");
  ok(!("stack" in run.json), run.stdout);
  return run.json;
}

/** What people read when a command must fail with exit code 1: all of stderr; stdout stays empty. */
export async function complains(
  place: Place,
  args: readonly string[],
  options?: RunOptions,
): Promise<string> {
  const { code, stdout, stderr } = await place.run(args, options);
  equal(code, 1, `${args.join(" ")}: ${stdout}`);
  equal(stdout, "", args.join(" "));
  return stderr;
}
