import { join } from "@std/path";
import type { ExtensionHealth, HealthReport } from "../../domain/extensions/extension_health.ts";
import type { Repository } from "../../domain/repository/repository.ts";
import { ExtensionCatalogDraft } from "../persistence/extension_catalog_draft.ts";
import { isBuildLockTaken, takeBuildLock } from "./build_lock.ts";
import { lookAtBatches, lookForLeftovers } from "./bundle_look.ts";
import { type CatalogContent, type CatalogLook, lookAtCatalog } from "./catalog_look.ts";
import { discover, type DiscoveredFile } from "./discover.ts";
import {
  CATALOG_FILE,
  type IndexSettings,
  LOCK_FILE,
  openExtensionIndex,
  packagePlaces,
  rootsFact,
  temporaryFolder,
} from "./extension_index.ts";
import { indexSettings, type OpenTypesOptions } from "./extension_types.ts";
import { MISSING, statOf, UNSETTLED } from "./file_stat.ts";
import { readLocalManifests, withManifests } from "./local_manifests.ts";
import { openPackageStore } from "./package_index.ts";
import { readPackageSources } from "./package_sources.ts";
import { lookAtPackages } from "./packages/package_look.ts";
import { sourceChanges, type SourcesOnDisk } from "./source_changes.ts";
import { sourceKey, sourcePath } from "./source_key.ts";
import { lookAtSources } from "./source_look.ts";
import type { OwnerQuestion } from "./source_owners.ts";
import { type SourceRoot, sourceRoots } from "./source_roots.ts";

/** The state of a repository's extensions; nothing is looked at before somebody asks. */
export function createExtensionHealth(
  repository: Repository,
  options: Omit<OpenTypesOptions, "repository" | "onlyType">,
): ExtensionHealth {
  const index = indexSettings(options, repository);
  return {
    look: ({ verify }) => look(index, verify),
    repair: (report) => repair(index, report),
  };
}

/** Where everything that swamp makes of the sources of a repository lies. */
interface Place {
  /** Absolute path of `.swamp`, or of the folder in its place. */
  readonly internal: string;
  /** Absolute paths. */
  readonly catalog: string;
  readonly bundleFolders: readonly string[];
  readonly roots: readonly SourceRoot[];
  readonly missing: readonly string[];
}

async function placeOf({ repositoryRoot, settings, variable }: IndexSettings): Promise<Place> {
  const { roots, missing } = sourceRoots(repositoryRoot, settings, variable);
  const internal = await internalFolder(join(repositoryRoot, ".swamp"));
  return {
    internal,
    catalog: join(internal, CATALOG_FILE),
    bundleFolders: [...new Set(roots.map((root) => join(internal, root.bundleFolder)))],
    roots,
    missing,
  };
}

/** The folder that commands use: where the repository cannot be written to, that is another one. */
async function internalFolder(usual: string): Promise<string> {
  if (canWrite(join(usual, CATALOG_FILE))) return usual;
  const other = await temporaryFolder(usual);
  return statOf(join(other, CATALOG_FILE)) === MISSING ? usual : other;
}

/** Whether an existing file could be written to; it is not. */
function canWrite(path: string): boolean {
  try {
    Deno.openSync(path, { write: true }).close();
    return true;
  } catch {
    return false;
  }
}

async function look(index: IndexSettings, verify: boolean): Promise<HealthReport> {
  const { repositoryRoot, trace } = index;
  const place = await placeOf(index);
  const { roots } = place;
  const places = packagePlaces(repositoryRoot, roots);
  const fact = rootsFact(repositoryRoot, roots);
  const question = { repositoryRoot, roots, places, rootsFact: fact, trace };
  const { health, content } = await lookAtCatalog(place.catalog, question);
  const batches = lookAtBatches(repositoryRoot, place.bundleFolders, usedBatches(health, content));
  const packages = await lookAtPackages(places, verify);
  const disk = await lookAtDisk(repositoryRoot, roots, packages);
  const changes = content === undefined
    ? { pending: allNew(disk.files), verified: 0 }
    : await sourceChanges(repositoryRoot, disk, content, verify);
  return {
    catalog: {
      ...health,
      path: sourceKey(repositoryRoot, place.catalog),
      isBuilding: isBuildLockTaken(join(place.internal, LOCK_FILE)),
    },
    sources: content === undefined ? [] : lookAtSources(disk.owners, content, batches),
    packages,
    pending: changes.pending,
    problems: content?.problems ?? [],
    batches,
    leftovers: lookForLeftovers(repositoryRoot, place.internal, place.bundleFolders),
    missingSources: place.missing,
    ...(verify ? { verified: changes.verified + packages.verified } : {}),
  };
}

