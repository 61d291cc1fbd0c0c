/** The names that all paths start with, as a path; see `common` in `posix.ts`. */
export function sharedFolder(paths: readonly string[], separator: string): string {
  const all = paths.map((path) => path.split(separator));
  const [first = [], ...others] = all;
  let shared = first.length;
  for (const names of others) {
    let same = 0;
    while (same < shared && names[same] === first[same]) same++;
    shared = same;
  }
  if (shared === 0) return "";
  const isAmongThem = all.some((names) => names.length === shared);
  return first.slice(0, shared).join(separator) +
    (isAmongThem ? "" : separator);
}
