/**
 * Paths inside packages, manifests and lock files. Whatever names a file there was written by somebody
 * else and is checked before it gets near the file system.
 *
 * @module
 */

/** NUL and everything else that a terminal or a file system may take for a command. */
// deno-lint-ignore no-control-regex -- control characters are what it looks for.
export const CONTROL_CHARACTER = /[\x00-\x1f\x7f]/;

/**
 * Why a path must not be used below a folder, or `undefined` if it may: it has to be relative, with `/`
 * between its parts, and must stay where it is. Whole components are compared: `a..b.ts` is a name.
 *
 * @example
 * ```ts
 * unsafePathReason("models/a..b.ts"); // undefined
 * unsafePathReason("models/../../evil.ts"); // "has a '..' component"
 * ```
 */
export function unsafePathReason(path: string): string | undefined {
  if (CONTROL_CHARACTER.test(path)) return "has a control character";
  if (path.startsWith("/")) return "is absolute";
  if (/^[A-Za-z]:/.test(path)) return "names a drive";
  if (path.includes("\\")) return "has a backslash";
  if (path.split("/").includes("..")) return "has a '..' component";
  return normalizedPath(path) === "" ? "is empty" : undefined;
}

/** A path without `.` components and repeated or trailing slashes. */
export function normalizedPath(path: string): string {
  return path.split("/").filter((part) => part !== "" && part !== ".").join("/");
}

/**
 * What two paths have in common when a file system that ignores case, or the form of accents, would
 * store them as one file.
 */
export function storedAs(path: string): string {
  return path.normalize("NFC").toLowerCase();
}
