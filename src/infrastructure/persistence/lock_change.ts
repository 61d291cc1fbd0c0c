/**
 * Changing a lock that somebody else holds: to take it over, or to take it away.
 *
 * @module
 */
import { dirname } from "@std/path";
import { createFileExclusively } from "./atomic_file.ts";
import { removeFoldersWhileEmpty } from "./empty_folders.ts";
import { type FoundLock, isStale, lockText, newLockInfo, readLock } from "./lock_file.ts";

/**
 * Changes a lock file. Of several processes that try at once, the one that creates the mark beside the
 * lock does it, and only if the lock is still the one that was found.
 *
 * @param change gives whether it was done.
 * @returns whether it was done.
 */
export async function changeLock(
  path: string,
  before: FoundLock,
  change: () => Promise<boolean>,
): Promise<boolean> {
  const mark = `${path}.takeover`;
  if (!await createFileExclusively(mark, lockText(newLockInfo()))) {
    const other = readLock(mark);
    // Its maker died between two system calls.
    if (other !== undefined && isStale(other, Date.now())) await Deno.remove(mark).catch(() => {});
    return false;
  }
  try {
    const found = readLock(path);
    const isSame = found?.info?.nonce === before.info?.nonce &&
      found?.changedAt === before.changedAt;
    return isSame && await change();
  } finally {
    await Deno.remove(mark).catch(() => {});
  }
}

/**
 * Removes a lock file, whoever holds it.
 *
 * @param keep folder around it that stays, even when removing the lock leaves it empty.
 * @returns the lock that was removed, `undefined` when there was none.
 */
export async function breakLock(path: string, keep: string): Promise<FoundLock | undefined> {
  for (;;) {
    const found = readLock(path);
    if (found === undefined) return undefined;
    const isGone = await changeLock(path, found, async () => {
      await Deno.remove(path);
      return true;
    });
    if (!isGone) continue;
    await removeFoldersWhileEmpty(dirname(path), keep);
    return found;
  }
}
