/** Files up to this size are hashed in one piece, which needs no module beyond the runtime's own. */
const ONE_PIECE_BYTES = 4 * 1024 * 1024;

/** Size and SHA-256 of a file's content. */
export interface ContentDigest {
  readonly size: number;
  /** Hexadecimal. */
  readonly checksum: string;
}

/**
 * Size and checksum of a file. Memory does not grow with the file.
 *
 * @throws {Deno.errors.NotFound} when there is no such file.
 */
export async function digestFile(path: string): Promise<ContentDigest> {
  const { size } = await Deno.stat(path);
  if (size > ONE_PIECE_BYTES) return await digestStream(path);
  const bytes = await Deno.readFile(path);
  return { size: bytes.length, checksum: await digestBytes(bytes) };
}

/** SHA-256 of `bytes`, hexadecimal. */
export async function digestBytes(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return new Uint8Array(hash).toHex();
}

async function digestStream(path: string): Promise<ContentDigest> {
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  let size = 0;
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1024 * 1024);
  for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
    hash.update(buffer.subarray(0, read));
    size += read;
  }
  return { size, checksum: hash.digest("hex") };
}
