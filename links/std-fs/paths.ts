import { fromFileUrl, isAbsolute, relative, SEPARATOR } from "@std/path";

/** The path that a file URL or a path stands for. */
export function toPath(path: string | URL): string {
  return path instanceof URL ? fromFileUrl(path) : path;
}

/** Whether two paths lead to the same place, as far as their names tell. */
export function isSamePath(a: string, b: string): boolean {
  return relative(a, b) === "";
}

/** Whether a path lies below a folder, as far as their names tell. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  // On Windows there is no relative way to another drive.
  return way !== "" && way !== ".." && !way.startsWith(`..${SEPARATOR}`) &&
    !isAbsolute(way);
}
