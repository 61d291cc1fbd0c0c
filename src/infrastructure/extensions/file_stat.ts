/**
 * Stat data, and when it may be trusted in place of a file's content (the idea of git's index).
 *
 * @module
 */

/** What tells a changed file without reading it. */
export interface FileStat {
  /** Milliseconds since the epoch. */
  readonly mtime: number;
  /** Seconds' resolution in Deno, given in milliseconds; moves even when mtime is restored. */
  readonly ctime: number;
  /** Bytes. */
  readonly size: number;
  readonly inode: number;
}

/** The stat of a file that is not there. */
export const MISSING: FileStat = { mtime: 0, ctime: 0, size: -1, inode: 0 };

/** Stat of a file or folder, symlinks followed; {@linkcode MISSING} if it cannot be read. */
export function statOf(path: string): FileStat {
  try {
    return fromInfo(Deno.statSync(path));
  } catch {
    return MISSING;
  }
}

/** The stat data in a `Deno.FileInfo`. */
function fromInfo(info: Deno.FileInfo): FileStat {
  return {
    mtime: info.mtime?.getTime() ?? 0,
    ctime: info.ctime?.getTime() ?? 0,
    size: info.size,
    inode: info.ino ?? 0,
  };
}

/** Stands in place of stat data that does not tell every later change. */
export const UNSETTLED = "";

/**
 * Stat data as one word, or {@linkcode UNSETTLED} unless every later change must show in it: the last
 * change has to lie a full tick of the clock (a second, the resolution of ctime) before the moment at
 * which the content was read.
 *
 * @param observedAt milliseconds since the epoch, taken before the content was read
 */
export function settledStat(stat: FileStat, observedAt: number): string {
  const tick = 1000 + 50;
  const settled = Math.max(stat.mtime, stat.ctime) + tick <= observedAt;
  return settled ? statText(stat) : UNSETTLED;
}

/** Stat data as one word, equal as long as nothing that stat can see has changed. */
export function statText({ mtime, ctime, size, inode }: FileStat): string {
  return `${mtime}:${ctime}:${size}:${inode}`;
}
