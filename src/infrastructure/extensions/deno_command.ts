/** The Deno executable and the project configuration that a group of sources is built with. */
export interface DenoProject {
  /** Absolute path of a deno executable that can bundle. */
  readonly deno: string;
  /** Absolute path of the `deno.json` that governs the sources, if one does. */
  readonly config?: string;
  /** Absolute path; relative specifiers of a configuration start here. */
  readonly directory: string;
}

/** What a finished command left. */
export interface CommandResult {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** No build may take longer than this, in milliseconds. */
export const BUILD_LIMIT = 120_000;

/**
 * Runs a sub-command of Deno on extension sources: without a lock file or `node_modules` folder of
 * its own, and with the project's configuration instead of whichever lies in the current folder.
 *
 * @throws {DOMException} `TimeoutError` after {@linkcode BUILD_LIMIT}.
 */
export async function denoCommand(
  project: DenoProject,
  [subcommand, ...rest]: readonly [string, ...string[]],
): Promise<CommandResult> {
  const limit = AbortSignal.timeout(BUILD_LIMIT);
  const configuration = project.config === undefined
    ? ["--no-config"]
    : ["--config", project.config];
  const output = await new Deno.Command(project.deno, {
    args: [subcommand, "--no-lock", "--node-modules-dir=none", ...configuration, ...rest],
    cwd: project.directory,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: limit,
  }).output();
  limit.throwIfAborted();
  const decoder = new TextDecoder();
  return {
    success: output.success,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}
