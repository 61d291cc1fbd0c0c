import type { Trace } from "../../domain/trace.ts";
import type { TrackedFile, TrackedStat } from "../persistence/extension_catalog_rows.ts";
import type { ExtensionCatalogStore } from "../persistence/extension_catalog_store.ts";
import { CATALOG_LAYOUT } from "../persistence/extension_catalog_schema.ts";
import { fileHash } from "./content_hash.ts";
import { discover } from "./discover.ts";
import { MISSING, settledStat, statOf, statText } from "./file_stat.ts";
import { packagesAreUnchanged } from "./package_units.ts";
import { type SourceKey, sourceKey, sourcePath } from "./source_key.ts";
import type { PackagePlaces } from "./packages/package_places.ts";
import type { SourceRoot } from "./source_roots.ts";

/**
 * Above this many local files a command that needs one type looks only at what can change that
 * type, so that its cost stays flat; below it, looking at all of them costs a few milliseconds.
 */
const LOOK_AT_EVERYTHING_BELOW = 2000;

/** Whether the catalog still says what the disk says. */
export interface Freshness {
  readonly fresh: boolean;
  /** Why not, for trace output. */
  readonly reason: string;
  /** Newer stat data of folders and files that are otherwise unchanged. */
  readonly folders: readonly TrackedStat[];
  readonly files: readonly TrackedFile[];
}

/** What freshness is asked of. */
export interface FreshnessQuestion {
  readonly store: ExtensionCatalogStore;
  readonly repositoryRoot: string;
  readonly roots: readonly SourceRoot[];
  readonly places: PackagePlaces;
  /** Value of the `roots` fact for the current settings. */
  readonly rootsFact: string;
  /** A normalised model type, when only this one is needed. */
  readonly onlyType?: string | undefined;
  readonly trace: Trace;
}

const stale = (reason: string): Freshness => ({ fresh: false, reason, folders: [], files: [] });

/**
 * Compares the catalog with the disk without locking or writing anything. A file whose stat data is
 * what the catalog recorded is not read; otherwise its content decides.
 */
export async function checkFreshness(question: FreshnessQuestion): Promise<Freshness> {
  const { store, repositoryRoot } = question;
  if (store.layout() !== CATALOG_LAYOUT) return stale("another layout");
  if (store.meta("roots") !== question.rootsFact) return stale("other source folders");
  if (store.brokenSources().some(({ transient }) => transient)) return stale("a failure to retry");
  const missing = store.batches().find((batch) =>
    statOf(sourcePath(repositoryRoot, batch)) === MISSING
  );
  if (missing !== undefined) return stale(`${missing} is gone`);
  if (!packagesAreUnchanged(question.places, store.packages())) {
    return stale("installed packages changed");
  }
  const folders = checkFolders(question);
  if (folders === undefined) return stale("files came or went");
  const files = await checkFiles(question);
  if (typeof files === "string") return stale(`${files} changed`);
  return { fresh: true, reason: "", folders, files };
}

/** Newer stat data of folders; `undefined` when a file came or went. */
function checkFolders(question: FreshnessQuestion): TrackedStat[] | undefined {
  const { store, repositoryRoot, roots } = question;
  const unchanged = store.folders().every(({ path, stat }) =>
    stat === statText(statOf(sourcePath(repositoryRoot, path)))
  );
  if (unchanged) return [];
  const observedAt = Date.now();
  const found = discover(repositoryRoot, roots);
  const known = store.governedSources();
  if (found.files.length !== known.size) return undefined;
  const same = found.files.every(({ key, configuration }) =>
    known.get(key) === (configuration && sourceKey(repositoryRoot, configuration))
  );
  if (!same || found.manifests.some((key) => store.hashOf(key) === undefined)) return undefined;
  return [...found.folders].map(([path, stat]) => ({
    path,
    stat: settledStat(stat, observedAt),
  }));
}

/** Newer stat data of files, or the name of one whose content changed. */
async function checkFiles(question: FreshnessQuestion): Promise<TrackedFile[] | string> {
  const newer: TrackedFile[] = [];
  for (const [key, known] of filesToLookAt(question) as Iterable<[SourceKey, string]>) {
    const path = sourcePath(question.repositoryRoot, key);
    const observedAt = Date.now();
    const stat = statOf(path);
    if (known === statText(stat)) continue;
    const hash = question.store.hashOf(key);
    if (hash === undefined || await fileHash(path) !== hash) return key;
    const settled = settledStat(stat, observedAt);
    if (settled !== known) newer.push({ path: key, stat: settled, hash });
  }
  return newer;
}

/** Path and stat data of each file to look at. */
function filesToLookAt({ store, onlyType }: FreshnessQuestion): Iterable<string[]> {
  if (onlyType === undefined || store.fileCount() <= LOOK_AT_EVERYTHING_BELOW) {
    return store.fileStats();
  }
  return store.fileStatsOf([
    ...store.activeTypes("model", onlyType).map((row) => row.sourcePath),
    ...store.extensionSources(),
    ...store.brokenSources().map((row) => row.sourcePath),
  ]);
}
