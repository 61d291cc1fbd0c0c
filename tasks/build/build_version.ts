/**
 * The version of a checkout: date and time of its commit, and its short hash.
 *
 * @module
 */

const FORMAT = "--format=%cd.0-sha.%h";
const DATE = "--date=format-local:%Y%m%d.%H%M%S";

/**
 * The version of the commit that is checked out, in the form `YYYYMMDD.HHMMSS.N-sha.<sha>`: the
 * commit's date and time in UTC, a counter that is always 0 here, and the abbreviated commit hash.
 *
 * @param checkout root folder of the checkout
 * @returns `undefined` when the folder is not the root of a git checkout with at least one commit,
 * or when there is no git.
 *
 * @example
 * ```ts
 * await buildVersion("."); // "20261120.233100.0-sha.1a2b3c4"
 * ```
 */
export async function buildVersion(checkout: string): Promise<string | undefined> {
  // A checkout without .git may lie inside somebody else's repository.
  if (await git(checkout, "rev-parse", "--show-prefix") !== "") return undefined;
  const version = await git(checkout, "log", "-1", FORMAT, DATE);
  return version === "" ? undefined : version;
}

/** The trimmed output of a git command, or `undefined` when git fails or is not there. */
async function git(folder: string, ...args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command("git", {
      args: ["-C", folder, ...args],
      env: { TZ: "UTC" },
      stdin: "null",
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
