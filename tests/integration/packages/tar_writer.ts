/** Something to put into an archive. */
export interface TarItem {
  readonly name: string;
  readonly content?: Uint8Array | string;
  /** The byte of the header that tells what it is; a regular file unless told. */
  readonly type?: string;
  readonly mode?: number;
  readonly linkName?: string;
}

/** How names are written that do not fit into a header. */
export type LongNames = "pax" | "gnu";

const BLOCK = 512;

/** A tar archive, damaged or harmful ones included: what is asked for is what comes out. */
export function tar(items: readonly TarItem[], longNames: LongNames = "pax"): Uint8Array {
  const blocks = items.flatMap((item) => itemBlocks(item, longNames));
  return concat([...blocks, new Uint8Array(2 * BLOCK)]);
}

/** A gzip'ed tar archive of files below `extension/`. */
export async function packageArchive(
  files: Readonly<Record<string, string>>,
  more: readonly TarItem[] = [],
): Promise<Uint8Array> {
  const items = Object.entries(files).map(([path, content]) => ({
    name: `extension/${path}`,
    content,
  }));
  return await gzip(tar([...items, ...more]));
}

/** Bytes as one gzip member. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function itemBlocks(item: TarItem, longNames: LongNames): Uint8Array[] {
  const { name, type = "0", mode = 0o644, linkName = "" } = item;
  const content = bytesOf(item.content ?? "");
  const isLong = bytesOf(name).length > 100;
  const before = !isLong
    ? []
    : longNames === "pax"
    ? entryBlocks("pax-header", "x", paxRecord("path", name))
    : entryBlocks("././@LongLink", "L", bytesOf(`${name}\0`));
  const shortName = isLong ? "name-in-the-header-before" : name;
  return [...before, ...entryBlocks(shortName, type, content, mode, linkName)];
}

function entryBlocks(
  name: string,
  type: string,
  content: Uint8Array,
  mode = 0o644,
  linkName = "",
): Uint8Array[] {
  const header = new Uint8Array(BLOCK);
  const write = (offset: number, text: string) => header.set(bytesOf(text), offset);
  write(0, name);
  write(100, `${mode.toString(8).padStart(7, "0")}\0`);
  write(124, `${content.length.toString(8).padStart(11, "0")}\0`);
  write(148, " ".repeat(8));
  write(156, type);
  write(157, linkName);
  write(257, "ustar\x0000");
  const sum = header.reduce((total, byte) => total + byte, 0);
  write(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return [header, content, new Uint8Array((BLOCK - content.length % BLOCK) % BLOCK)];
}

/** `<length> <key>=<value>\n`, the length counting itself. */
function paxRecord(key: string, value: string): Uint8Array {
  const rest = bytesOf(` ${key}=${value}\n`).length;
  let length = rest;
  while (String(length).length + rest !== length) length = String(length).length + rest;
  return bytesOf(`${length} ${key}=${value}\n`);
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}
