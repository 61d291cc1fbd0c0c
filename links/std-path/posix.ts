/**
 * Paths whose names are separated by `/`.
 *
 * The rules are those of `node:path/posix`, except for `dirname`, `basename`
 * and `parse`, which follow GNU's commands of these names: they leave no
 * separators at the end of a folder, and the last name of `/` is `/`.
 *
 * @module
 */

import { sharedFolder } from "./shared_folder.ts";
import { fromFileUrl } from "./posix_file_url.ts";
import type { FormatInputPathObject, ParsedPath } from "./types.ts";

export { fromFileUrl, toFileUrl } from "./posix_file_url.ts";

/** What separates the names of a path. */
export const SEPARATOR = "/";

/** What separates the paths of a list such as `PATH`. */
export const DELIMITER = ":";

/** Whether a path starts at the root. */
export function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}

/**
 * Resolves `.` and `..` and runs of separators. A separator at the end stays.
 *
 * ```ts
 * normalize("a//b/../c/"); // "a/c/"
 * ```
 *
 * @throws {TypeError} if a URL is not a file URL
 */
export function normalize(path: string | URL): string {
  const text = asPath(path);
  const absolute = isAbsolute(text);
  const names = reduce(text.split("/"), absolute).join("/");
  if (names === "") return absolute ? "/" : text.endsWith("/") ? "./" : ".";
  return (absolute ? "/" : "") + names + (text.endsWith("/") ? "/" : "");
}

/**
 * Joins paths and normalizes the result; empty ones do not count.
 *
 * ```ts
 * join("/home", "user", "../guest"); // "/home/guest"
 * ```
 *
 * @throws {TypeError} if a URL is not a file URL
 */
export function join(path: string | URL = "", ...paths: string[]): string {
  return normalize([asPath(path), ...paths].filter((each) => each !== "").join("/"));
}

/**
 * Makes an absolute path: of the last absolute path given and those after it,
 * or of the working directory and all of them.
 *
 * ```ts
 * resolve("/home", "user", ".."); // "/home"
 * ```
 */
export function resolve(...paths: string[]): string {
  let resolved = "";
  for (let i = paths.length - 1; i >= 0 && !isAbsolute(resolved); i--) {
    if (paths[i] !== "") resolved = `${paths[i]}/${resolved}`;
  }
  if (!isAbsolute(resolved)) resolved = `${Deno.cwd()}/${resolved}`;
  return "/" + reduce(resolved.split("/"), true).join("/");
}

/**
 * The way from one path to another; empty if both are the same.
 *
 * ```ts
 * relative("/home/user", "/home/guest/x"); // "../guest/x"
 * ```
 */
export function relative(from: string, to: string): string {
  const source = namesOf(resolve(from));
  const target = namesOf(resolve(to));
  let shared = 0;
  while (shared < source.length && source[shared] === target[shared]) shared++;
  return [...source.slice(shared).fill(".."), ...target.slice(shared)].join("/");
}

/**
 * The folder of a path.
 *
 * ```ts
 * dirname("/home/user/"); // "/home"
 * dirname("name"); // "."
 * ```
 *
 * @throws {TypeError} if a URL is not a file URL
 */
export function dirname(path: string | URL): string {
  const text = withoutTrailingSeparators(asPath(path));
  const slash = text.lastIndexOf("/");
  if (slash === -1) return ".";
  return withoutTrailingSeparators(text.slice(0, slash + 1));
}

/**
 * The last name of a path, without the suffix if it has more than that.
 *
 * ```ts
 * basename("/home/user/index.html", ".html"); // "index"
 * ```
 *
 * @throws {TypeError} if a URL is not a file URL
 */
export function basename(path: string | URL, suffix = ""): string {
  const text = withoutTrailingSeparators(asPath(path));
  if (text === "/") return "/";
  const name = text.slice(text.lastIndexOf("/") + 1);
  if (suffix === "" || suffix === name || !name.endsWith(suffix)) return name;
  return name.slice(0, -suffix.length);
}

/**
 * The extension of a path with its dot; empty if there is none, or if the dot
 * starts the name.
 *
 * ```ts
 * extname("a/b.tar.gz"); // ".gz"
 * extname(".profile"); // ""
 * ```
 *
 * @throws {TypeError} if a URL is not a file URL
 */
export function extname(path: string | URL): string {
  const name = basename(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 || name === ".." ? "" : name.slice(dot);
}

/**
 * Takes a path apart.
 *
 * ```ts
 * parse("/home/index.html");
 * // { root: "/", dir: "/home", base: "index.html", ext: ".html", name: "index" }
 * ```
 */
export function parse(path: string): ParsedPath {
  const base = basename(path);
  const ext = extname(path);
  return {
    root: isAbsolute(path) ? "/" : "",
    dir: withoutTrailingSeparators(path).includes("/") ? dirname(path) : "",
    base,
    ext,
    name: base === "/" ? "" : base.slice(0, base.length - ext.length),
  };
}

/**
 * Puts a path together: `dir` goes before `root`, `base` before `name` and `ext`.
 *
 * ```ts
 * format({ dir: "/home", name: "index", ext: ".html" }); // "/home/index.html"
 * ```
 */
export function format(path: FormatInputPathObject): string {
  const base = path.base || (path.name ?? "") + (path.ext ?? "");
  const dir = path.dir || path.root;
  if (!dir) return base;
  if (base === "/") return dir;
  return dir === path.root ? dir + base : `${dir}/${base}`;
}

/**
 * The folder that paths have in common, with a separator at the end; without
 * one if it is itself among them. Empty if they have nothing in common.
 *
 * ```ts
 * common(["/home/a/x", "/home/b/y"]); // "/home/"
 * ```
 */
export function common(paths: string[]): string {
  return sharedFolder(paths, "/");
}

function asPath(path: string | URL): string {
  return path instanceof URL ? fromFileUrl(path) : path;
}

function namesOf(path: string): string[] {
  return path.split("/").filter((name) => name !== "");
}

/** A run of nothing but separators becomes one. */
function withoutTrailingSeparators(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

/** Takes out empty names and `.`, and `..` with the name before it. */
function reduce(names: readonly string[], absolute: boolean): string[] {
  const kept: string[] = [];
  for (const name of names) {
    if (name === "" || name === ".") continue;
    if (name !== "..") kept.push(name);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!absolute) kept.push(name);
  }
  return kept;
}
