import { UserError } from "../errors.ts";

/**
 * A path with `$VAR`, `${VAR}` and a leading `~` replaced (contract: cli-core 1.3).
 *
 * @param variable reads an environment variable.
 * @throws {UserError} `unset_variable` when a variable is missing or empty, or nobody knows where the
 * home folder is.
 *
 * @example
 * ```ts
 * expandedPath("~/swamp/$STAGE", (name) => ({ HOME: "/home/ada", STAGE: "test" })[name]);
 * // "/home/ada/swamp/test"
 * ```
 */
export function expandedPath(
  path: string,
  variable: (name: string) => string | undefined,
): string {
  const expanded = path.replaceAll(
    /\$\{([^}]*)\}|\$([A-Za-z_]\w*)/g,
    (_, braced?: string, bare?: string) => {
      const name = braced ?? bare ?? "";
      const value = variable(name);
      if (value) return value;
      throw new UserError(
        "unset_variable",
        `Environment variable "${name}" is not set or empty (referenced in path "${path}")`,
      );
    },
  );
  // What a variable holds may begin with "~" as well, as in a file that no shell reads.
  if (!/^~(?:$|[/\\])/.test(expanded)) return expanded;
  const home = variable("HOME") || variable("USERPROFILE");
  if (home) return home.replace(/[/\\]+$/, "") + expanded.slice(1);
  throw new UserError(
    "unset_variable",
    `Cannot expand "~" in path "${path}": neither HOME nor USERPROFILE is set`,
  );
}