/** Every source on disk, and whom it belongs to. */
async function lookAtDisk(
  repositoryRoot: string,
  roots: readonly SourceRoot[],
  packages: HealthReport["packages"],
): Promise<SourcesOnDisk & { readonly owners: OwnerQuestion }> {
  const found = await withManifests(repositoryRoot, roots, discover(repositoryRoot, roots));
  const installed = await readPackageSources(packagePlaces(repositoryRoot, roots), roots.length);
  return {
    files: [...found.files, ...installed.files],
    packages: installed.rows,
    owners: {
      repositoryRoot,
      roots,
      manifests: await readLocalManifests(repositoryRoot, found),
      packages: new Map(packages.packages.map(({ name, version }) => [name, version])),
    },
  };
}

/** What the catalog refers to; another layout refers to nothing that this version of swamp can use. */
function usedBatches(
  { state }: CatalogLook["health"],
  content: CatalogContent | undefined,
): readonly string[] | undefined {
  return state === "ok" ? content?.batches : undefined;
}

function allNew(files: readonly DiscoveredFile[]): HealthReport["pending"] {
  return files.map(({ key }) => key).sort()
    .map((source) => ({ source, change: "new", cause: "", isHidden: false }));
}

async function repair(index: IndexSettings, report: HealthReport): Promise<void> {
  const { catalog, internal: before } = await placeOf(index);
  if (report.catalog.state === "ok") {
    using _lock = await lockBuilding(index, before);
    distrustStatOf(catalog, hiddenCauses(report));
  }
  const store = await openExtensionIndex(index, { checkBundles: true, retryBroken: true });
  store.close();
  await removeUnlisted(index, report);
  const { internal, bundleFolders } = await placeOf(index);
  using _lock = await lockBuilding(index, internal);
  for (const { path } of lookForLeftovers(index.repositoryRoot, internal, bundleFolders)) {
    try {
      Deno.removeSync(sourcePath(index.repositoryRoot, path), { recursive: true });
    } catch {
      // Whoever looks next sees that it is still there.
    }
  }
}

/** Removes packages that nobody asks for and that are just as they were installed. */
async function removeUnlisted(index: IndexSettings, { packages }: HealthReport): Promise<void> {
  const removable = packages.packages.filter(({ repairable }) => repairable);
  if (removable.length === 0) return;
  try {
    await using session = await openPackageStore(index).open();
    for (const { name } of removable) {
      const { entry, edited, present } = await session.state(name);
      if (entry === undefined && edited.length === 0) await session.remove(name, present);
    }
  } catch {
    // Whoever looks next sees that they are still there.
  }
}

function lockBuilding({ notice }: IndexSettings, internal: string): Promise<Disposable> {
  return takeBuildLock(
    join(internal, LOCK_FILE),
    () => notice("waiting for another swamp process that is indexing extensions …"),
  );
}

function hiddenCauses({ pending }: HealthReport): ReadonlySet<string> {
  return new Set(pending.filter(({ isHidden }) => isHidden).map(({ cause }) => cause));
}

/** Makes the next refresh read files that stat data would vouch for. */
function distrustStatOf(catalog: string, files: ReadonlySet<string>): void {
  if (files.size === 0) return;
  using draft = ExtensionCatalogDraft.copyOf(catalog);
  const distrusted = draft.store.files().filter(({ path }) => files.has(path));
  draft.store.settle([], distrusted.map((file) => ({ ...file, stat: UNSETTLED })));
  draft.publish();
}
