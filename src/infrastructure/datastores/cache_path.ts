import { join, resolve } from "@std/path";
import { UserError } from "../../domain/errors.ts";
import type { Repository } from "../../domain/repository/repository.ts";
import { digestBytes } from "../persistence/data/content_digest.ts";

/**
 * The local folder for a datastore whose type names none: `repos/<repoId>` in `$SWAMP_HOME`, else in
 * `~/.swamp`. A repository without an id goes by its path, which is as good for a copy of what is kept
 * elsewhere.
 *
 * @param variable reads an environment variable.
 * @throws {UserError} `no_home` where nobody knows the home folder.
 */
export async function defaultCachePath(
  { root, settings: { repoId = "" } }: Repository,
  variable: (name: string) => string | undefined,
): Promise<string> {
  const home = variable("HOME") || variable("USERPROFILE");
  const base = variable("SWAMP_HOME") || (home && join(home, ".swamp"));
  if (!base) {
    throw new UserError(
      "no_home",
      "There is no place for the local copy of the datastore: neither SWAMP_HOME nor HOME is set",
    );
  }
  // The id becomes a folder's name.
  const isName = /^[\w-]{1,128}$/.test(repoId);
  const name = isName ? repoId : (await digestBytes(new TextEncoder().encode(root))).slice(0, 32);
  return join(resolve(base), "repos", name);
}
