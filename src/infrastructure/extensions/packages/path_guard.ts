import { dirname, join, SEPARATOR } from "@std/path";
import { UserError } from "../../../domain/errors.ts";
import type { PackagePlaces } from "./package_places.ts";

/**
 * Makes sure that no link among the folders on the way leads out of the repository's own `.swamp`.
 *
 * @param paths below `.swamp`, relative to the repository
 * @throws {UserError} `unsafe_path`
 */
export function checkStaysInside({ repositoryRoot }: PackagePlaces, paths: Iterable<string>): void {
  const internal = join(repositoryRoot, ".swamp");
  const base = realPath(internal);
  const checked = new Set([internal]);
  for (const path of paths) {
    let folder = dirname(join(repositoryRoot, path));
    for (; !checked.has(folder); folder = dirname(folder)) {
      checked.add(folder);
      const real = realPath(folder);
      if (base === undefined || real === undefined || real.startsWith(base + SEPARATOR)) continue;
      throw new UserError(
        "unsafe_path",
        `${path} leads out of the repository: ${folder} is a link to ${real}. ` +
          "Nothing was changed. Remove the link.",
      );
    }
  }
}

/** Whether there is something that is no folder, links not followed. */
export function isFileOrLink(path: string): boolean {
  const info = lstatIfAny(path);
  return info !== undefined && !info.isDirectory;
}

/** What is at a path, links not followed; `undefined` for nothing. */
export function lstatIfAny(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch {
    return undefined;
  }
}

function realPath(path: string): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch {
    return undefined;
  }
}
