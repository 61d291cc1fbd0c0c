import { KIND_ROWS, type KindRow } from "../../domain/extensions/kinds.ts";
import type { PackageRow } from "../persistence/extension_catalog_rows.ts";
import type { DiscoveredFile } from "./discover.ts";
import { type InstalledPackage, installedPackages } from "./packages/installed_packages.ts";
import type { PackagePlaces } from "./packages/package_places.ts";
import { unitStat } from "./package_units.ts";
import { sourceKey } from "./source_key.ts";

/** What installed packages contribute, and what is wrong with them. */
export interface PackageSources {
  /** In order of precedence, which is that of the packages' names. */
  readonly files: readonly DiscoveredFile[];
  /** One row for each package, and one for the lock file under the empty name. */
  readonly rows: readonly PackageRow[];
}

/**
 * The sources of all installed packages. A package says itself which of its files are sources; it is
 * looked at as a unit, so none of its files is tracked.
 *
 * @param firstRank rank of the first package: everything of the user's own comes before
 */
export async function readPackageSources(
  places: PackagePlaces,
  firstRank: number,
): Promise<PackageSources> {
  // Taken first: what changes meanwhile must show at the next look.
  const lockFile = unitStat(places, "");
  const { packages, problems } = await installedPackages(places);
  const problemOf = (name: string) =>
    problems.filter((problem) => (problem.name ?? "") === name).map(({ message }) => message);
  const names = [...new Set([...packages, ...problems].map(({ name }) => name ?? ""))]
    .filter((name) => name !== "");
  return {
    files: packages.flatMap((found, index) => filesOf(places, found, firstRank + index)),
    rows: [
      { name: "", stat: lockFile, problem: problemOf("").join("\n") },
      ...names.map((name) => ({
        name,
        stat: unitStat(places, name),
        problem: problemOf(name).join("\n"),
      })),
    ],
  };
}

function filesOf(
  { repositoryRoot }: PackagePlaces,
  { name, folder, sources }: InstalledPackage,
  rank: number,
): DiscoveredFile[] {
  return sources.map((source) => ({
    key: sourceKey(repositoryRoot, source.path),
    path: source.path,
    root: { path: folder, ...placeOf(source.folder), base: folder },
    rank,
    configuration: "",
    package: name,
    ...(source.bundle === undefined ? {} : { shipped: source.bundle }),
  }));
}

function placeOf(folder: string): Pick<KindRow, "folder" | "bundleFolder"> {
  const { bundleFolder } = KIND_ROWS.find((row) => row.folder === folder)!;
  return { folder, bundleFolder };
}
