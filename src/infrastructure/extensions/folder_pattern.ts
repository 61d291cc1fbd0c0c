import { isAbsolute, join, resolve } from "@std/path";

/**
 * The folders that a pattern names: `*` and `?` stand for any characters of one segment, hidden
 * names excepted. A pattern without them names itself, whether that folder exists or not.
 *
 * @param base absolute path at which relative patterns start
 * @param pattern a path, relative or absolute; `~` is the home folder
 * @returns absolute paths, sorted
 */
export function foldersOf(base: string, pattern: string, home: string | undefined): string[] {
  const path = home !== undefined && /^~(?=\/|$)/.test(pattern) ? home + pattern.slice(1) : pattern;
  const absolute = isAbsolute(path) ? resolve(path) : resolve(base, path);
  const segments = absolute.split("/");
  const firstOpen = segments.findIndex(isOpen);
  if (firstOpen === -1) return [absolute];
  const start = segments.slice(0, firstOpen).join("/") || "/";
  return segments.slice(firstOpen)
    .reduce((folders, segment) => folders.flatMap((folder) => children(folder, segment)), [start])
    .sort();
}

function isOpen(segment: string): boolean {
  return segment.includes("*") || segment.includes("?");
}

function children(folder: string, segment: string): string[] {
  if (!isOpen(segment)) return [join(folder, segment)];
  const expression = new RegExp(
    `^${
      segment.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")
    }$`,
  );
  return entriesOf(folder)
    .filter(({ name, isFile }) => !isFile && !name.startsWith(".") && expression.test(name))
    .map(({ name }) => join(folder, name));
}

function entriesOf(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch {
    return [];
  }
}
