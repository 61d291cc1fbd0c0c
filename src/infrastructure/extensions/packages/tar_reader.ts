import type { PackedKind } from "../../../domain/extensions/package_safety.ts";
import { ByteReader } from "./byte_reader.ts";
import { BLOCK, readTarHeader, TarError, type TarHeader, tarText } from "./tar_header.ts";

/** Something in an archive. */
export interface TarEntry {
  /** As the archive has it. */
  readonly name: string;
  readonly kind: PackedKind;
  /** Bytes of content. */
  readonly size: number;
  readonly executable: boolean;
  /** The content, once; what of it is not read before the next entry is skipped. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Names and attributes that do not fit into a header come before it; they need not be long. */
const LONGEST_EXTENSION = 1024 * 1024;

const BLANK = 0x20;
const EQUALS_SIGN = 0x3d;

const KINDS: Readonly<Record<string, PackedKind>> = {
  "0": "file",
  "7": "file",
  "1": "hard link",
  "2": "symlink",
  "5": "folder",
};

/** What precedes an entry and changes it. */
interface Overrides {
  name?: string | undefined;
  size?: number | undefined;
}

/**
 * Reads a tar archive, entry by entry, holding no more of it than a piece: `ustar` with the extended
 * headers of pax, and the long names of GNU tar. Whatever follows the end of the archive is read and
 * thrown away.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (sections "pax Header Block"
 * and "ustar Interchange Format")
 *
 * @throws {TarError} for an archive that is damaged or cut off.
 *
 * @example
 * ```ts
 * const file = await Deno.open("package.tar");
 * for await (const entry of readTar(file.readable)) console.log(entry.name, entry.size);
 * ```
 */
export async function* readTar(stream: ReadableStream<Uint8Array>): AsyncGenerator<TarEntry> {
  const reader = new ByteReader(stream);
  try {
    let common: Overrides = {};
    let own: Overrides = {};
    for (let header = await nextHeader(reader); header; header = await nextHeader(reader)) {
      if (header.type === "g") common = { ...common, ...await readPax(reader, header) };
      else if (header.type === "x") own = { ...own, ...await readPax(reader, header) };
      else if (header.type === "L") own.name = tarText(await readExtension(reader, header));
      else if (header.type === "K") await readExtension(reader, header);
      else {
        yield* oneEntry(reader, header, { ...common, ...own });
        own = {};
      }
    }
    while (await reader.readSome(64 * 1024) !== undefined);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** The next header; `undefined` at the end of the archive. */
async function nextHeader(reader: ByteReader): Promise<TarHeader | undefined> {
  const block = await reader.readUpTo(BLOCK);
  // Some writers leave out the empty blocks that mark the end.
  if (block.length === 0) return undefined;
  if (block.length < BLOCK) throw cutOff();
  return readTarHeader(block);
}

async function* oneEntry(
  reader: ByteReader,
  header: TarHeader,
  overrides: Overrides,
): AsyncGenerator<TarEntry> {
  const name = overrides.name ?? header.name;
  // The oldest archives tell a folder by the end of its name.
  const isOldFolder = header.type === "0" && name.endsWith("/");
  const kind = isOldFolder ? "folder" : KINDS[header.type] ?? "special";
  const isLink = kind === "symlink" || kind === "hard link";
  const size = isLink ? 0 : overrides.size ?? header.size;
  const content = readContent(reader, size);
  yield { name, kind, size, executable: (header.mode & 0o111) !== 0, content };
  while (!(await content.next()).done);
}

/** The content of an entry, and the padding that follows it. */
async function* readContent(reader: ByteReader, size: number): AsyncGenerator<Uint8Array> {
  let left = size;
  try {
    while (left > 0) {
      const piece = await reader.readSome(left);
      if (piece === undefined) throw cutOff();
      left -= piece.length;
      yield piece;
    }
  } finally {
    // Also when the consumer has enough.
    await skip(reader, left + padding(size));
  }
}

async function skip(reader: ByteReader, length: number): Promise<void> {
  for (let left = length; left > 0;) {
    const piece = await reader.readSome(left);
    if (piece === undefined) throw cutOff();
    left -= piece.length;
  }
}

async function readExtension(reader: ByteReader, { size }: TarHeader): Promise<Uint8Array> {
  if (size > LONGEST_EXTENSION) throw new TarError("a header is too long");
  const content = await reader.readUpTo(size);
  if (content.length < size) throw cutOff();
  await skip(reader, padding(size));
  return content;
}

/** Records of the form `<length> <key>=<value>\n`, the length being that of the whole record in bytes. */
async function readPax(reader: ByteReader, header: TarHeader): Promise<Overrides> {
  const bytes = await readExtension(reader, header);
  const overrides: Overrides = {};
  for (let start = 0; start < bytes.length;) {
    const blank = bytes.indexOf(BLANK, start);
    const digits = blank === -1 ? "" : tarText(bytes.subarray(start, blank));
    const end = start + Number(digits);
    if (!/^[1-9]\d*$/.test(digits) || end > bytes.length || end <= blank) {
      throw new TarError("an extended header cannot be read");
    }
    // Other attributes may hold anything, and need not be text.
    const record = bytes.subarray(blank + 1, end - 1);
    const equals = record.indexOf(EQUALS_SIGN);
    const value = () => tarText(record.subarray(equals + 1));
    const key = String.fromCharCode(...record.subarray(0, Math.min(equals, "path".length + 1)));
    if (key === "path") overrides.name = value();
    if (key === "size") overrides.size = paxSize(value());
    start = end;
  }
  return overrides;
}

function paxSize(value: string): number {
  const size = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(size)) {
    throw new TarError("an extended header has a size that is none");
  }
  return size;
}

function padding(size: number): number {
  return (BLOCK - size % BLOCK) % BLOCK;
}

function cutOff(): TarError {
  return new TarError("the archive is cut off");
}
