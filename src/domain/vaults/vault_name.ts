import { UserError } from "../errors.ts";

/** Names become folders, which file systems limit to this many bytes. */
const MAX_NAME_LENGTH = 255;

/**
 * Refuses a name that no vault can be given (contract: cli-automation 6.1).
 *
 * @throws {UserError} `invalid_name`
 */
export function requireNewVaultName(name: string): void {
  if (/^[a-z][a-z0-9-]*$/.test(name) && name.length <= MAX_NAME_LENGTH) return;
  const rule = name.length > MAX_NAME_LENGTH
    ? `Vault names must not be longer than ${MAX_NAME_LENGTH} characters.`
    : "Vault names must start with a lowercase letter and contain only lowercase letters, " +
      "numbers, and hyphens.";
  throw new UserError("invalid_name", `Invalid vault name: ${name.slice(0, 60)}. ${rule}`);
}

/**
 * Why a vault file with this name cannot be used, as the end of a sentence that begins with the name;
 * `undefined` for a safe name. Files written by hand may carry names that no command would give.
 */
export function unsafeVaultNameReason(name: string): string | undefined {
  if (name === "") return "must not be empty";
  if (/[/\\\p{Cc}]/u.test(name) || name.startsWith(".") || !name.isWellFormed()) {
    return "must not contain '/', '\\' or control characters, nor start with '.'";
  }
  return undefined;
}
