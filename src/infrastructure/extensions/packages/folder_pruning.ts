import { dirname, SEPARATOR } from "@std/path";

/**
 * Removes the folders of files that are gone, and those around them, as far as they are empty.
 *
 * @param files absolute paths
 * @param keep absolute path of the folder around all of them, which stays in any case
 * @returns number of folders that were removed.
 */
export function pruneFolders(files: readonly string[], keep: string): number {
  let removed = 0;
  // The deepest first: only then can those around them be empty.
  const folders = [...new Set(files.map((file) => dirname(file)))].sort().reverse();
  for (const folder of folders) {
    for (let place = folder; place.startsWith(keep + SEPARATOR); place = dirname(place)) {
      const outcome = removeFolder(place);
      if (outcome === "kept") break;
      if (outcome === "removed") removed += 1;
    }
  }
  return removed;
}

/** Removes every folder below `folder` that holds nothing but such folders. */
export function pruneEmptyTree(folder: string): void {
  for (const entry of Deno.readDirSync(folder)) {
    if (!entry.isDirectory) continue;
    pruneEmptyTree(`${folder}/${entry.name}`);
    removeFolder(`${folder}/${entry.name}`);
  }
}

function removeFolder(folder: string): "removed" | "gone" | "kept" {
  try {
    Deno.removeSync(folder);
    return "removed";
  } catch (thrown) {
    return thrown instanceof Deno.errors.NotFound ? "gone" : "kept";
  }
}
