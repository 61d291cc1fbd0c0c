import { join } from "@std/path";
import { messageOf } from "../../../domain/errors.ts";
import {
  checkTrackedPaths,
  LOCK_FILE,
  type LockEntry,
  packageFolder,
} from "../../../domain/extensions/lock_entry.ts";
import type { PackageManifest } from "../../../domain/extensions/manifest.ts";
import {
  additionalFilePlaces,
  isBundle,
  packageEntries,
  type PackageEntry,
  packageWorkflows,
} from "../../../domain/extensions/package_layout.ts";
import { readJournal } from "./change_journal.ts";
import { readInstalledManifest } from "./installed_manifest.ts";
import { type LockFile, readLockFile } from "./lock_file.ts";
import { lockFilePath, packagePath, type PackagePlaces } from "./package_places.ts";
import { filesChecksum, type PackageRecord, readRecord } from "./package_record.ts";
import { isFileOrLink } from "./path_guard.ts";

/** A source of an installed package. */
export interface InstalledSource {
  /** `models`, `vaults`, …: decides which exports count. */
  readonly folder: string;
  /** Absolute path. */
  readonly path: string;
  /** Absolute path of the bundle that the package ships for it, if it does and it is there. */
  readonly bundle: string | undefined;
}

/** A package that is installed. All paths are absolute. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly manifest: PackageManifest;
  /** The sources that the manifest lists and that are there, as source or at least as bundle. */
  readonly sources: readonly InstalledSource[];
  readonly workflows: readonly string[];
  readonly lockEntry: LockEntry;
}

/** Something that is wrong with a package, or with the lock file itself. */
export interface PackageProblem {
  /** Name of the package; `undefined` for the lock file. */
  readonly name?: string;
  readonly code:
    | "invalid_lockfile"
    | "invalid_entry"
    | "invalid_manifest"
    | "missing_files"
    | "other_version"
    | "listed_twice";
  /** One line that says what to do. */
  readonly message: string;
}

/** The packages of a repository. */
export interface InstalledPackages {
  /** Sorted by name. */
  readonly packages: readonly InstalledPackage[];
  /** What a user should know; a package with a problem may be among `packages` all the same. */
  readonly problems: readonly PackageProblem[];
}

/**
 * Every package in the lock file, as far as its files are there. Looks at every file that is tracked, so
 * this is for a refresh and not for every command. Never throws for what is on disk: a lock file that
 * cannot be read is a problem like others.
 */
export async function installedPackages(places: PackagePlaces): Promise<InstalledPackages> {
  const problems: PackageProblem[] = [];
  let lock: LockFile;
  try {
    lock = readLockFile(lockFilePath(places));
  } catch (thrown) {
    return { packages: [], problems: [{ code: "invalid_lockfile", message: messageOf(thrown) }] };
  }
  for (const name of lock.unusable) problems.push(unusable(name));
  const removing = new Set(readJournal(places)?.removing ?? []);
  const packages: InstalledPackage[] = [];
  for (const [name, entry] of [...lock.entries].sort(([a], [b]) => a < b ? -1 : 1)) {
    if (removing.has(name)) continue;
    const found = await lookAt(places, name, entry);
    problems.push(...found.problems);
    if (found.installed !== undefined) packages.push(found.installed);
  }
  return { packages, problems };
}

/**
 * Absolute path of a file that a package lists under `additionalFiles`.
 *
 * @param listed path as the manifest has it
 * @returns `undefined` when the package has no such file.
 */
export function additionalFile(
  { folder, manifest }: InstalledPackage,
  listed: string,
): string | undefined {
  if (!manifest.additionalFiles.includes(listed)) return undefined;
  return additionalFilePlaces(listed).map((place) => join(folder, place)).find(isFileOrLink);
}

interface Found {
  readonly installed?: InstalledPackage;
  readonly problems: readonly PackageProblem[];
}

