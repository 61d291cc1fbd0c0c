/** An SSH private key cannot be used; the message is one sentence without a full stop. */
export class SshKeyError extends Error {
  override readonly name = "SshKeyError";
}

/** What an OpenSSH private key begins with (openssh-portable, PROTOCOL.key). */
const OPENSSH_MAGIC = "openssh-key-v1\0";

/**
 * The bytes of a private key in PEM form, as key material.
 *
 * @param pem the text of the key's file; other blocks and texts in it are ignored.
 * @throws {SshKeyError} when there is no private key in it, or one that needs a passphrase.
 */
export function privateKeyBytes(pem: string): Uint8Array<ArrayBuffer> {
  const block = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([\s\S]*?)-----END \1-----/.exec(pem);
  if (block === null) throw new SshKeyError("the file holds no private key in PEM form");
  const [, label = "", body = ""] = block;
  if (label.includes("ENCRYPTED")) throw new SshKeyError("SSH key is encrypted (PKCS #8)");
  if (/^Proc-Type:.*ENCRYPTED/m.test(body)) {
    throw new SshKeyError("SSH key is encrypted (legacy PEM format)");
  }
  const bytes = decoded(body);
  const cipher = label.startsWith("OPENSSH") ? cipherOf(bytes) : "none";
  if (cipher !== "none") throw new SshKeyError(`SSH key is encrypted (cipher: ${cipher})`);
  return bytes;
}

function decoded(body: string): Uint8Array<ArrayBuffer> {
  try {
    const bytes = Uint8Array.fromBase64(body.replaceAll(/\s/g, ""));
    if (bytes.length > 0) return bytes;
  } catch {
    // Told below.
  }
  throw new SshKeyError("the private key is no base64 text");
}

/** The cipher that an OpenSSH key names: a length of four bytes, then that many of text. */
function cipherOf(bytes: Uint8Array<ArrayBuffer>): string {
  const text = (from: number, length: number) =>
    new TextDecoder().decode(bytes.subarray(from, from + length));
  const start = OPENSSH_MAGIC.length;
  if (text(0, start) !== OPENSSH_MAGIC || bytes.length < start + 4) {
    throw new SshKeyError("the private key is damaged");
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(start);
  return text(start + 4, length);
}
