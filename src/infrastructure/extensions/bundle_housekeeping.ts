import { join } from "@std/path";
import { batchFolders } from "./sidecar.ts";

/** Name of a batch folder that is not finished. */
export const UNFINISHED_PREFIX = ".new-";

/** A file in every batch folder; who runs code of the batch holds a shared lock on it. */
const LEASE_FILE = "_sources.json";

/**
 * Unused batches younger than this are kept, in milliseconds: a process may have read their place
 * from the catalog and not have taken its lease yet.
 */
const GRACE = 60_000;

/**
 * Keeps a batch folder from being removed while this process lives. Code may be imported from it at
 * any time, by a dynamic import deep in a dependency.
 */
export function leaseBatch(batchFolder: string): void {
  const file = Deno.openSync(join(batchFolder, LEASE_FILE), { read: true });
  file.lockSync(false);
  leases.push(file);
}

const leases: Deno.FsFile[] = [];

/** Removes batch folders that the catalog does not use and that no running process holds. */
export function removeUnusedBatches(
  bundleFolders: readonly string[],
  used: ReadonlySet<string>,
): void {
  for (const folder of bundleFolders.flatMap(batchFolders)) {
    if (used.has(folder) || reasonToKeep(folder) !== undefined) continue;
    removeQuietly(folder);
  }
}

/** Removes a folder unless a bundler that survived its swamp writes to it: the next refresh tries again. */
function removeQuietly(folder: string): void {
  try {
    Deno.removeSync(folder, { recursive: true });
  } catch {
    // See above.
  }
}

/** Why an unused batch folder must stay for now, `undefined` if it may go. */
export function reasonToKeep(folder: string): string | undefined {
  if (isYoung(folder)) return "may be in use: it is younger than a minute";
  return isLeased(folder) ? "in use by a running process" : undefined;
}

function isYoung(folder: string): boolean {
  const changed = Deno.statSync(folder).mtime?.getTime() ?? 0;
  return Math.abs(Date.now() - changed) < GRACE;
}

function isLeased(folder: string): boolean {
  try {
    using file = Deno.openSync(join(folder, LEASE_FILE), { read: true, write: true });
    return !file.tryLockSync(true);
  } catch (thrown) {
    return !(thrown instanceof Deno.errors.NotFound);
  }
}

/** Removes what builds that never finished left behind. The caller holds the build lock. */
export function removeUnfinished(bundleFolder: string): void {
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(bundleFolder)];
  } catch {
    return;
  }
  for (const { name } of entries) {
    if (name.startsWith(UNFINISHED_PREFIX)) removeQuietly(join(bundleFolder, name));
  }
}
