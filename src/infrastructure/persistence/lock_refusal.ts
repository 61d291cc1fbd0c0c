import { dirname } from "@std/path";
import { messageOf, UserError } from "../../domain/errors.ts";

/** The failure for a lock that the file system refuses to create. */
export function lockRefusal(path: string, error: unknown): UserError {
  const obstacle = fileAbove(path);
  if (obstacle !== undefined) {
    return new UserError("not_a_directory", `Datastore path is not a directory: ${obstacle}`, {
      cause: error,
      fields: { hint: "Move that file away and try again." },
    });
  }
  return new UserError("not_writable", `Cannot take the lock ${path}: ${messageOf(error)}`, {
    cause: error,
  });
}

/** A file where a folder on the way to `path` should be. */
function fileAbove(path: string): string | undefined {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      return Deno.statSync(folder).isDirectory ? undefined : folder;
    } catch {
      // Nothing there, or below a file: look further up.
    }
  }
  return undefined;
}
