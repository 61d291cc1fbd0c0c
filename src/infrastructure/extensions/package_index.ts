import { join } from "@std/path";
import type { PackageStore } from "../../domain/extensions/package_store.ts";
import { takeBuildLock } from "./build_lock.ts";
import { type IndexSettings, LOCK_FILE, packagePlaces, refreshIndex } from "./extension_index.ts";
import { packageEffects } from "./package_effects.ts";
import { localPackageStore } from "./packages/local_package_store.ts";
import { sourceRoots } from "./source_roots.ts";

/**
 * The installed packages of a repository. Changing them changes files, lock file and catalog as one
 * unit, under the lock of those who build, so that the next command finds nothing to do.
 */
export function openPackageStore(index: IndexSettings): PackageStore {
  const { repositoryRoot, settings, variable, notice } = index;
  const { roots } = sourceRoots(repositoryRoot, settings, variable);
  return localPackageStore({
    places: packagePlaces(repositoryRoot, roots),
    lock: () =>
      takeBuildLock(
        join(repositoryRoot, ".swamp", LOCK_FILE),
        () => notice("waiting for another swamp process that is changing extensions …"),
      ),
    refreshCatalog: () => refreshIndex(index),
    effects: (name) => packageEffects(repositoryRoot, name),
  });
}
