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
export function fromInfo(info: Deno.FileInfo): FileStat {
  return {
    mtime: info.mtime?.getTime() ?? 0,
    ctime: info.ctime?.getTime() ?? 0,
    size: info.size,
    inode: info.ino ?? 0,
  };
}

/** Whether nothing that stat can see has changed. */
export function sameStat(a: FileStat, b: FileStat): boolean {
  return a.mtime === b.mtime && a.ctime === b.ctime && a.size === b.size && a.inode === b.inode;
}

/**
 * Whether every later change must show in the stat data: the last change lies a full tick of the
 * clock (a second, the resolution of ctime) before the moment at which the content was read.
 *
 * @param observedAt milliseconds since the epoch, taken before the content was read
 */
export function isSettled(stat: FileStat, observedAt: number): boolean {
  const tick = 1000 + 50;
  return Math.max(stat.mtime, stat.ctime) + tick <= observedAt;
}

/** Stat data as one word; numbers of this size do not fit SQLite's integers as `@db/sqlite` reads them. */
export function statText({ mtime, ctime, size, inode }: FileStat): string {
  return `${mtime}:${ctime}:${size}:${inode}`;
}

/** The inverse of {@linkcode statText}. */
export function statFromText(text: string): FileStat {
  const [mtime, ctime, size, inode] = text.split(":").map(Number);
  return { mtime: mtime!, ctime: ctime!, size: size!, inode: inode! };
}
