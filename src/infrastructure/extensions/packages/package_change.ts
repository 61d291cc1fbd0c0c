import { dirname, join } from "@std/path";
import { writeFileAtomically } from "../../persistence/atomic_file.ts";
import {
  type ChangeJournal,
  readJournal,
  removeJournal,
  stagingFolders,
} from "./change_journal.ts";
import { pruneEmptyTree, pruneFolders } from "./folder_pruning.ts";
import { journalPath, lockFilePath, type PackagePlaces, packagesPath } from "./package_places.ts";
import { lstatIfAny } from "./path_guard.ts";

/** Folder in the staging folder for files that go. */
const TAKEN = "taken";

/** Sets the files aside that go, then moves those in place that come. */
export function moveFiles(places: PackagePlaces, journal: ChangeJournal): void {
  const { staged, taken, target } = pathsOf(places, journal);
  for (const path of journal.take) move(target(path), taken(path));
  for (const { from, to } of journal.put) move(staged(from), target(to));
}

/** Writes the lock file as it is to be. */
export async function writeLock(places: PackagePlaces, journal: ChangeJournal): Promise<void> {
  const { before, after } = journal.lock;
  if (before !== after) await replaceLock(places, journal, after);
}

/**
 * Makes a change final and removes what was set aside.
 *
 * @returns number of folders that are gone because nothing was left in them.
 */
export function settleChange(places: PackagePlaces, journal: ChangeJournal): number {
  const { staging, target } = pathsOf(places, journal);
  removeJournal(places);
  const folders = pruneFolders(journal.take.map(target), join(places.repositoryRoot, ".swamp"));
  // Last: as long as it is there, whoever comes next knows that there is something to clear up.
  removeFolder(staging);
  return folders;
}

/** Puts everything back as it was before a change, however much of it has been done. */
export async function undoChange(places: PackagePlaces, journal: ChangeJournal): Promise<void> {
  const { staging, staged, taken, target } = pathsOf(places, journal);
  const replaced = new Set(journal.take);
  for (const { from, to } of journal.put) {
    // A staged file that is gone has been moved; one that replaces another is overwritten below.
    if (!replaced.has(to) && !exists(staged(from))) removeIfAny(target(to));
  }
  for (const path of journal.take) {
    if (exists(taken(path))) move(taken(path), target(path));
  }
  await restoreLock(places, journal);
  removeJournal(places);
  pruneFolders(journal.put.map(({ to }) => target(to)), join(places.repositoryRoot, ".swamp"));
  removeFolder(staging);
}

/**
 * Undoes what a process that was killed has begun, and removes what it left. Who calls this holds the
 * lock, so that no change can be under way. Costs three looks at the disk when there is nothing to do.
 *
 * @returns whether there was something.
 */
export async function recoverPackages(places: PackagePlaces): Promise<boolean> {
  const leftovers = stagingFolders(places);
  const begun = exists(journalPath(places));
  const journal = begun ? readJournal(places) : undefined;
  if (journal !== undefined) await undoChange(places, journal);
  else if (begun) removeJournal(places);
  if (leftovers.length > 0) pruneEmptyTree(packagesPath(places));
  leftovers.forEach(removeFolder);
  pruneFolders([journalPath(places)], join(places.repositoryRoot, ".swamp"));
  return begun || leftovers.length > 0;
}

async function restoreLock(places: PackagePlaces, journal: ChangeJournal): Promise<void> {
  const path = lockFilePath(places);
  const { before, after } = journal.lock;
  // Whoever has changed the file since has done so on purpose.
  if (before === after || readTextIfAny(path) !== after) return;
  if (before === null) removeIfAny(path);
  else await replaceLock(places, journal, before);
}

/** Replaces the lock file in one step, so that a process that is killed leaves nothing beside it. */
async function replaceLock(
  places: PackagePlaces,
  journal: ChangeJournal,
  text: string,
): Promise<void> {
  const path = lockFilePath(places);
  const draft = join(pathsOf(places, journal).staging, "lock.json");
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.mkdirSync(dirname(draft), { recursive: true });
  await writeFileAtomically(draft, text);
  try {
    await Deno.rename(draft, path);
  } catch (thrown) {
    if ((thrown as { readonly code?: string }).code !== "EXDEV") throw thrown;
    // The folder of model sources may be on another file system.
    await writeFileAtomically(path, text);
  }
}

function readTextIfAny(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}

function pathsOf(places: PackagePlaces, journal: ChangeJournal) {
  const staging = join(packagesPath(places), journal.staging);
  return {
    staging,
    staged: (from: string) => join(staging, from),
    taken: (path: string) => join(staging, TAKEN, path),
    target: (path: string) => join(places.repositoryRoot, path),
  };
}

function move(from: string, to: string): void {
  Deno.mkdirSync(dirname(to), { recursive: true });
  Deno.renameSync(from, to);
}

function exists(path: string): boolean {
  return lstatIfAny(path) !== undefined;
}

function removeIfAny(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
  }
}

/** Removes a staging folder; one that cannot be removed is tried again by the next change. */
export function removeFolder(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch {
    // Nothing in it counts any more.
  }
}
