/**
 * Installed packages as units: whether one changed is told by two looks at the disk, whatever the
 * number of its files.
 *
 * @module
 */
import type { PackageRow } from "../persistence/extension_catalog_rows.ts";
import { statText } from "./file_stat.ts";
import type { PackagePlaces } from "./packages/package_places.ts";
import { hasUnfinishedChange, lockFileStat, packageStats } from "./packages/package_stats.ts";

/**
 * Stat data that changes with every install, update and removal.
 *
 * @param name of a package; empty for the lock file that lists them
 */
export function unitStat(places: PackagePlaces, name: string): string {
  if (name === "") return statText(lockFileStat(places));
  const { folder, manifest } = packageStats(places, name);
  return `${statText(folder)}|${statText(manifest)}`;
}

/** Whether the lock file and all packages are what the catalog says. */
export function packagesAreUnchanged(
  places: PackagePlaces,
  rows: readonly PackageRow[],
): boolean {
  return !hasUnfinishedChange(places) &&
    rows.every(({ name, stat }) => stat === unitStat(places, name));
}
