/** Stands for the content of a file that cannot be read, so that hashing is total. */
export const UNREADABLE = "unreadable";

/** SHA-256 of bytes or of text in UTF-8, hexadecimal. */
export async function contentHash(content: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** Hash of a file's content, or {@linkcode UNREADABLE}. */
export async function fileHash(path: string): Promise<string> {
  try {
    return await contentHash(Deno.readFileSync(path));
  } catch {
    return UNREADABLE;
  }
}
