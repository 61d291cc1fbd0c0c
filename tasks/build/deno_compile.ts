/**
 * Makes one executable file with `deno compile`, for which deno needs a second binary: `denort`, a
 * runtime without deno's tools. It comes from `DENORT_BIN`, from deno's cache, or over the network.
 *
 * @module
 */
import { join } from "@std/path";
import { V8_FLAGS } from "./v8_flags.ts";
import type { Program } from "./program.ts";

/** How long `denort` may take to arrive, and the executable to be written. */
const TIME_LIMIT = 120_000;

/** What to make an executable of, and where to. */
export interface DenoCompileOptions {
  /** A deno binary for the target system; bundling needs one, and `denort` cannot bundle. */
  readonly deno: string;
  readonly program: Program;
  /** The file to write. */
  readonly output: string;
  /** Target triple of another system, such as `aarch64-apple-darwin`. */
  readonly target?: string;
  /** A `denort` binary; unless told, the one that `DENORT_BIN` names or deno finds. */
  readonly denort?: string;
}

/**
 * Compiles a program, with the deno binary embedded beside it.
 *
 * @returns why it did not work, or `undefined` if it did.
 *
 * @example
 * ```ts
 * const failure = await denoCompile({ deno, program, output: "dist/swamp" });
 * ```
 */
export async function denoCompile(options: DenoCompileOptions): Promise<string | undefined> {
  const stage = await Deno.makeTempDir({ prefix: "swamp-compile-" });
  try {
    await stageFiles(options, stage);
    return await runCompile(options, stage);
  } finally {
    await Deno.remove(stage, { recursive: true });
  }
}

/** `denoExecutable()` and `programFile()` look for their files where this puts them. */
async function stageFiles({ deno, program, target }: DenoCompileOptions, stage: string) {
  for (const file of program.files) {
    await Deno.mkdir(join(stage, file, ".."), { recursive: true });
    await Deno.copyFile(join(program.dir, file), join(stage, file));
  }
  const windows = (target ?? Deno.build.target).includes("windows");
  await Deno.copyFile(deno, join(stage, windows ? "deno.exe" : "deno"));
}

async function runCompile(
  { output, target, denort }: DenoCompileOptions,
  stage: string,
): Promise<string | undefined> {
  const compile = new Deno.Command(Deno.execPath(), {
    args: [
      ...["compile", "--allow-all", "--quiet", "--no-config", "--no-lock", "--no-check"],
      V8_FLAGS,
      ...["--include", stage, "--output", output],
      ...(target === undefined ? [] : ["--target", target]),
      join(stage, "main.js"),
    ],
    env: {
      ...{ NO_COLOR: "1", RUST_BACKTRACE: "0" },
      ...(denort === undefined ? {} : { DENORT_BIN: denort }),
    },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    signal: AbortSignal.timeout(TIME_LIMIT),
  });
  const { success, signal, stderr } = await compile.output();
  if (success) return undefined;
  if (signal !== null) return `it took longer than ${TIME_LIMIT / 1000} seconds`;
  return rootCause(new TextDecoder().decode(stderr));
}

/** The last of the numbered causes that deno prints below an error, or all that it printed. */
function rootCause(stderr: string): string {
  const causes = [...stderr.matchAll(/^\s+\d+: (.+)$/gm)];
  return causes.at(-1)?.[1] ?? stderr.trim();
}

/**
 * Whether an executable starts as swamp: `denort` could be any file that `DENORT_BIN` names.
 *
 * @param version what `swamp version` has to say.
 */
export async function startsAsSwamp(executable: string, version: string): Promise<boolean> {
  const { success, stdout } = await new Deno.Command(executable, {
    args: ["version"],
    stdin: "null",
    stderr: "null",
  }).output();
  return success && new TextDecoder().decode(stdout).includes(version);
}
