import { messageOf, UserError } from "../../../domain/errors.ts";
import { type LockEntry, readLockEntry } from "../../../domain/extensions/lock_entry.ts";
import { isPackageName } from "../../../domain/extensions/package_name.ts";
import { isMap, type PlainMap } from "../../../domain/models/definition_fields.ts";

/** The lock file as read. */
export interface LockFile {
  /** Entries that can be used, by the name of the package. */
  readonly entries: ReadonlyMap<string, LockEntry>;
  /** Names of entries that cannot be used; they stay in the file. */
  readonly unusable: readonly string[];
  /** The text of the file; `undefined` if there is none. */
  readonly text: string | undefined;
}

/**
 * Reads `upstream_extensions.json`. A file that is not there is one without entries; entries of earlier
 * versions may lack everything but the version.
 *
 * @param path absolute path
 * @throws {UserError} `invalid_lockfile` when the file cannot be read, or is no JSON object.
 */
export function readLockFile(path: string): LockFile {
  const text = readTextIfAny(path);
  const entries = new Map<string, LockEntry>();
  const unusable: string[] = [];
  for (const [name, value] of Object.entries(parse(path, text))) {
    const entry = isPackageName(name) ? readLockEntry(value) : undefined;
    if (entry === undefined) unusable.push(name);
    else entries.set(name, entry);
  }
  return { entries, unusable, text };
}

/**
 * The text of a lock file in which some entries are changed: sorted by name, so that it depends on what
 * is installed and not on the order in which that was done.
 *
 * @param path absolute path, for the error
 * @param text the present text, `undefined` if there is no file
 * @param changes the new entry by name; `undefined` removes it
 * @throws {UserError} `invalid_lockfile`
 */
export function changedLockText(
  path: string,
  text: string | undefined,
  changes: ReadonlyMap<string, LockEntry | undefined>,
): string {
  const entries = new Map<string, unknown>(Object.entries(parse(path, text)));
  for (const [name, entry] of changes) {
    if (entry === undefined) entries.delete(name);
    else entries.set(name, entry);
  }
  const sorted = [...entries].sort(([a], [b]) => a < b ? -1 : 1);
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}

function parse(path: string, text: string | undefined): PlainMap {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (thrown) {
    throw invalidLockFile(path, messageOf(thrown), thrown);
  }
  if (!isMap(value)) throw invalidLockFile(path, "it is not an object");
  return value;
}

function readTextIfAny(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw invalidLockFile(path, messageOf(thrown), thrown);
  }
}

function invalidLockFile(path: string, reason: string, cause?: unknown): UserError {
  return new UserError(
    "invalid_lockfile",
    `Cannot read the list of installed extensions, ${path}: ${reason}. ` +
      "Correct the file (it may hold the marks of a merge conflict), or restore it from version control.",
    { fields: { file: path }, cause },
  );
}
