import { dirname, join } from "@std/path";
import { type Claim, judgeClaims } from "../../domain/extensions/claims.ts";
import type { ExtensionKind } from "../../domain/extensions/kinds.ts";
import type { RefreshWork } from "../../domain/extensions/refresh_report.ts";
import type { ProgressDisplay } from "../../domain/progress.ts";
import { timed, type Trace } from "../../domain/trace.ts";
import type { IndexedSource, PackageRow } from "../persistence/extension_catalog_rows.ts";
import { CATALOG_LAYOUT } from "../persistence/extension_catalog_schema.ts";
import { type CatalogChange, typeRowKey } from "../persistence/extension_catalog_change.ts";
import type { ExtensionCatalogStore } from "../persistence/extension_catalog_store.ts";
import { BATCH_LIMIT, groupSources } from "./build_groups.ts";
import { removeUnfinished, removeUnusedBatches } from "./bundle_housekeeping.ts";
import { discover, type DiscoveredFile, type Discovery } from "./discover.ts";
import { settledStat } from "./file_stat.ts";
import type { FileTable } from "./file_table.ts";
import { indexedSource } from "./indexed_source.ts";
import type { IndexWorkerSettings } from "./index_worker_process.ts";
import type { LendingBatch } from "./libraries.ts";
import { withManifests } from "./local_manifests.ts";
import { readPackageSources } from "./package_sources.ts";
import { type PackagePlaces, packagesPath } from "./packages/package_places.ts";
import {
  adoptFromSidecars,
  changedSources,
  type KnownSource,
  openTables,
  tableOf,
  type Tables,
  unchangedUnits,
} from "./reusable_sources.ts";
import { readBatches, type StoredBatch } from "./sidecar.ts";
import { type SourceKey, sourcePath } from "./source_key.ts";
import type { SourceRoot } from "./source_roots.ts";

/** Everything that a refresh works with. */
export interface RefreshSettings {
  readonly repositoryRoot: string;
  /** Absolute path of the folder that holds the catalog and the bundle folders. */
  readonly internalFolder: string;
  readonly roots: readonly SourceRoot[];
  readonly places: PackagePlaces;
  /** Value of the `roots` fact for the current settings. */
  readonly rootsFact: string;
  readonly builtIn: (kind: ExtensionKind, type: string) => boolean;
  /** Found out only when something must be built. */
  readonly worker: () => Promise<Omit<IndexWorkerSettings, "readable">>;
  /** Told how many sources are about to be built. */
  readonly building: (sources: number) => void;
  readonly trace: Trace;
  readonly progress?: ProgressDisplay | undefined;
  /** Whether broken sources are built again although nothing has changed. */
  readonly retryBroken?: boolean | undefined;
}

/** With this many batch folders more than are needed, the small ones become one. */
const SPARE_BATCHES = 8;

/**
 * Brings a draft of the catalog up to date with the disk. The caller holds the build lock.
 *
 * Sources whose content, and that of everything they import, is what it was are left alone; others
 * are taken from a sidecar that fits, and built only where there is none.
 */
export async function refreshCatalog(
  settings: RefreshSettings,
  store: ExtensionCatalogStore,
): Promise<RefreshWork> {
  const { trace, repositoryRoot } = settings;
  const observedAt = Date.now();
  settings.progress?.show({ phase: "scan" });
  const found = await timed(
    trace,
    "scan",
    () => withManifests(repositoryRoot, settings.roots, discover(repositoryRoot, settings.roots)),
    ({ files }) => `${files.length} files`,
  );
  const packages = await readPackageSources(settings.places, settings.roots.length);
  const files = openTables(settings, store);
  await Promise.all(found.manifests.map((key) => files.own.look(key)));
  const known = new Map(store.sources().map((row) => [row.sourcePath, row]));
  for (const folder of bundleFolders(settings)) removeUnfinished(folder);
  const batches = bundleFolders(settings).flatMap(readBatches);
  const units = unchangedUnits(store.packages(), packages.rows);
  const all = [...found.files, ...packages.files];
  const changed = await changedSources(settings, all, { files, known, batches, units });
  const adopted = await adoptFromSidecars(settings, changed, { files, batches });
  const toBuild = changed.filter(({ key }) => !adopted.has(key));
  const lenders = preferred(batches, absoluteBatches(settings, store));
  const built = await buildAll(settings, packed(settings, all, known, toBuild), { files, lenders });
  const disk = { all, found, files: files.own, known, observedAt, packages: packages.rows };
  const indexed = withEarlierClaims(store, known, [...adopted.values(), ...built]);
  const change = await catalogChange(settings, disk, indexed);
  await timed(trace, "commit", () => store.commit(change));
  return { built: built.length, adopted: adopted.size, removed: change.removed.length };
}

/** Removes bundles that a catalog does not use. It is the one that counts; the caller holds the lock. */
export function tidyBundles(settings: RefreshSettings, store: ExtensionCatalogStore): void {
  removeUnusedBatches(bundleFolders(settings), new Set(absoluteBatches(settings, store)));
}

