import { basename, dirname, join } from "@std/path";
import { bundlerCacheVariables } from "../runtime/runtime_caches.ts";
import { MISSING, statOf } from "./file_stat.ts";

/** The Deno executable and the project that a group of sources is built with. */
export interface DenoProject {
  /** Absolute path of a deno executable that can bundle. */
  readonly deno: string;
  /** Absolute path of the `deno.json` or `package.json` that governs the sources, or empty. */
  readonly configuration: string;
  /** Absolute path of the repository, where sources without a configuration are built. */
  readonly repositoryRoot: string;
  /** Milliseconds that one command may take; {@linkcode BUILD_LIMIT} unless told. */
  readonly limit?: number;
}

/** What a command left. */
export interface CommandResult {
  readonly success: boolean;
  /** Whether it had to be ended because it took too long; stderr says so. */
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** No build may take longer than this, in milliseconds. */
export const BUILD_LIMIT = 120_000;

/**
 * Runs a sub-command of Deno on extension sources: without a lock file or `node_modules` folder of
 * its own, with the project's configuration instead of whichever lies in the current folder, and with
 * `./x` and `./x.js` for `./x.ts` (contract: extensions 2.3).
 */
export async function denoCommand(
  project: DenoProject,
  [subcommand, ...rest]: readonly [string, ...string[]],
): Promise<CommandResult> {
  const { limit = BUILD_LIMIT } = project;
  const signal = AbortSignal.timeout(limit);
  const output = await new Deno.Command(project.deno, {
    args: [
      subcommand,
      "--no-lock",
      "--unstable-sloppy-imports",
      ...configurationArguments(project),
      ...rest,
    ],
    cwd: project.configuration === "" ? project.repositoryRoot : dirname(project.configuration),
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", ...bundlerCacheVariables() },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal,
  }).output();
  const timedOut = signal.aborted && !output.success;
  const decoder = new TextDecoder();
  const tooLong = `deno ${subcommand} timed out: it did not finish within ${limit / 1000} s`;
  return {
    success: output.success,
    timedOut,
    stdout: decoder.decode(output.stdout),
    stderr: timedOut ? tooLong : decoder.decode(output.stderr),
  };
}

/** Deno finds the `package.json` of its working directory by itself, a `deno.json` is named. */
function configurationArguments({ configuration }: DenoProject): string[] {
  if (basename(configuration) !== "package.json") {
    const named = configuration === "" ? ["--no-config"] : ["--config", configuration];
    return ["--node-modules-dir=none", ...named];
  }
  const installed = statOf(join(dirname(configuration), "node_modules")) !== MISSING;
  return [`--node-modules-dir=${installed ? "manual" : "none"}`];
}
