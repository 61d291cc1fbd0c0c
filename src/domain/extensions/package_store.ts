import type { LockEntry } from "./lock_entry.ts";
import type { PackageManifest } from "./manifest.ts";
import type { PackedFile, SafetyFinding } from "./package_safety.ts";

/** Where a package to install lies. */
export interface PackageSource {
  /** `archive`: gzip'ed tar. `folder`: what unpacking such an archive gives. */
  readonly kind: "archive" | "folder";
  /** Absolute path. */
  readonly path: string;
}

/** A package that was read, found safe, and lies ready to be moved into place. */
export interface StagedPackage {
  readonly manifest: PackageManifest;
  /** Paths in the package, sorted. */
  readonly files: readonly PackedFile[];
  /** SHA-256 of the archive, hexadecimal; folders have none. */
  readonly checksum?: string;
  /** Digest of the files that are not bundles. */
  readonly filesChecksum: string;
  readonly warnings: readonly SafetyFinding[];
}

/** A package of the lock file against the disk. Paths are relative to the repository and sorted. */
export interface PackageState {
  /** What the lock file says; `undefined` for a package that it does not list. */
  readonly entry?: LockEntry;
  /** The version that lies on disk, where that is known; a pin may have moved on. */
  readonly version?: string;
  /** Digest of the files as they were installed here; `undefined` where that is not known. */
  readonly filesChecksum?: string;
  /** Files of the package that are there and that no other package claims. */
  readonly present: readonly string[];
  /** Files of the package that are not there, bundles included. */
  readonly absent: readonly string[];
  /** Files of the package that another one in the lock file claims too; they stay where they are. */
  readonly shared: readonly string[];
  /** Files that are not what was installed; bundles do not count. */
  readonly edited: readonly string[];
  /** Whether it is known which files there are: very old entries do not tell. */
  readonly tracked: boolean;
}

/** Files that stand where a package wants to put its own. */
export interface PathConflicts {
  /** Files of nobody, with another content, relative to the repository. */
  readonly existing: readonly string[];
  /** Files of other packages. */
  readonly owned: readonly { readonly path: string; readonly owner: string }[];
}

/** What an installed package does to the types of a repository, beside providing its own. */
export interface PackageEffects {
  /** Model types of others that it adds something to, sorted. */
  readonly extends: readonly string[];
  /** Its sources that cannot be used, or whose types somebody else has, relative to the repository. */
  readonly problems: readonly SafetyFinding[];
}

/** One package to be put in place. */
export interface Installation {
  readonly staged: StagedPackage;
  readonly entry: LockEntry;
  /** Files of the version before that this one has no more, relative to the repository. */
  readonly pruned: readonly string[];
}

/**
 * The installed packages of a repository: files, lock file and catalog, changed as one unit. A change
 * that fails, or a process that is killed in the middle of one, leaves everything as it was.
 */
export interface PackageStore {
  /**
   * Takes the lock of those who change extensions, and undoes what a killed process has begun.
   *
   * @throws {UserError} `not_writable`
   */
  open(): Promise<PackageSession>;
}

/** A {@linkcode PackageStore} that nobody else changes until it is disposed. */
export interface PackageSession extends AsyncDisposable {
  /**
   * Reads a package and checks it. Nothing outside a temporary folder is written.
   *
   * @throws {UserError} `invalid_package` for what is no package, `invalid_manifest`,
   * `unsafe_extension`
   */
  stage(source: PackageSource): Promise<StagedPackage>;
  /**
   * Compares a package with the disk.
   *
   * @throws {UserError} `invalid_lockfile`, `unsafe_lockfile`, `old_layout`
   */
  state(name: string): Promise<PackageState>;
  /** Name → version of every package in the lock file. */
  versions(): Promise<ReadonlyMap<string, string>>;
  /** Names of the installed packages that depend on `name`, sorted. */
  dependents(name: string): Promise<readonly string[]>;
  conflicts(staged: StagedPackage, state: PackageState): Promise<PathConflicts>;
  /** Puts packages in place, all or none: files, lock file, catalog. */
  install(installations: readonly Installation[]): Promise<void>;
  /** What an installed package does, as the catalog has it. */
  effects(name: string): Promise<PackageEffects>;
  /**
   * Takes a package away: catalog, lock file, files.
   *
   * @param files relative to the repository
   * @returns number of folders that went with them
   */
  remove(name: string, files: readonly string[]): Promise<number>;
}
