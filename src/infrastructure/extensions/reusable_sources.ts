/**
 * What of earlier builds can be used again.
 *
 * @module
 */
import { join } from "@std/path";
import type {
  IndexedSource,
  PackageRow,
  SourceRow,
} from "../persistence/extension_catalog_rows.ts";
import type { ExtensionCatalogStore } from "../persistence/extension_catalog_store.ts";
import type { DiscoveredFile } from "./discover.ts";
import { FileTable } from "./file_table.ts";
import { configurationKey, indexedSource } from "./indexed_source.ts";
import type { StoredBatch, StoredSource } from "./sidecar.ts";
import { type SourceKey, sourceKey } from "./source_key.ts";

/** A source as the catalog knows it. */
export type KnownSource = SourceRow & { readonly imports: readonly SourceKey[] };

/** What deciding needs to know of a refresh. */
export interface ReuseSettings {
  readonly repositoryRoot: string;
  /** Absolute path of the folder that holds the bundle folders. */
  readonly internalFolder: string;
  /** Whether broken sources are built again although nothing has changed. */
  readonly retryBroken?: boolean | undefined;
}

/**
 * What is known of files. Those of packages are looked at in a table of their own: a package is
 * tracked as a unit, so they do not get into the catalog.
 */
export interface Tables {
  readonly own: FileTable;
  readonly installed: FileTable;
}

/** Tables of a refresh: what the catalog knows is known of own files. */
export function openTables(
  { repositoryRoot }: ReuseSettings,
  store: ExtensionCatalogStore,
): Tables {
  return {
    own: new FileTable(repositoryRoot, store.files()),
    installed: new FileTable(repositoryRoot, []),
  };
}

/** The table that a source and its imports are looked up in. */
export function tableOf({ own, installed }: Tables, file: DiscoveredFile): FileTable {
  return file.package === "" ? own : installed;
}

/** Names of the packages that are what they were. */
export function unchangedUnits(
  before: readonly PackageRow[],
  now: readonly PackageRow[],
): ReadonlySet<string> {
  const stats = new Map(before.map(({ name, stat }) => [name, stat]));
  return new Set(now.filter(({ name, stat }) => stats.get(name) === stat).map(({ name }) => name));
}

/** The sources whose catalog row does not hold any more. */
export async function changedSources(
  settings: ReuseSettings,
  all: readonly DiscoveredFile[],
  { files, known, batches, units }: {
    readonly files: Tables;
    readonly known: ReadonlyMap<SourceKey, KnownSource>;
    readonly batches: readonly StoredBatch[];
    readonly units: ReadonlySet<string>;
  },
): Promise<DiscoveredFile[]> {
  const intact = new Set(batches.map(({ folder }) => sourceKey(settings.repositoryRoot, folder)));
  const changed: DiscoveredFile[] = [];
  for (const file of all) {
    const row = known.get(file.key);
    const usable = row !== undefined && intact.has(row.batch) && !isRetried(settings, row);
    const governed = configurationKey(settings.repositoryRoot, file) === row?.configuration;
    if (!usable || !governed || !await holds(file, row, files.own, units)) changed.push(file);
  }
  return changed;
}

function isRetried({ retryBroken }: ReuseSettings, { state }: { state: string }): boolean {
  return retryBroken === true && state === "broken";
}

/** Whether a source and everything that it imports are what they were when its row was made. */
async function holds(
  file: DiscoveredFile,
  row: KnownSource,
  files: FileTable,
  units: ReadonlySet<string>,
): Promise<boolean> {
  if (row.transient || row.rank !== file.rank || row.folder !== file.root.folder) return false;
  if (row.package !== file.package) return false;
  if (file.package !== "") return units.has(file.package) && hasItsBundle(file, row);
  for (const key of [file.key, ...row.imports]) {
    if ((await files.look(key)).hash !== files.knownHash(key)) return false;
  }
  return true;
}

/** Whether the bundle in a package's row is the shipped one exactly if there still is a shipped one. */
function hasItsBundle({ shipped }: DiscoveredFile, { batch, bundlePath }: KnownSource): boolean {
  return bundlePath === "" || bundlePath.startsWith(`${batch}/`) === (shipped === undefined);
}

/** What earlier builds left for the present content of sources. */
export async function adoptFromSidecars(
  settings: ReuseSettings,
  changed: readonly DiscoveredFile[],
  { files, batches }: {
    readonly files: Tables;
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
      if (source.configuration !== configurationKey(settings.repositoryRoot, file)) continue;
      if (await fits(source, tableOf(files, file))) {
        adopted.set(
          source.key,
          indexedSource(settings.repositoryRoot, file, batch.built(source), batch),
        );
      }
    }
  }
  return adopted;
}

function inBundleFolder(
  settings: ReuseSettings,
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
