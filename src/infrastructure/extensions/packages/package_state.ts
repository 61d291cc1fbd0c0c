import { join } from "@std/path";
import {
  checkTrackedPaths,
  type LockEntry,
  packageFolder,
  refuseOldLayout,
} from "../../../domain/extensions/lock_entry.ts";
import { isBundle } from "../../../domain/extensions/package_layout.ts";
import type { PackageState } from "../../../domain/extensions/package_store.ts";
import { isMap } from "../../../domain/models/definition_fields.ts";
import { fileHash } from "../content_hash.ts";
import type { LockFile } from "./lock_file.ts";
import { packagePath, type PackagePlaces } from "./package_places.ts";
import { filesChecksum, type PackageRecord, readRecord } from "./package_record.ts";
import { checkStaysInside, isFileOrLink } from "./path_guard.ts";

/** SHA-256 of files by their path in the package. */
type Hashes = Readonly<Record<string, string>>;

/**
 * Compares a package with the disk: what the lock file lists and what was installed here, either of
 * which may be out of date.
 *
 * @throws {UserError} `unsafe_lockfile`, `old_layout`, `unsafe_path`
 */
export async function packageState(
  places: PackagePlaces,
  lock: LockFile,
  name: string,
): Promise<PackageState> {
  const entry = lock.entries.get(name);
  if (entry !== undefined) checkTrackedPaths(name, entry);
  for (const other of lock.entries.values()) refuseOldLayout(other);
  const record = readRecord(packagePath(places, name));
  const claimed = claimedByOthers(lock, name);
  const tracked = trackedFiles(name, entry, record);
  const own = tracked.filter((path) => !claimed.has(path));
  checkStaysInside(places, own);
  const present = own.filter((path) => isFileOrLink(join(places.repositoryRoot, path)));
  const hashes = await hashSources(places, name, present);
  const checksum = await installedChecksum(entry, record, hashes);
  const version = recordedVersion(record);
  return {
    ...(entry === undefined ? {} : { entry }),
    ...(version === undefined ? {} : { version }),
    ...(checksum === undefined ? {} : { filesChecksum: checksum }),
    present,
    absent: own.filter((path) => !present.includes(path)),
    shared: tracked.filter((path) => claimed.has(path)),
    edited: editedFiles(hashes, { record, entry, checksum })
      .map((path) => `${packageFolder(name)}/${path}`),
    tracked: entry?.files !== undefined || record !== undefined,
  };
}

/**
 * The files of a listed package that are not there, relative to the repository and sorted. Reads none.
 *
 * @throws {UserError} `unsafe_lockfile`, `old_layout`
 */
export function missingFiles(places: PackagePlaces, lock: LockFile, name: string): string[] {
  const entry = lock.entries.get(name);
  if (entry !== undefined) checkTrackedPaths(name, entry);
  return trackedFiles(name, entry, readRecord(packagePath(places, name)))
    .filter((path) => !isFileOrLink(join(places.repositoryRoot, path)));
}

/** Everything that entries of the lock file list, but that of `name`: path → name of the package. */
export function claimedByOthers(lock: LockFile, name: string): ReadonlyMap<string, string> {
  const claimed = new Map<string, string>();
  for (const [other, { files = [] }] of lock.entries) {
    if (other !== name) files.forEach((path) => claimed.set(path, other));
  }
  return claimed;
}

/** Relative to the repository, sorted. */
function trackedFiles(
  name: string,
  entry: LockEntry | undefined,
  record: PackageRecord | undefined,
): string[] {
  const recorded = Object.keys(record?.files ?? {}).map((path) => `${packageFolder(name)}/${path}`);
  return [...new Set([...(entry?.files ?? []), ...recorded])].sort();
}

/** The files in the package's own folder that are not bundles. */
async function hashSources(
  { repositoryRoot }: PackagePlaces,
  name: string,
  present: readonly string[],
): Promise<Hashes> {
  const folder = `${packageFolder(name)}/`;
  const hashes: Record<string, string> = {};
  for (const path of present.filter((candidate) => candidate.startsWith(folder))) {
    const inPackage = path.slice(folder.length);
    if (!isBundle(inPackage)) hashes[inPackage] = await fileHash(join(repositoryRoot, path));
  }
  return hashes;
}

/** The digest of what was installed here; where no record tells, only unharmed files do. */
async function installedChecksum(
  entry: LockEntry | undefined,
  record: PackageRecord | undefined,
  hashes: Hashes,
): Promise<string | undefined> {
  if (record !== undefined) return await filesChecksum(record.files);
  if (entry?.filesChecksum === undefined) return undefined;
  const checksum = await filesChecksum(hashes);
  return checksum === entry.filesChecksum ? checksum : undefined;
}

function editedFiles(hashes: Hashes, { record, entry, checksum }: {
  readonly record: PackageRecord | undefined;
  readonly entry: LockEntry | undefined;
  readonly checksum: string | undefined;
}): string[] {
  if (record !== undefined) {
    return Object.keys(hashes).filter((path) => hashes[path] !== record.files[path]);
  }
  // Without a record it is not known which file it was. Very old entries have no digest either.
  const differs = entry?.filesChecksum !== undefined && checksum === undefined;
  return differs ? Object.keys(hashes) : [];
}

function recordedVersion(record: PackageRecord | undefined): string | undefined {
  const manifest = record?.manifest;
  return isMap(manifest) && typeof manifest.version === "string" ? manifest.version : undefined;
}
