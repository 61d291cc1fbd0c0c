import { join } from "@std/path";
import {
  LOCK_FILE,
  packageFolder,
  PACKAGES_FOLDER,
} from "../../../domain/extensions/lock_entry.ts";

/** Where a repository keeps installed packages. */
export interface PackagePlaces {
  /** Absolute path. */
  readonly repositoryRoot: string;
  /** Absolute path of the folder of model sources, which holds the lock file too. */
  readonly modelsFolder: string;
}

/** Absolute path of `upstream_extensions.json`. */
export function lockFilePath({ modelsFolder }: PackagePlaces): string {
  return join(modelsFolder, LOCK_FILE);
}

/** Absolute path of the folder of all packages. */
export function packagesPath({ repositoryRoot }: PackagePlaces): string {
  return join(repositoryRoot, PACKAGES_FOLDER);
}

/** Absolute path of the note of a change that is under way. */
export function journalPath(places: PackagePlaces): string {
  return join(packagesPath(places), ".change.json");
}

/** Absolute path of the folder of one package. Folders of packages may lie in one another. */
export function packagePath({ repositoryRoot }: PackagePlaces, name: string): string {
  return join(repositoryRoot, packageFolder(name));
}
