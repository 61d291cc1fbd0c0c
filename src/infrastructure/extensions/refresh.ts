import { join } from "@std/path";
import { type Claim, judgeClaims } from "../../domain/extensions/claims.ts";
import type { ExtensionKind } from "../../domain/extensions/kinds.ts";
import type { RefreshWork } from "../../domain/extensions/refresh_report.ts";
import type { ProgressDisplay } from "../../domain/progress.ts";
import { timed, type Trace } from "../../domain/trace.ts";
import type { IndexedSource, SourceRow } from "../persistence/extension_catalog_rows.ts";
import { CATALOG_LAYOUT } from "../persistence/extension_catalog_schema.ts";
import { type CatalogChange, typeRowKey } from "../persistence/extension_catalog_change.ts";
import type { ExtensionCatalogStore } from "../persistence/extension_catalog_store.ts";
import { BATCH_LIMIT, groupSources } from "./build_groups.ts";
import { removeUnfinished, removeUnusedBatches } from "./bundle_housekeeping.ts";
import { discover, type DiscoveredFile, type Discovery } from "./discover.ts";
import { settledStat } from "./file_stat.ts";
import { FileTable } from "./file_table.ts";
import type { IndexWorkerSettings } from "./index_process.ts";
import { type BuiltSource, readBatches, type StoredBatch, type StoredSource } from "./sidecar.ts";
import { type SourceKey, sourceKey, sourcePath } from "./source_key.ts";
import type { SourceRoot } from "./source_roots.ts";

