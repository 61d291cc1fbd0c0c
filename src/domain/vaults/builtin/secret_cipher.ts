/**
 * The encrypted form of a secret (contract: authoring 6.2; described in design/vaults.md): JSON with
 * `iv`, `data` and `salt` in base64 and `version` 2. AES-256-GCM, its tag at the end of `data`; the key
 * is PBKDF2-SHA-256 of the vault's key material with 100 000 iterations and the secret's own salt.
 *
 * @module
 */
import { isMap } from "../../repository/settings_check.ts";

const FORMAT_VERSION = 2;
const ITERATIONS = 100_000;
const IV_BYTES = 12;
const SALT_BYTES = 16;
const TAG_BYTES = 16;

/** The text of an encrypted secret is damaged, or not in a format that is known here. */
export class SecretFormatError extends Error {
  override readonly name = "SecretFormatError";
}

/** The secret was encrypted with other key material, or changed since. The two cannot be told apart. */
export class WrongKeyError extends Error {
  override readonly name = "WrongKeyError";
}

/** Bytes that cryptography works on. */
type Bytes = Uint8Array<ArrayBuffer>;

interface Envelope {
  readonly iv: Bytes;
  readonly data: Bytes;
  readonly salt: Bytes;
}

/**
 * Encrypts a secret, differently every time.
 *
 * @param secret any well-formed text, the empty one included.
 * @param keyMaterial the bytes that the key is derived from, at least one.
 */
export async function encryptSecret(secret: string, keyMaterial: Bytes): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const key = await deriveKey(keyMaterial, salt, "encrypt");
  const plain = new TextEncoder().encode(secret);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  return JSON.stringify({
    iv: iv.toBase64(),
    data: new Uint8Array(data).toBase64(),
    salt: salt.toBase64(),
    version: FORMAT_VERSION,
  });
}

/**
 * The secret in a text that {@linkcode encryptSecret} made.
 *
 * @throws {SecretFormatError} when the text is no such text.
 * @throws {WrongKeyError} when the key material is another one, or the text was changed.
 */
export async function decryptSecret(text: string, keyMaterial: Bytes): Promise<string> {
  const { iv, data, salt } = readEnvelope(text);
  const key = await deriveKey(keyMaterial, salt, "decrypt");
  let plain: ArrayBuffer;
  try {
    plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);
  } catch {
    throw new WrongKeyError("it was encrypted with another key, or changed since");
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(plain);
}

async function deriveKey(
  material: Bytes,
  salt: Bytes,
  usage: "encrypt" | "decrypt",
): Promise<CryptoKey> {
  const source = await crypto.subtle.importKey("raw", material, "PBKDF2", false, ["deriveKey"]);
  return await crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS },
    source,
    { name: "AES-GCM", length: 256 },
    false,
    [usage],
  );
}

function readEnvelope(text: string): Envelope {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SecretFormatError("it is no JSON");
  }
  if (!isMap(value)) throw new SecretFormatError("it is no map of iv, data, salt and version");
  if (value.version !== FORMAT_VERSION) {
    const found = value.version === undefined ? "none" : JSON.stringify(value.version);
    throw new SecretFormatError(`its format version is ${found}; only ${FORMAT_VERSION} is known`);
  }
  const iv = bytesOf(value.iv, "iv");
  const data = bytesOf(value.data, "data");
  const salt = bytesOf(value.salt, "salt");
  if (iv.length !== IV_BYTES) throw new SecretFormatError(`its iv has not ${IV_BYTES} bytes`);
  if (data.length < TAG_BYTES) throw new SecretFormatError("its data is cut off");
  return { iv, data, salt };
}

function bytesOf(value: unknown, field: string): Bytes {
  try {
    if (typeof value === "string") return Uint8Array.fromBase64(value);
  } catch {
    // Told below.
  }
  throw new SecretFormatError(`its ${field} is no base64 text`);
}
