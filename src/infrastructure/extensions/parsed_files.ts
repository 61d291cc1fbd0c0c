import type { LibrarySettings } from "./libraries.ts";
import { MISSING, statOf } from "./file_stat.ts";
import { sourceKey } from "./source_key.ts";

/**
 * Notes files that were edited between the moment when their imports were read and now: what they
 * import is not known, so they are to be looked at again by the next command.
 *
 * @param sizes absolute path → length in bytes of the text that was parsed, as UTF-8
 * @param begin milliseconds since the epoch, before the first of them was read
 */
export function distrustEdited(
  { repositoryRoot, files }: LibrarySettings,
  sizes: ReadonlyMap<string, number>,
  begin: number,
): void {
  for (const [path, size] of sizes) {
    const { mtime, ...stat } = statOf(path);
    const changedSince = mtime >= begin && mtime <= Date.now();
    const isOther = stat.size !== size && textSize(path) !== size;
    if (changedSince || isOther) files.distrust(sourceKey(repositoryRoot, path));
  }
}

/** Length of a file's text as UTF-8 without a byte order mark, as Deno counts it. */
function textSize(path: string): number {
  try {
    const bytes = Deno.readFileSync(path);
    return new TextEncoder().encode(new TextDecoder(encodingOf(bytes)).decode(bytes)).length;
  } catch {
    return MISSING.size;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
