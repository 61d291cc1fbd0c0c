import { isAbsolute, relative, SEPARATOR } from "@std/path";

/**
 * Names of files in the catalog: relative to the repository and with `/` where the file lies inside
 * it, so that a repository that is moved, copied or mounted elsewhere stays valid; absolute
 * otherwise.
 */
export type SourceKey = string;

/** The key of an absolute path. */
export function sourceKey(repositoryRoot: string, path: string): SourceKey {
  const inside = relative(repositoryRoot, path);
  const outside = inside === ".." || inside.startsWith(`..${SEPARATOR}`) || isAbsolute(inside);
  return outside ? path : inside.replaceAll(SEPARATOR, "/");
}

/** A path without symlinks; as it is if it leads nowhere. */
export function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    return path;
  }
}

/** The absolute path of a key. */
export function sourcePath(repositoryRoot: string, key: SourceKey): string {
  return isAbsolute(key) ? key : `${repositoryRoot}/${key}`;
}
