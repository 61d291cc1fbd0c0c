/**
 * Entries of `upstream_extensions.json`, the list of installed packages that is committed with a
 * repository (contract: extensions 6.5). Whoever can change a commit can write them, so their paths
 * are checked before anything is done with them.
 *
 * @module
 */
import { UserError } from "../errors.ts";
import { isMap } from "../models/definition_fields.ts";
import { KIND_ROWS } from "./kinds.ts";
import { normalizedPath, unsafePathReason } from "./package_path.ts";

/** Name of the lock file, in the folder of model sources. */
export const LOCK_FILE = "upstream_extensions.json";

/** Folder of all installed packages, relative to the repository. */
export const PACKAGES_FOLDER = ".swamp/pulled-extensions";

/** What the lock file says of one package. */
export interface LockEntry {
  readonly version: string;
  /** UTC ISO 8601; kept while the version stays. Empty where an old entry has none. */
  readonly pulledAt: string;
  /** Installed files relative to the repository, sorted. Very old entries have none. */
  readonly files?: readonly string[];
  /** The installed files that the manifest lists under `include`, relative to the repository. */
  readonly include?: readonly string[];
  /** SHA-256 of the archive, hexadecimal. */
  readonly checksum?: string;
  /** Digest of the installed files that are not bundles. */
  readonly filesChecksum?: string;
  /** The registry that the package came from. */
  readonly serverUrl?: string;
  /** The release channel that the version was taken from. */
  readonly channel?: string;
}

/** The folders that tracked files may lie in; all but the first are of earlier layouts. */
const TRACKED_FOLDERS = [
  PACKAGES_FOLDER,
  ...new Set(KIND_ROWS.map(({ bundleFolder }) => `.swamp/${bundleFolder}`)),
];

/** Folder of a package, relative to the repository. */
export function packageFolder(name: string): string {
  return `${PACKAGES_FOLDER}/${name}`;
}

/**
 * Reads an entry out of plain data: what is not as it must be counts as absent. Gives `undefined`
 * for what tells no version.
 */
export function readLockEntry(value: unknown): LockEntry | undefined {
  if (!isMap(value) || typeof value.version !== "string") return undefined;
  const text = (key: "checksum" | "filesChecksum" | "serverUrl" | "channel") =>
    typeof value[key] === "string" ? { [key]: value[key] } : {};
  const paths = (key: "files" | "include") =>
    isTextList(value[key]) ? { [key]: value[key].map(plainPath) } : {};
  return {
    version: value.version,
    pulledAt: typeof value.pulledAt === "string" ? value.pulledAt : "",
    ...paths("files"),
    ...paths("include"),
    ...text("checksum"),
    ...text("filesChecksum"),
    ...text("serverUrl"),
    ...text("channel"),
  };
}

/**
 * Makes sure that every path of an entry is one that an installation could have made.
 *
 * @throws {UserError} `unsafe_lockfile` for a path that leaves the folders of installed packages,
 * `old_layout` as {@linkcode refuseOldLayout} does.
 */
export function checkTrackedPaths(name: string, entry: LockEntry): void {
  const unsafe = pathsOf(entry).find((path) =>
    unsafePathReason(path) !== undefined || isForeign(path)
  );
  if (unsafe !== undefined) {
    throw new UserError(
      "unsafe_lockfile",
      `${LOCK_FILE} lists an unsafe path for ${name}: ${JSON.stringify(unsafe)}. ` +
        "Nothing was changed. Restore the file from version control, or correct the entry.",
      { fields: { extension: name, path: unsafe } },
    );
  }
  refuseOldLayout(entry);
}

/**
 * Makes sure that an entry is not of the time when packages lay among the user's own files.
 *
 * @throws {UserError} `old_layout`
 */
export function refuseOldLayout(entry: LockEntry): void {
  const isOld = (path: string) =>
    unsafePathReason(path) === undefined && !plainPath(path).startsWith(".swamp/");
  if (!pathsOf(entry).some(isOld)) return;
  throw new UserError(
    "old_layout",
    "This repo has pulled extensions in the old layout (extensions/).\n" +
      "Run 'swamp repo upgrade' to migrate them to .swamp/pulled-extensions/.",
  );
}

function pathsOf({ files = [], include = [] }: LockEntry): string[] {
  return [...files, ...include];
}

/** Whether a path lies in `.swamp`, but where no package puts its files. */
function isForeign(path: string): boolean {
  const plain = plainPath(path);
  return plain.startsWith(".swamp/") &&
    !TRACKED_FOLDERS.some((folder) => plain.startsWith(`${folder}/`));
}

/** One form for one file; what is unsafe stays as it is, to be refused. */
function plainPath(path: string): string {
  return unsafePathReason(path) === undefined ? normalizedPath(path) : path;
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
