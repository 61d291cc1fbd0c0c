import { UserError } from "../errors.ts";

/**
 * Refuses a key under which no secret can be kept in a file (contract: authoring 6.2).
 *
 * @param maxBytes longest key in bytes of UTF-8.
 * @throws {UserError} `invalid_secret_key`
 *
 * @example
 * ```ts
 * requireFileKey("db-password", 251);
 * requireFileKey("a/b", 251); // throws: must not contain '..', '/', '\', or null bytes
 * ```
 */
export function requireFileKey(key: string, maxBytes: number): void {
  const refuse = (rule: string) => {
    const shown = key.length <= 60 ? key : `${key.slice(0, 60)}…`;
    return new UserError("invalid_secret_key", `Invalid secret key '${shown}': ${rule}`);
  };
  if (key === "") throw refuse("must not be empty");
  if (key.includes("..") || /[/\\\0]/.test(key)) {
    throw refuse("must not contain '..', '/', '\\', or null bytes");
  }
  if (!key.isWellFormed()) throw refuse("must be valid Unicode");
  if (new TextEncoder().encode(key).length > maxBytes) {
    throw refuse(`must not be longer than ${maxBytes} bytes`);
  }
}
