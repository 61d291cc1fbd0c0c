/**
 * Paths of Windows, by the rules of `node:path`.
 *
 * A module of its own, because loading `node:path` takes a good part of the
 * start-up of a process that does not need it.
 *
 * @module
 */

import { win32 } from "node:path";
import { sharedFolder } from "./shared_folder.ts";
import { fromFileUrl } from "./windows_file_url.ts";

export { fromFileUrl, toFileUrl } from "./windows_file_url.ts";

/** What separates the names of a path. */
export const SEPARATOR = "\\";

/** What separates the paths of a list such as `PATH`. */
export const DELIMITER = ";";

export const { format, isAbsolute, parse, relative, resolve } = win32;

/** See `normalize` in `posix.ts`. */
export function normalize(path: string | URL): string {
  return win32.normalize(asPath(path));
}

/** See `join` in `posix.ts`. */
export function join(path: string | URL = "", ...paths: string[]): string {
  return win32.join(asPath(path), ...paths);
}

/** See `dirname` in `posix.ts`. */
export function dirname(path: string | URL): string {
  return win32.dirname(asPath(path));
}

/** See `basename` in `posix.ts`. */
export function basename(path: string | URL, suffix = ""): string {
  return win32.basename(asPath(path), suffix);
}

/** See `extname` in `posix.ts`. */
export function extname(path: string | URL): string {
  return win32.extname(asPath(path));
}

/** See `common` in `posix.ts`. */
export function common(paths: string[]): string {
  return sharedFolder(paths, "\\");
}

function asPath(path: string | URL): string {
  return path instanceof URL ? fromFileUrl(path) : path;
}
