/**
 * The state of installed packages as a look finds it: the lock file against the folders, and on
 * request every file against what was installed.
 *
 * @module
 */

/**
 * `ok`: as it was installed, as far as was looked. `missing`: listed, and nothing of it is there.
 * `incomplete`: some of its files are gone. `other_version`: other files than the lock file asks for.
 * `edited`: files are not what was installed. `invalid`: its manifest or its entry cannot be used.
 * `unlisted`: a folder that the lock file does not know.
 */
export type PackageCondition =
  | "ok"
  | "missing"
  | "incomplete"
  | "other_version"
  | "edited"
  | "invalid"
  | "unlisted";

/** Conditions in which a package is not what the lock file asks for. */
export const PACKAGE_FAILURES: ReadonlySet<PackageCondition> = new Set([
  "missing",
  "incomplete",
  "other_version",
  "edited",
  "invalid",
]);

/** One package. Paths are relative to the repository and sorted. */
export interface PackageHealth {
  readonly name: string;
  /** The version that lies on disk, else the one that is pinned; empty if neither is known. */
  readonly version: string;
  readonly condition: PackageCondition;
  /** What is wrong and what helps, for people; empty if nothing is. */
  readonly problem: string;
  /** Files that should be there; bundles, which can be made again, only where all files were read. */
  readonly missing: readonly string[];
  /** Files that are not what was installed; known only where all files were read. */
  readonly edited: readonly string[];
  /** Files that were not installed; known only where all files were read. */
  readonly surplus: readonly string[];
  /** Whether a repair puts it right; it fetches nothing. */
  readonly repairable: boolean;
}

/** All packages of a repository. */
export interface PackagesHealth {
  /** The lock file, relative to the repository. */
  readonly lockFile: string;
  /** Why the lock file cannot be read, empty if it can. */
  readonly problem: string;
  /** Whether a change of packages was begun and is not finished: it is undone by whoever comes next. */
  readonly isInterrupted: boolean;
  /** Sorted by name. */
  readonly packages: readonly PackageHealth[];
  /** Number of files that were read. */
  readonly verified: number;
}
