/**
 * The rules for names of data. A name is also the name of a folder below the model's folder, so the
 * rules keep it inside that folder and away from what swamp itself puts there.
 *
 * @module
 */
import { UserError } from "../errors.ts";

/** Why a name cannot be used. */
export interface NameProblem {
  readonly kind: "empty" | "reserved" | "unsafe" | "too_long";
  /** The rule; several of these texts are part of the contract (authoring 3.3, cli-core 9.7). */
  readonly text: string;
  /** The rule, and the name that breaks it. */
  readonly message: string;
}

/** Longest name in bytes of UTF-8; file systems do not take longer folder names. */
export const MAX_NAME_BYTES = 255;

/** So many characters of a name are shown in a message. */
const MAX_SHOWN = 60;

/** What swamp itself calls files in a model's folder and in a name's folder. */
const RESERVED = new Set(["latest", ".lock"]);

/**
 * What is wrong with a name for data, or `undefined` when it can be used.
 *
 * @example
 * ```ts
 * dataNameProblem("a/b")?.kind; // "unsafe"
 * dataNameProblem("state"); // undefined
 * ```
 */
export function dataNameProblem(name: string): NameProblem | undefined {
  const broken = brokenRule(name);
  if (broken === undefined) return undefined;
  const isNamed = broken.kind === "empty" || broken.kind === "reserved";
  return { ...broken, message: isNamed ? broken.text : `${broken.text}: "${excerpt(name)}"` };
}

function brokenRule(name: string): Omit<NameProblem, "message"> | undefined {
  if (name.trim() === "") return { kind: "empty", text: "Data name must be a non-empty string" };
  if (leavesItsFolder(name)) {
    return {
      kind: "unsafe",
      text: "Data name must not contain '..', '/', '\\', or null bytes (path traversal)",
    };
  }
  if (RESERVED.has(name.toLowerCase())) {
    return {
      kind: "reserved",
      text: `Data name '${name}' is reserved for internal use. Use a different name.`,
    };
  }
  if (name === "." || /[\p{Cc}\p{Cs}]/u.test(name)) {
    return {
      kind: "unsafe",
      text: "Data name must not be '.' or contain line breaks or other control characters",
    };
  }
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) {
    return { kind: "too_long", text: `Data name must not be longer than ${MAX_NAME_BYTES} bytes` };
  }
  return undefined;
}

/**
 * Refuses a name under which no data can be stored.
 *
 * @throws {UserError} `invalid_data_name` with the message of {@linkcode dataNameProblem}.
 */
export function requireDataName(name: string): void {
  const problem = dataNameProblem(name);
  if (problem !== undefined) throw new UserError("invalid_data_name", problem.message);
}

/** A name as far as a message has room for it. */
function excerpt(name: string): string {
  const characters = [...name];
  return characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join("")}…` : name;
}

/** Whether a path made with `name` as one of its parts could lead out of the folder it is joined to. */
export function leavesItsFolder(name: string): boolean {
  return name.includes("..") || /[/\\\0]/.test(name);
}
