/**
 * What lies in the folder of installed packages, whatever the lock file says.
 *
 * @module
 */
import { join } from "@std/path";
import { packageFolder } from "../../../domain/extensions/lock_entry.ts";
import { MANIFEST_FILE, PACKAGE_FOLDERS } from "../../../domain/extensions/package_layout.ts";
import { isPackageName } from "../../../domain/extensions/package_name.ts";
import { packagePath, type PackagePlaces, packagesPath } from "./package_places.ts";
import { RECORD_FILE } from "./package_record.ts";
import { isFileOrLink } from "./path_guard.ts";

/**
 * Every file in a package's folder but its record, relative to the repository and sorted. Folders of
 * packages may lie in one another; what is another package's does not count.
 *
 * @param others names of packages
 */
export function packageFiles(
  places: PackagePlaces,
  name: string,
  others: readonly string[],
): string[] {
  const nested = new Set(others.filter((other) => other.startsWith(`${name}/`)).map(packageFolder));
  const walk = (folder: string): string[] =>
    entriesOf(join(places.repositoryRoot, folder)).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (nested.has(path)) return [];
      return entry.isDirectory ? walk(path) : [path];
    });
  const record = `${packageFolder(name)}/${RECORD_FILE}`;
  return walk(packageFolder(name)).filter((path) => path !== record).sort();
}

/**
 * Names of the packages that have a folder and are not listed, sorted. A folder `@collective/name`
 * with anything in it counts, and further below one that has a manifest or a record.
 *
 * @param listed names in the lock file
 */
export function unlistedPackages(places: PackagePlaces, listed: readonly string[]): string[] {
  const isListed = (name: string) => listed.includes(name);
  const holdsListed = (name: string) => listed.some((other) => other.startsWith(`${name}/`));
  const below = (name: string): string[] => {
    const folder = packagePath(places, name);
    const isPackage = isListed(name) || hasManifest(folder);
    return foldersIn(folder)
      .filter((entry) => !isPackage || !PACKAGE_FOLDERS.includes(entry))
      .map((entry) => `${name}/${entry}`)
      .filter(isPackageName)
      .flatMap((nested) => [
        ...(!isListed(nested) && hasManifest(packagePath(places, nested)) ? [nested] : []),
        ...below(nested),
      ]);
  };
  const names = foldersIn(packagesPath(places)).filter((entry) => entry.startsWith("@"))
    .flatMap((collective) =>
      foldersIn(join(packagesPath(places), collective)).map((entry) => `${collective}/${entry}`)
    )
    .filter(isPackageName);
  return names.flatMap((name) => {
    const nested = below(name);
    const isRemains = !isListed(name) && (hasManifest(packagePath(places, name)) ||
      nested.length === 0 && !holdsListed(name) && packageFiles(places, name, []).length > 0);
    return isRemains ? [name, ...nested] : nested;
  }).sort();
}

function hasManifest(folder: string): boolean {
  return [MANIFEST_FILE, RECORD_FILE].some((name) => isFileOrLink(join(folder, name)));
}

function foldersIn(folder: string): string[] {
  return entriesOf(folder).filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
}

function entriesOf(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch {
    return [];
  }
}
