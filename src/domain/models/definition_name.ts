/**
 * The rules for names of definitions (contract: cli-core 6.1, IMP-25). What is read must be safe;
 * what is newly named must also be fit for command lines and file systems.
 *
 * @module
 */
import { UserError } from "../errors.ts";

/** Longest name, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;

const SCOPED = /^@[a-z0-9_-]+(\/[a-z0-9_-]+)+$/;

/** C0 and C1 controls, line and paragraph separators, halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * Why a definition cannot be kept under this name at all, as the end of a sentence that begins with
 * the name; `undefined` for a safe name. Files that break these rules are not read.
 */
export function unsafeNameReason(name: string): string | undefined {
  if (name === "") return "must not be empty";
  const hasForbidden = name.includes("..") || /[\\\0]/.test(name);
  if (!hasForbidden && (!name.includes("/") || SCOPED.test(name))) return undefined;
  if (!hasForbidden && name.startsWith("@")) {
    return "'/' is only allowed in names like @collective/name, made of lower-case letters, " +
      "digits, '-' and '_'";
  }
  return "must not contain '..', '\\', '/' or null bytes";
}

/**
 * Why no definition can be given this name, as the end of a sentence that begins with the name;
 * `undefined` for a good name.
 *
 * @example
 * ```ts
 * newNameReason("web"); // undefined
 * newNameReason("-x"); // "must not start with '-'"
 * ```
 */
export function newNameReason(name: string): string | undefined {
  return unsafeNameReason(name) ?? awkwardNameReason(name);
}

/**
 * Refuses a name that no definition can be given.
 *
 * @throws {UserError} `invalid_name`, saying which rule the name breaks.
 */
export function requireNewName(name: string): void {
  const reason = newNameReason(name);
  if (reason === undefined) return;
  throw new UserError("invalid_name", `Invalid model name ${quoted(name)}: ${reason}`);
}

function awkwardNameReason(name: string): string | undefined {
  if (UNPRINTABLE.test(name)) return "must not contain line breaks or control characters";
  if (name.trim() !== name) return "must not start or end with a blank";
  if (name.startsWith("-")) return "must not start with '-'";
  if (name === ".") return "must not consist of dots only";
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) {
    return `must not be longer than ${MAX_NAME_BYTES} bytes`;
  }
  return undefined;
}

/** The name in quotes, shortened, with what cannot be printed as `\u{…}`. */
function quoted(name: string): string {
  const shown = [...name].slice(0, 60).join("");
  const visible = shown.replaceAll(
    new RegExp(UNPRINTABLE, "gu"),
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
  return `"${visible}${shown.length < name.length ? "…" : ""}"`;
}
