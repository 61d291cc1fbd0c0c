import { dirname, join } from "@std/path";
import type { DatastoreHost, DatastoreLock } from "../../domain/datastores/datastore_provider.ts";
import { messageOf } from "../../domain/errors.ts";
import type { HeldLock } from "../../domain/repository/locks.ts";
import { takeFileLock } from "../persistence/file_locks.ts";
import { breakLock } from "../persistence/lock_change.ts";
import { readLock } from "../persistence/lock_file.ts";

/** This machine, as built-in datastore types use it. */
export const LOCAL_DATASTORE_HOST: DatastoreHost = {
  fileLock: (path, { maxWaitMs }): DatastoreLock => {
    let held: HeldLock | undefined;
    const options = { notice: () => {}, ...(maxWaitMs === undefined ? {} : { waitMs: maxWaitMs }) };
    const lock: DatastoreLock = {
      acquire: async () => {
        held ??= await takeFileLock(path, options);
      },
      release: async () => {
        await held?.[Symbol.asyncDispose]();
        held = undefined;
      },
      withLock: async (work) => {
        await lock.acquire();
        try {
          return await work();
        } finally {
          await lock.release();
        }
      },
      inspect: () => Promise.resolve(readLock(path)?.info ?? null),
      forceRelease: async (nonce) => {
        if (readLock(path)?.info?.nonce !== nonce) return false;
        return await breakLock(path, dirname(path)) !== undefined;
      },
    };
    return lock;
  },
  folderProblem,
};

/**
 * What keeps a folder from being used, as a sentence. One that is missing is made when something is
 * written, so it is what is above it that counts.
 */
export async function folderProblem(path: string): Promise<string | undefined> {
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
    return isDirectory ? undefined : `Datastore path is not a directory: ${path}`;
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
