/**
 * What keeps the extension catalog from being used although nothing is wrong with it.
 *
 * @module
 */
import { EXIT_CODES, messageOf, UserError } from "../../domain/errors.ts";

/** Whether somebody else, who takes no build lock, locks the catalog for longer than we wait. */
export function isLocked(thrown: unknown): boolean {
  return thrown instanceof Error && /database (table )?is locked/i.test(thrown.message);
}

/** The failure for a catalog that stays locked (contract: extensions 5.3, B42). */
export function lockTimeout(internalFolder: string): UserError {
  return new UserError(
    "lock_timeout",
    `Another program keeps the extension catalog in ${internalFolder} locked. ` +
      "End that program and try again.",
    { exitCode: EXIT_CODES.lockTimeout },
  );
}

/** Whether a failure says that nothing can be kept in a folder: read-only, full, not a folder. */
export function isUnusable(thrown: unknown): boolean {
  const { PermissionDenied, NotCapable, NotADirectory, IsADirectory, AlreadyExists } = Deno.errors;
  return [PermissionDenied, NotCapable, NotADirectory, IsADirectory, AlreadyExists]
    .some((kind) => thrown instanceof kind) ||
    thrown instanceof Error && UNUSABLE.test(thrown.message);
}

const UNUSABLE =
  /read-?only file system|readonly database|disk is full|no space left|quota exceeded|os error (28|30|122)/i;

/** The failure for a catalog that can be kept in none of the folders for it. */
export function notWritable(folders: readonly string[], thrown: unknown): UserError {
  return new UserError(
    "not_writable",
    `Extensions cannot be indexed, because nothing can be written to ${folders.join(" or ")}: ` +
      messageOf(thrown),
    { cause: thrown },
  );
}
