/**
 * What processes leave that are killed while they write or remove data. None of it is visible, and
 * writers of the same name use or pass it; garbage collection clears it up.
 *
 * @module
 */
import { join } from "@std/path";
import {
  contentsOf,
  isOnItsWayOut,
  namesIn,
  removeTree,
  vanish,
  versionsIn,
} from "./data_folders.ts";
import { resumePublication } from "./publication.ts";
import { takeAbandoned } from "./version_claim.ts";

/** A file that was to be renamed into place at once. */
const TEMPORARY = /^\.[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\.tmp$/;

/** Folders that cannot be read are told of by who looks for data in them. */
const LEFT_ALONE = () => {};

/** A temporary file this old has no writer any more. */
const STALE_MILLISECONDS = 60 * 60 * 1000;

/**
 * Clears up a model's folder: publishes what was to be published together, removes what was on its way
 * out, and versions that their writers left unfinished. What cannot be removed stays, and harms nobody.
 *
 * @param folder absolute path.
 * @returns the number of versions, names and files that were removed.
 */
export async function sweepModel(folder: string): Promise<number> {
  await succeeds(resumePublication(folder));
  let removed = await sweepFolder(folder);
  for (const name of await namesIn(folder, LEFT_ALONE)) {
    const path = join(folder, name);
    removed += await sweepFolder(path);
    for (const version of await versionsIn(path, LEFT_ALONE)) {
      if (await succeeds(removeAbandoned(path, version))) removed++;
    }
    // Works on an empty folder only.
    await succeeds(Deno.remove(path));
  }
  return removed;
}

/** Removes from a folder what was on its way out, and old temporary files. */
async function sweepFolder(folder: string): Promise<number> {
  let removed = 0;
  for (const { name } of await contentsOf(folder, LEFT_ALONE)) {
    const path = join(folder, name);
    if (!isOnItsWayOut(name) && !(TEMPORARY.test(name) && await isStale(path))) continue;
    if (await succeeds(removeTree(path))) removed++;
  }
  return removed;
}

/** Whether the version was one that its writer left unfinished. */
async function removeAbandoned(folder: string, version: number): Promise<boolean> {
  if (!await takeAbandoned(join(folder, String(version)))) return false;
  await vanish(folder, String(version));
  return true;
}

async function succeeds(change: Promise<unknown>): Promise<boolean> {
  try {
    return await change !== false;
  } catch {
    return false;
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const { mtime } = await Deno.stat(path);
    return Date.now() - (mtime?.getTime() ?? Date.now()) > STALE_MILLISECONDS;
  } catch {
    return false;
  }
}
