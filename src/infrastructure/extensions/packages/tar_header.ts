/** The size of a header, and what contents are padded to a multiple of. */
export const BLOCK = 512;

/** What a header says of the entry that follows it. */
export interface TarHeader {
  readonly name: string;
  /** The byte that tells what the entry is, as a character: `0`, `5`, `x`, …. */
  readonly type: string;
  /** Bytes of content. */
  readonly size: number;
  readonly mode: number;
}

/** An archive is damaged, or of a form that cannot be read. The message is for people. */
export class TarError extends Error {
  override readonly name = "TarError";
}

/**
 * Reads a header block, in the form of POSIX (`ustar`), of GNU tar or of the version before both.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (section "ustar Interchange Format")
 *
 * @returns `undefined` for the empty block that ends an archive.
 * @throws {TarError}
 */
export function readTarHeader(block: Uint8Array): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  checkSum(block);
  const isPosix = textField(block, 257, 6) === "ustar";
  const prefix = isPosix && block[262] === 0 ? textField(block, 345, 155) : "";
  const name = textField(block, 0, 100);
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    type: block[156] === 0 ? "0" : String.fromCharCode(block[156]!),
    size: numberField(block, 124, 12),
    mode: numberField(block, 100, 8),
  };
}

/** Text in UTF-8 up to the first NUL. */
export function tarText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(end === -1 ? bytes : bytes.subarray(0, end));
  } catch {
    throw new TarError("a name is not in UTF-8");
  }
}

function textField(block: Uint8Array, offset: number, length: number): string {
  return tarText(block.subarray(offset, offset + length));
}

/** An octal number, or what GNU tar writes for large ones: the number itself, its first bit set. */
function numberField(block: Uint8Array, offset: number, length: number): number {
  const field = block.subarray(offset, offset + length);
  if (field[0]! >= 0x80) {
    const value = field.subarray(1).reduce((number, byte) => number * 256 + byte, field[0]! & 0x7f);
    return checkedNumber(value);
  }
  const digits = String.fromCharCode(...field).replace(/\0.*$/s, "").trim();
  if (!/^[0-7]*$/.test(digits)) throw new TarError("a header has a number that is none");
  return checkedNumber(digits === "" ? 0 : parseInt(digits, 8));
}

function checkedNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new TarError("a header has a number that is too large");
  return value;
}

/** The sum of all bytes of a header, those of the sum itself counted as blanks. */
function checkSum(block: Uint8Array): void {
  const sum = block.reduce(
    (total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte),
    0,
  );
  if (sum !== numberField(block, 148, 8)) throw new TarError("a header's checksum is wrong");
}
