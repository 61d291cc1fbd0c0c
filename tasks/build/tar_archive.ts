/**
 * Writes tar archives that come out the same, byte for byte, whenever their files are the same.
 *
 * @module
 */

/** A file in an archive. */
export interface TarEntry {
  /** Path in the archive, with `/` between its parts; at most 100 bytes. */
  readonly name: string;
  readonly content: Uint8Array;
  readonly executable?: boolean;
}

const BLOCK = 512;
const NAME_LENGTH = 100;

/**
 * A tar archive in the POSIX.1-1988 `ustar` format, which every `tar` reads. Owners and times are
 * left at zero. Folders have no entries: `tar` makes them as it needs them.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (section "ustar Interchange Format")
 *
 * @throws {RangeError} when a name is longer than 100 bytes.
 *
 * @example
 * ```ts
 * const archive = new Blob(tarArchive([{ name: "main.js", content: new Uint8Array() }]));
 * ```
 */
export function tarArchive(entries: readonly TarEntry[]): Uint8Array<ArrayBuffer>[] {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  for (const entry of entries) {
    const padding = (BLOCK - entry.content.length % BLOCK) % BLOCK;
    blocks.push(header(entry), entry.content as Uint8Array<ArrayBuffer>, new Uint8Array(padding));
  }
  blocks.push(new Uint8Array(2 * BLOCK));
  return blocks;
}

function header(entry: TarEntry): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK);
  const write = (offset: number, text: string) => {
    block.set(new TextEncoder().encode(text), offset);
  };
  if (new TextEncoder().encode(entry.name).length > NAME_LENGTH) {
    throw new RangeError(`Name too long for a tar archive: ${entry.name}`);
  }
  write(0, entry.name);
  write(100, octal(entry.executable ? 0o755 : 0o644, 8)); // mode
  write(108, octal(0, 8)); // user id
  write(116, octal(0, 8)); // group id
  write(124, octal(entry.content.length, 12)); // size
  write(136, octal(0, 12)); // modification time
  write(148, " ".repeat(8)); // the checksum counts as blanks while it is computed
  write(156, "0"); // type: regular file
  write(257, "ustar\x0000"); // magic and version
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  write(148, `${checksum.toString(8).padStart(6, "0")}\0 `);
  return block;
}

/** A number as a tar header holds it: octal digits and a NUL, `width` bytes in all. */
function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, "0")}\0`;
}
