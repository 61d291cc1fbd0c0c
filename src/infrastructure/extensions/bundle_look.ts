import { basename, dirname, join } from "@std/path";
import type { BatchHealth, Leftover } from "../../domain/extensions/extension_health.ts";
import { reasonToKeep, UNFINISHED_PREFIX } from "./bundle_housekeeping.ts";
import { CATALOG_FILE } from "./extension_index.ts";
import { batchDamage, batchFolders } from "./sidecar.ts";
import { type SourceKey, sourceKey, sourcePath } from "./source_key.ts";

/**
 * Every batch folder on disk, and those that the catalog refers to although they are gone.
 *
 * @param bundleFolders absolute paths
 * @param used what the catalog refers to, `undefined` if that is not known
 */
export function lookAtBatches(
  repositoryRoot: string,
  bundleFolders: readonly string[],
  used: readonly SourceKey[] | undefined,
): BatchHealth[] {
  const present = bundleFolders.flatMap(batchFolders)
    .map((folder) => sourceKey(repositoryRoot, folder));
  return [...new Set([...present, ...used ?? []])].sort().map((path) => {
    const folder = sourcePath(repositoryRoot, path);
    const isUsed = used?.includes(path);
    return {
      path,
      absolutePath: folder,
      bundleFolder: basename(dirname(folder)),
      ...contentSize(folder),
      ...(isUsed === undefined ? {} : { isUsed }),
      damage: isUsed === true ? batchDamage(folder) : [],
      keptBecause: isUsed === false ? reasonToKeep(folder) ?? "" : "",
    };
  });
}

/**
 * What processes left behind that were killed or found damage.
 *
 * @param internalFolder absolute path of the folder that holds catalog and bundle folders
 */
export function lookForLeftovers(
  repositoryRoot: string,
  internalFolder: string,
  bundleFolders: readonly string[],
): Leftover[] {
  const leftover = (what: Leftover["what"]) => (path: string): Leftover => ({
    path: sourceKey(repositoryRoot, path),
    what,
    bytes: contentSize(path).bytes,
  });
  const inBundleFolders = (wanted: (entry: Deno.DirEntry) => boolean) =>
    bundleFolders.flatMap((folder) => pathsIn(folder, wanted));
  const setAside = ({ name }: Deno.DirEntry) => name.startsWith(`${CATALOG_FILE}.bad-`);
  const unfinished = ({ name }: Deno.DirEntry) => name.startsWith(UNFINISHED_PREFIX);
  const stray = (entry: Deno.DirEntry) => !entry.isDirectory && !entry.name.startsWith(".");
  return [
    ...inBundleFolders(unfinished).map(leftover("unfinished build")),
    ...inBundleFolders(stray).map(leftover("stray file")),
    ...pathsIn(internalFolder, setAside).map(leftover("damaged catalog")),
  ];
}

/** Paths of the entries of a folder that are wanted, sorted; none if there is no such folder. */
function pathsIn(folder: string, wanted: (entry: Deno.DirEntry) => boolean): string[] {
  return entriesOf(folder).filter(wanted).map(({ name }) => join(folder, name)).sort();
}

/** How many files there are at a path, and their size in bytes. */
function contentSize(path: string): { files: number; bytes: number } {
  const info = infoOf(path);
  if (info?.isDirectory !== true) {
    return { files: info === undefined ? 0 : 1, bytes: info?.size ?? 0 };
  }
  const sizes = entriesOf(path).map(({ name }) => contentSize(join(path, name)));
  return {
    files: sizes.reduce((sum, { files }) => sum + files, 0),
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function infoOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch {
    return [];
  }
}