async function lookAt(places: PackagePlaces, name: string, entry: LockEntry): Promise<Found> {
  try {
    checkTrackedPaths(name, entry);
  } catch (thrown) {
    return { problems: [{ name, code: "invalid_entry", message: messageOf(thrown) }] };
  }
  const folder = packagePath(places, name);
  const record = readRecord(folder);
  const present = new Set(
    filesInPackage(name, entry, record).filter((path) => isFileOrLink(join(folder, path))),
  );
  let manifest: PackageManifest;
  try {
    manifest = await readInstalledManifest(folder, record);
  } catch (thrown) {
    const missing = thrown instanceof Deno.errors.NotFound;
    return { problems: [missing ? missingFiles(name) : damagedManifest(name, thrown)] };
  }
  const entries = packageEntries(manifest, present);
  const first = new Map(entries.toReversed().map((listed) => [listed.path, listed]));
  const installed: InstalledPackage = {
    name,
    version: manifest.version,
    folder,
    manifest,
    sources: entries.filter((listed) => first.get(listed.path) === listed)
      .filter(({ path, bundle }) => bundle !== undefined || present.has(path))
      .map((listed) => installedSource(folder, listed)),
    workflows: packageWorkflows(present).map((path) => join(folder, path)),
    lockEntry: entry,
  };
  const problems = await problemsOf(installed, record, present);
  const twice = entries.filter((listed) => first.get(listed.path) !== listed);
  return {
    installed,
    problems: problems.length > 0
      ? problems
      : twice.map((listed) => listedTwice(name, first.get(listed.path)!, listed)),
  };
}

function installedSource(base: string, { folder, path, bundle }: PackageEntry): InstalledSource {
  return {
    folder,
    path: join(base, path),
    bundle: bundle === undefined ? undefined : join(base, bundle),
  };
}

function listedTwice(name: string, first: PackageEntry, second: PackageEntry): PackageProblem {
  const message = `The manifest of ${name} lists ${first.path} under ${first.folder} and under ` +
    `${second.folder}; it is used as the former only.`;
  return { name, code: "listed_twice", message };
}

async function problemsOf(
  { name, version, manifest, lockEntry }: InstalledPackage,
  record: PackageRecord | undefined,
  present: ReadonlySet<string>,
): Promise<PackageProblem[]> {
  const isSame = manifest.name === name && version === lockEntry.version;
  const pinned = isSame && (record === undefined ||
    lockEntry.filesChecksum === undefined ||
    await filesChecksum(record.files) === lockEntry.filesChecksum);
  if (!pinned) {
    const message =
      `${manifest.name} ${version} is installed for ${name}, but ${LOCK_FILE} asks for other files ` +
      `(${lockEntry.version}). Run 'swamp extension install' to install them.`;
    return [{ name, code: "other_version", message }];
  }
  const complete = filesInPackage(name, lockEntry, record)
    .every((path) => isBundle(path) || present.has(path));
  return complete ? [] : [missingFiles(name)];
}

/** Paths in the package of everything that should be there. */
function filesInPackage(
  name: string,
  { files = [] }: LockEntry,
  record: PackageRecord | undefined,
): string[] {
  const folder = `${packageFolder(name)}/`;
  const tracked = files.filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length));
  return [...new Set([...tracked, ...Object.keys(record?.files ?? {})])];
}

function missingFiles(name: string): PackageProblem {
  const message = `Files of the installed extension ${name} are missing. ` +
    "Run 'swamp extension install' to restore them.";
  return { name, code: "missing_files", message };
}

function damagedManifest(name: string, thrown: unknown): PackageProblem {
  const message = `The manifest of the installed extension ${name} cannot be used: ` +
    `${messageOf(thrown)}. Run 'swamp extension pull ${name} --force' to restore it.`;
  return { name, code: "invalid_manifest", message };
}

function unusable(name: string): PackageProblem {
  const message = `${LOCK_FILE} has an entry that cannot be used: ${JSON.stringify(name)}.`;
  return { name, code: "invalid_entry", message };
}