/** Batches, those that are in use first. */
function preferred(batches: readonly StoredBatch[], used: readonly string[]): StoredBatch[] {
  const isUsed = new Set(used);
  const [first, last] = [true, false].map((wanted) =>
    batches.filter(({ folder }) => isUsed.has(folder) === wanted)
  );
  return [...first!, ...last!];
}

/**
 * What is to be built: the changed sources and, when too many batches have piled up, those of all but
 * the largest.
 */
function packed(
  settings: RefreshSettings,
  all: readonly DiscoveredFile[],
  known: ReadonlyMap<SourceKey, KnownSource>,
  toBuild: readonly DiscoveredFile[],
): readonly DiscoveredFile[] {
  const changed = new Set(toBuild.map(({ key }) => key));
  const kept = all.filter(({ key, package: name }) => name === "" && !changed.has(key));
  const batches = Map.groupBy(kept, ({ key }) => known.get(key)?.batch ?? "");
  batches.delete("");
  const needed = Math.ceil(kept.length / BATCH_LIMIT);
  if (toBuild.length === 0 || batches.size < needed + SPARE_BATCHES) return toBuild;
  settings.trace("pack", 0, `${batches.size} batches`);
  const bySize = [...batches.values()].sort((a, b) => b.length - a.length);
  return [...toBuild, ...bySize.slice(needed).flat()];
}

/** Builds sources, group by group: later groups may borrow from earlier ones. */
async function buildAll(
  settings: RefreshSettings,
  toBuild: readonly DiscoveredFile[],
  { files: tables, lenders }: {
    readonly files: Tables;
    readonly lenders: readonly LendingBatch[];
  },
): Promise<IndexedSource[]> {
  if (toBuild.length === 0) return [];
  settings.building(toBuild.length);
  settings.trace("building", 0, String(toBuild.length));
  // Building needs a lexer; a catalog that is made from sidecars does not.
  const [worker, { buildBatch }] = await Promise.all([settings.worker(), import("./build.ts")]);
  const { repositoryRoot, trace, progress } = settings;
  const built: IndexedSource[] = [];
  const lending = [...lenders];
  const packagesFolder = packagesPath(settings.places);
  for (const group of groupSources({ ...settings, packagesFolder, deno: worker.deno }, toBuild)) {
    const files = tableOf(tables, group.sources[0]!);
    const inFolder = lending.filter(({ folder }) => dirname(folder) === group.bundleFolder);
    const building = { repositoryRoot, files, worker, lenders: inFolder, trace, progress };
    const batch = await buildBatch(building, group);
    lending.push(batch);
    const fileOf = new Map(group.sources.map((file) => [file.key, file]));
    built.push(
      ...batch.sources.map((source) =>
        indexedSource(repositoryRoot, fileOf.get(source.key)!, source, batch)
      ),
    );
  }
  return built;
}

/** Sources of which those that are broken also claim what they were when they last worked. */
function withEarlierClaims(
  store: ExtensionCatalogStore,
  known: ReadonlyMap<SourceKey, KnownSource>,
  indexed: readonly IndexedSource[],
): readonly IndexedSource[] {
  if (!indexed.some(({ source }) => source.state === "broken")) return indexed;
  const types = Map.groupBy(store.claims(), ({ sourcePath }) => sourcePath);
  return indexed.map((one) => {
    if (one.source.state !== "broken") return one;
    const { sourcePath, claims } = one.source;
    const earlier = [
      ...(types.get(sourcePath) ?? []).map(({ type }) => type),
      known.get(sourcePath)?.claims ?? "",
    ];
    const all = new Set([...earlier, claims].flatMap((text) => text.split(" ")));
    return { ...one, source: { ...one.source, claims: [...all].join(" ").trim() } };
  });
}

async function catalogChange(
  settings: RefreshSettings,
  disk: {
    readonly all: readonly DiscoveredFile[];
    readonly packages: readonly PackageRow[];
    readonly found: Discovery;
    readonly files: FileTable;
    readonly known: ReadonlyMap<SourceKey, KnownSource>;
    readonly observedAt: number;
  },
  indexed: readonly IndexedSource[],
): Promise<CatalogChange> {
  const present = new Set(disk.all.map(({ key }) => key));
  return {
    folders: [...disk.found.folders].map(([path, stat]) => ({
      path,
      stat: settledStat(stat, disk.observedAt),
    })),
    files: await disk.files.tracked(),
    packages: disk.packages,
    removed: [...disk.known.keys()].filter((key) => !present.has(key)),
    indexed,
    judge: (types) => {
      const claims = types.map((row): Claim => ({ ...row, source: row.sourcePath }));
      const { active, problems } = judgeClaims(claims, settings.builtIn);
      return { active: new Set(active.map((row) => typeRowKey(row.source, row.kind))), problems };
    },
    meta: { layout: CATALOG_LAYOUT, roots: settings.rootsFact },
  };
}

function bundleFolders({ internalFolder, roots }: RefreshSettings): string[] {
  return [...new Set(roots.map((root) => join(internalFolder, root.bundleFolder)))];
}

function absoluteBatches(
  { repositoryRoot }: RefreshSettings,
  store: ExtensionCatalogStore,
): string[] {
  return store.batches().map((batch) => sourcePath(repositoryRoot, batch));
}