/** Everything that a refresh works with. */
export interface RefreshSettings {
  readonly repositoryRoot: string;
  /** Absolute path of the folder that holds the catalog and the bundle folders. */
  readonly internalFolder: string;
  readonly roots: readonly SourceRoot[];
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

/** With this many batch folders more than are needed, everything is built anew. */
const SPARE_BATCHES = 8;

type KnownSource = SourceRow & { readonly imports: readonly SourceKey[] };

/**
 * Brings the catalog up to date with the disk. The caller holds the build lock.
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
    () => discover(repositoryRoot, settings.roots),
    ({ files }) => `${files.length} files`,
  );
  const files = new FileTable(repositoryRoot, store.files());
  const known = new Map(store.sources().map((row) => [row.sourcePath, row]));
  for (const folder of bundleFolders(settings)) removeUnfinished(folder);
  const batches = bundleFolders(settings).flatMap(readBatches);
  const changed = await changedSources(settings, found, { files, known, batches });
  const adopted = await adoptFromSidecars(settings, changed, { files, batches });
  const toBuild = changed.filter(({ key }) => !adopted.has(key));
  const repacked = repack(settings, found, known, toBuild);
  const built = await buildAll(settings, repacked, files);
  const change = await catalogChange(settings, { found, files, known, observedAt }, [
    ...adopted.values(),
    ...built,
  ]);
  await timed(trace, "commit", () => store.commit(change));
  removeUnusedBatches(bundleFolders(settings), new Set(absoluteBatches(settings, store)));
  return { built: built.length, adopted: adopted.size, removed: change.removed.length };
}

/** The sources whose catalog row does not hold any more. */
async function changedSources(
  settings: RefreshSettings,
  found: Discovery,
  { files, known, batches }: {
    readonly files: FileTable;
    readonly known: ReadonlyMap<SourceKey, KnownSource>;
    readonly batches: readonly StoredBatch[];
  },
): Promise<DiscoveredFile[]> {
  const intact = new Set(batches.map(({ folder }) => sourceKey(settings.repositoryRoot, folder)));
  const changed: DiscoveredFile[] = [];
  for (const file of found.files) {
    const row = known.get(file.key);
    const usable = row !== undefined && intact.has(row.batch) && !isRetried(settings, row);
    const governed = configurationKey(settings, file) === row?.configuration;
    if (!usable || !governed || !await holds(file, row, files)) changed.push(file);
  }
  return changed;
}

function isRetried({ retryBroken }: RefreshSettings, { state }: { state: string }): boolean {
  return retryBroken === true && state === "broken";
}

function configurationKey({ repositoryRoot }: RefreshSettings, file: DiscoveredFile): string {
  return file.configuration === "" ? "" : sourceKey(repositoryRoot, file.configuration);
}

/** Whether a source and everything that it imports are what they were when its row was made. */
async function holds(file: DiscoveredFile, row: KnownSource, files: FileTable): Promise<boolean> {
  if (row.transient || row.rank !== file.rank || row.folder !== file.root.folder) return false;
  for (const key of [file.key, ...row.imports]) {
    if ((await files.look(key)).hash !== files.knownHash(key)) return false;
  }
  return true;
}

/** What earlier builds left for the present content of sources. */
async function adoptFromSidecars(
  settings: RefreshSettings,
  changed: readonly DiscoveredFile[],
  { files, batches }: {
    readonly files: FileTable;
    readonly batches: readonly StoredBatch[];
  },
): Promise<Map<SourceKey, IndexedSource>> {
  const adopted = new Map<SourceKey, IndexedSource>();
  if (changed.length === 0) return adopted;
  const wanted = new Map(changed.map((file) => [file.key, file]));
  for (const batch of batches) {
    for (const source of batch.sources) {
      const file = wanted.get(source.key);
      if (file === undefined || adopted.has(source.key) || isRetried(settings, source)) continue;
      if (!inBundleFolder(settings, batch, file)) continue;
      if (source.configuration !== configurationKey(settings, file)) continue;
      if (await fits(source, files)) {
        adopted.set(source.key, indexedSource(settings, file, batch.built(source), batch.folder));
      }
    }
  }
  return adopted;
}

function inBundleFolder(
  settings: RefreshSettings,
  batch: StoredBatch,
  { root }: DiscoveredFile,
): boolean {
  return batch.folder.startsWith(join(settings.internalFolder, root.bundleFolder) + "/");
}

/** Whether a source was built from what it, its imports and its configuration are now. */
async function fits(source: StoredSource, files: FileTable): Promise<boolean> {
  if (source.transient) return false;
  for (const { key, hash } of [source, ...source.imports]) {
    if ((await files.look(key)).hash !== hash) return false;
  }
  return true;
}

/** What is to be built: the changed sources, or all of them when too many batches have piled up. */
function repack(
  settings: RefreshSettings,
  found: Discovery,
  known: ReadonlyMap<SourceKey, KnownSource>,
  toBuild: readonly DiscoveredFile[],
): readonly DiscoveredFile[] {
  const batches = new Set([...known.values()].map(({ batch }) => batch));
  const needed = Math.ceil(found.files.length / BATCH_LIMIT);
  if (toBuild.length === 0 || batches.size <= needed + SPARE_BATCHES) return toBuild;
  settings.trace("repack", 0, `${batches.size} batches`);
  return found.files;
}

async function buildAll(
  settings: RefreshSettings,
  toBuild: readonly DiscoveredFile[],
  files: FileTable,
): Promise<IndexedSource[]> {
  if (toBuild.length === 0) return [];
  settings.building(toBuild.length);
  settings.trace("building", 0, String(toBuild.length));
  // Building needs zod and a lexer; a catalog that is made from sidecars does not.
  const [worker, { buildBatch }] = await Promise.all([settings.worker(), import("./build.ts")]);
  const { repositoryRoot, trace, progress } = settings;
  const built: IndexedSource[] = [];
  for (const group of groupSources({ ...settings, deno: worker.deno }, toBuild)) {
    const batch = await buildBatch({ repositoryRoot, files, worker, trace, progress }, group);
    const fileOf = new Map(group.sources.map((file) => [file.key, file]));
    built.push(
      ...batch.sources.map((source) =>
        indexedSource(settings, fileOf.get(source.key)!, source, batch.folder)
      ),
    );
  }
  return built;
}

function indexedSource(
  settings: RefreshSettings,
  file: DiscoveredFile,
  source: BuiltSource,
  batchFolder: string,
): IndexedSource {
  const { repositoryRoot } = settings;
  const { key, state, bundle, error, transient, claims } = source;
  return {
    source: {
      sourcePath: key,
      rank: file.rank,
      folder: file.root.folder,
      configuration: configurationKey(settings, file),
      state,
      batch: sourceKey(repositoryRoot, batchFolder),
      bundlePath: bundle === "" ? "" : sourceKey(repositoryRoot, join(batchFolder, bundle)),
      error,
      transient,
      claims,
    },
    imports: source.imports.map((imported) => imported.key),
    types: source.contributions.map((contribution) => ({ sourcePath: key, ...contribution })),
  };
}

async function catalogChange(
  settings: RefreshSettings,
  disk: {
    readonly found: Discovery;
    readonly files: FileTable;
    readonly known: ReadonlyMap<SourceKey, KnownSource>;
    readonly observedAt: number;
  },
  indexed: readonly IndexedSource[],
): Promise<CatalogChange> {
  const present = new Set(disk.found.files.map(({ key }) => key));
  return {
    folders: [...disk.found.folders].map(([path, stat]) => ({
      path,
      stat: settledStat(stat, disk.observedAt),
    })),
    files: await disk.files.tracked(),
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
