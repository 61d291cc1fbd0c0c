/**
 * Whether installed packages are what they were, as far as a few looks at the disk can tell: for every
 * command, where `installed_packages.ts` is for those that find that something changed.
 *
 * @module
 */
import { join } from "@std/path";
import { MANIFEST_FILE } from "../../../domain/extensions/package_layout.ts";
import { type FileStat, MISSING, statOf } from "../file_stat.ts";
import { journalPath, lockFilePath, packagePath, type PackagePlaces } from "./package_places.ts";

/** What stat says of one package. */
export interface PackageStats {
  readonly folder: FileStat;
  readonly manifest: FileStat;
}

/**
 * The stat data of an installed package. The package is a unit: installing, updating and removing it
 * all change both, and nothing else is supposed to change its files.
 */
export function packageStats(places: PackagePlaces, name: string): PackageStats {
  const folder = packagePath(places, name);
  return { folder: statOf(folder), manifest: statOf(join(folder, MANIFEST_FILE)) };
}

/** The stat data of the lock file, which lists the packages. */
export function lockFileStat(places: PackagePlaces): FileStat {
  return statOf(lockFilePath(places));
}

/**
 * Whether a change of packages is under way in another process, or was begun by one that was killed.
 * Either way it takes the lock to find out, and `recoverPackages` under it to go on.
 */
export function hasUnfinishedChange(places: PackagePlaces): boolean {
  return statOf(journalPath(places)) !== MISSING;
}
