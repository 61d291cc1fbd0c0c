import { join } from "@std/path";
import { packageFolder } from "../../../domain/extensions/lock_entry.ts";
import { fileHash } from "../content_hash.ts";
import type { LockFile } from "./lock_file.ts";
import { packageFiles } from "./package_folders.ts";
import { packagePath, type PackagePlaces } from "./package_places.ts";
import { readRecord } from "./package_record.ts";
import { packageState } from "./package_state.ts";
import { isFileOrLink } from "./path_guard.ts";

/** An installed package, file by file. Paths are relative to the repository and sorted. */
export interface PackageVerification {
  readonly name: string;
  /** Files that should be there, bundles included. */
  readonly missing: readonly string[];
  /** Files that are not what was installed, bundles included. */
  readonly changed: readonly string[];
  /** Files in the package's folder that were not installed. */
  readonly surplus: readonly string[];
  /** Number of files that were read. */
  readonly read: number;
}

/**
 * Reads every file of a package and compares it with what was installed.
 *
 * @throws {UserError} `unsafe_lockfile`, `old_layout`, `unsafe_path`
 */
export async function verifyPackage(
  places: PackagePlaces,
  lock: LockFile,
  name: string,
): Promise<PackageVerification> {
  const { present, absent, shared, edited } = await packageState(places, lock, name);
  const folder = packagePath(places, name);
  const changed = new Set(edited);
  for (const [path, hash] of Object.entries(readRecord(folder)?.files ?? {})) {
    const file = join(folder, path);
    if (isFileOrLink(file) && await fileHash(file) !== hash) {
      changed.add(`${packageFolder(name)}/${path}`);
    }
  }
  const known = new Set([...present, ...shared]);
  return {
    name,
    missing: absent,
    changed: [...changed].sort(),
    surplus: packageFiles(places, name, [...lock.entries.keys()]).filter((path) =>
      !known.has(path)
    ),
    read: present.length,
  };
}
