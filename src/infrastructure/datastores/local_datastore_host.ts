import { dirname, join } from "@std/path";
import type { DatastoreHost } from "../../domain/datastores/datastore_provider.ts";
import { messageOf } from "../../domain/errors.ts";

/** This machine, as built-in datastore types use it. */
export const LOCAL_DATASTORE_HOST: DatastoreHost = { folderProblem };

/**
 * What keeps a folder from being used, as a sentence. One that is missing is made when something is
 * written, so it is what is above it that counts.
 */
async function folderProblem(path: string): Promise<string | undefined> {
  const problem = await folderObstacle(path);
  if (problem !== undefined) return problem;
  const place = await nearestFolder(path);
  const probe = join(place, `.${crypto.randomUUID()}.tmp`);
  try {
    await Deno.writeFile(probe, new Uint8Array(), { createNew: true });
    await Deno.remove(probe);
    return undefined;
  } catch (error) {
    // Less the name of the file, which says nothing to anybody.
    const reason = messageOf(error).replace(/: writefile .*$/s, "");
    return `Datastore at ${path} cannot be written to: ${reason}`;
  }
}

/** What keeps a folder from being read: it is none, or it cannot be reached. */
export async function folderObstacle(path: string): Promise<string | undefined> {
  try {
    const { isDirectory } = await Deno.stat(path);
    if (!isDirectory) return `Datastore path is not a directory: ${path}`;
    // Listing a folder and reaching what is in it are permissions of their own.
    for await (const _entry of Deno.readDir(path)) break;
    await Deno.stat(`${path}/.`);
    return undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof Deno.errors.NotADirectory) {
      return `Datastore path is not a directory: ${path}`;
    }
    return `Cannot access datastore at ${path}: ${messageOf(error)}`;
  }
}

/** A folder, or if it is missing the one above it that is not. */
async function nearestFolder(path: string): Promise<string> {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (await Deno.stat(folder).then((info) => info.isDirectory, () => false)) return folder;
  }
  return path;
}
