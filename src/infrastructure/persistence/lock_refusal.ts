import { dirname } from "@std/path";
import { messageOf, UserError } from "../../domain/errors.ts";

/**
 * The failure for a lock that the file system refuses to create.
 *
 * @param datastore the folder of the datastore that the lock is for; where even that cannot be made,
 * the lock is not worth mentioning.
 */
export function lockRefusal(path: string, error: unknown, datastore: string): UserError {
  const obstacle = fileAbove(path);
  if (obstacle !== undefined) {
    return new UserError("not_a_directory", `Datastore path is not a directory: ${obstacle}`, {
      cause: error,
      fields: { hint: "Move that file away and try again." },
    });
  }
  if (!isThere(datastore)) {
    const message = `Cannot access datastore at ${datastore}: ${messageOf(error)}`;
    return new UserError("datastore_unreachable", message, {
      cause: error,
      fields: { path: datastore },
    });
  }
  return new UserError("not_writable", `Cannot take the lock ${path}: ${messageOf(error)}`, {
    cause: error,
  });
}

function isThere(folder: string): boolean {
  try {
    Deno.statSync(folder);
    return true;
  } catch {
    return false;
  }
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
