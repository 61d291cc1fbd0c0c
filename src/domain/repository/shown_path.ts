/**
 * A path as documents show it: relative to the repository and with `/` for what lies inside it, so that
 * the repository can be moved; absolute for what lies elsewhere, such as in a datastore.
 *
 * @param root absolute path of the repository.
 * @param path absolute, normalised.
 *
 * @example
 * ```ts
 * shownPath("/repo", "/repo/.swamp/data"); // ".swamp/data"
 * shownPath("/repo", "/mnt/data"); // "/mnt/data"
 * ```
 */
export function shownPath(root: string, path: string): string {
  const isInside = path.startsWith(root) && /^[/\\]/.test(path.slice(root.length));
  return isInside ? path.slice(root.length + 1).replaceAll("\\", "/") : path;
}
