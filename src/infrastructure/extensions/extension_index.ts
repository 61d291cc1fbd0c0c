import { dirname, join } from "@std/path";
import { messageOf } from "../../domain/errors.ts";
import type { ExtensionKind } from "../../domain/extensions/kinds.ts";
import type { RefreshReport } from "../../domain/extensions/refresh_report.ts";
import type { ProgressDisplay } from "../../domain/progress.ts";
import type { RepositorySettings } from "../../domain/repository/settings.ts";
import { timed, type Trace } from "../../domain/trace.ts";
import { CATALOG_LAYOUT } from "../persistence/extension_catalog_schema.ts";
import { DRAFT, ExtensionCatalogDraft } from "../persistence/extension_catalog_draft.ts";
import { ExtensionCatalogStore } from "../persistence/extension_catalog_store.ts";
import { takeBuildLock, tryBuildLock } from "./build_lock.ts";
import { MISSING, statOf, statText } from "./file_stat.ts";
import { checkFreshness, type Freshness } from "./freshness.ts";
import type { IndexWorkerSettings } from "./index_worker_process.ts";
import { isLocked, isUnusable, lockTimeout, notWritable } from "./obstacle.ts";
import type { PackagePlaces } from "./packages/package_places.ts";
import { hasUnfinishedChange } from "./packages/package_stats.ts";
import type { RefreshSettings } from "./refresh.ts";
import { sourceKey } from "./source_key.ts";
import { type SourceRoot, type SourceRoots, sourceRoots } from "./source_roots.ts";

/** What opening the extension index needs from outside. */
export interface IndexSettings {
  /** Absolute path of the repository. */
  readonly repositoryRoot: string;
  readonly settings: RepositorySettings;
  readonly variable: (name: string) => string | undefined;
  readonly builtIn: (kind: ExtensionKind, type: string) => boolean;
  readonly worker: () => Promise<Omit<IndexWorkerSettings, "readable">>;
  /** One line for the user, on stderr: something was repaired. */
  readonly warn: (message: string) => void;
  /** One line for the user, on stderr: what takes so long. */
  readonly notice: (message: string) => void;
  readonly trace: Trace;
  /** Told what a refresh is about to do, and what it did. */
  readonly report?: ((report: RefreshReport) => void) | undefined;
  /** Called when a refresh begins; what it gives is disposed of when the refresh ends. */
  readonly progress?: (() => ProgressDisplay) | undefined;
}

/** Name of the catalog's file. */
export const CATALOG_FILE = "_extension_catalog.db";
/** Follows the catalog's name in that of a damaged one that is kept. */
const DAMAGED = ".bad-";
/** Name of the file that builders lock. */
export const LOCK_FILE = "_extension_build.lock";

/** How thoroughly the catalog is compared with the disk. */
export interface OpenOptions {
  /** A normalised model type, when the command needs just this one. */
  readonly onlyType?: string | undefined;
  /** Whether to look for every single bundle, because one was found missing. */
  readonly checkBundles?: boolean | undefined;
  /** Whether to build broken sources again although nothing has changed. */
  readonly retryBroken?: boolean | undefined;
}

/**
 * Opens the extension catalog of a repository, brought up to date with the disk. When nothing has
 * changed it is only read: no lock, no write.
 *
 * A catalog that is damaged or of another layout is set aside and made again. Where the repository
 * cannot be written to, catalog and bundles live in a temporary folder instead.
 */
export async function openExtensionIndex(
  index: IndexSettings,
  options: OpenOptions = {},
): Promise<ExtensionCatalogStore> {
  const internal = join(index.repositoryRoot, ".swamp");
  const { missing, ...rooted } = withRoots(index);
  for (const place of missing) {
    index.warn(`The extension source ${place} does not exist: see extensionSources in .swamp.yaml`);
  }
  try {
    return await openIn(rooted, internal, options);
  } catch (thrown) {
    if (isLocked(thrown)) throw lockTimeout(internal);
    if (!isUnusable(thrown)) throw thrown;
    return await openElsewhere(rooted, internal, options);
  }
}

/** Settings, and the source folders that they name. */
type RootedSettings = IndexSettings & Pick<SourceRoots, "roots">;

function withRoots(index: IndexSettings): IndexSettings & SourceRoots {
  return { ...index, ...sourceRoots(index.repositoryRoot, index.settings, index.variable) };
}

async function openElsewhere(
  index: RootedSettings,
  internal: string,
  options: OpenOptions,
): Promise<ExtensionCatalogStore> {
  const temporary = await temporaryFolder(internal);
  try {
    Deno.mkdirSync(temporary, { recursive: true, mode: 0o700 });
    return await openIn(index, temporary, options);
  } catch (thrown) {
    throw isUnusable(thrown) ? notWritable([internal, temporary], thrown) : thrown;
  }
}

async function openIn(
  index: RootedSettings,
  internalFolder: string,
  options: OpenOptions,
): Promise<ExtensionCatalogStore> {
  const refresh = refreshSettings(index, internalFolder);
  const path = join(internalFolder, CATALOG_FILE);
  const opened = await openFresh(index, refresh, path, options);
  if ("store" in opened) return opened.store;
  index.trace("stale", 0, opened.reason);
  using _lock = await takeBuildLock(
    join(internalFolder, LOCK_FILE),
    () => index.notice("waiting for another swamp process that is indexing extensions …"),
  );
  if (hasUnfinishedChange(refresh.places)) {
    const { recoverPackages } = await import("./packages/package_change.ts");
    await recoverPackages(refresh.places);
  }
  return await refreshUnderLock(index, refresh, path, options);
}

/**
 * Brings the catalog up to date for somebody who holds the build lock and is about to change, or has
 * changed, installed packages.
 */
export async function refreshIndex(index: IndexSettings): Promise<void> {
  const internalFolder = join(index.repositoryRoot, ".swamp");
  const path = join(internalFolder, CATALOG_FILE);
  const options = { retryBroken: false, lookAtAll: true };
  const refresh = refreshSettings(withRoots(index), internalFolder);
  (await refreshUnderLock(index, refresh, path, options)).close();
}

async function refreshUnderLock(
  index: IndexSettings,
  refresh: RefreshSettings,
  path: string,
  { checkBundles, retryBroken, lookAtAll = false }: OpenOptions & { lookAtAll?: boolean },
): Promise<ExtensionCatalogStore> {
  const thoroughly = { checkBundles: checkBundles || lookAtAll, retryBroken };
  const again = await openFresh(index, refresh, path, thoroughly);
  if ("store" in again) return again.store;
  removeBeside(path, DRAFT);
  using draft = beginDraft(index, path, again.damage);
  const { refreshCatalog, tidyBundles } = await import("./refresh.ts");
  const start = performance.now();
  using progress = index.progress?.();
  const work = await refreshCatalog({ ...refresh, progress, retryBroken }, draft.store);
  draft.publish();
  const store = ExtensionCatalogStore.open(path);
  tidyBundles(refresh, store);
  index.report?.({ state: "done", ...work, milliseconds: performance.now() - start });
  return store;
}

type Opened =
  | { readonly store: ExtensionCatalogStore }
  | { readonly reason: string; readonly damage?: string };

/** Opens the catalog if it is there, sound and up to date. */
async function openFresh(
  index: IndexSettings,
  refresh: RefreshSettings,
  path: string,
  { onlyType, checkBundles = false, retryBroken = false }: OpenOptions,
): Promise<Opened> {
  if (statOf(path) === MISSING) return { reason: "no catalog" };
  const identity = statText(statOf(path));
  let store: ExtensionCatalogStore | undefined;
  try {
    store = ExtensionCatalogStore.open(path);
    const question = { ...refresh, store, onlyType };
    const freshness = await timed(index.trace, "freshness", () => checkFreshness(question));
    if (freshness.fresh && !checkBundles && !retryBroken) {
      settle(path, identity, freshness);
      return { store };
    }
    store.close();
    return { reason: freshness.fresh ? "asked to look at everything" : freshness.reason };
  } catch (thrown) {
    store?.close();
    if (isLocked(thrown)) throw thrown;
    return { reason: "the catalog cannot be read", damage: messageOf(thrown) };
  }
}

/**
 * Notes newer stat data, unless somebody is building or has replaced the catalog meanwhile. Whether
 * that succeeds is of no consequence to this command.
 */
function settle(path: string, identity: string, { folders, files }: Freshness): void {
  if (folders.length === 0 && files.length === 0) return;
  try {
    using lock = tryBuildLock(join(dirname(path), LOCK_FILE));
    if (lock === undefined || statText(statOf(path)) !== identity) return;
    using draft = ExtensionCatalogDraft.copyOf(path);
    draft.store.settle(folders, files);
    draft.publish();
  } catch {
    // A folder that cannot be written to, for example: the next command looks again.
  }
}

/** What becomes the next catalog: a copy of the present one, or an empty one if that is of no use. */
function beginDraft(
  index: IndexSettings,
  path: string,
  damage: string | undefined,
): ExtensionCatalogDraft {
  if (damage !== undefined) setAside(index, path, damage);
  const isUsable = damage === undefined && layoutOf(path) === CATALOG_LAYOUT;
  return isUsable ? ExtensionCatalogDraft.copyOf(path) : ExtensionCatalogDraft.empty(path);
}

function layoutOf(path: string): string | undefined {
  if (statOf(path) === MISSING) return undefined;
  using store = ExtensionCatalogStore.open(path);
  return store.layout();
}

/** Keeps a damaged catalog, the last one only, for whoever wants to know. */
function setAside(index: IndexSettings, path: string, damage: string): void {
  removeBeside(path, DAMAGED);
  const aside = `${path}${DAMAGED}${new Date().toISOString().replaceAll(/[:.]/g, "-")}`;
  Deno.renameSync(path, aside);
  index.warn(
    `The extension catalog could not be read (${damage}) and is made again; ` +
      `the damaged file was kept as ${aside}`,
  );
  for (const leftover of [`${path}-journal`, `${path}-wal`, `${path}-shm`]) {
    if (statOf(leftover) !== MISSING) Deno.removeSync(leftover, { recursive: true });
  }
}

/** Removes everything whose name is the catalog's and goes on with `mark`. */
function removeBeside(path: string, mark: string): void {
  for (const { name } of Deno.readDirSync(dirname(path))) {
    if (!name.startsWith(`${CATALOG_FILE}${mark}`)) continue;
    Deno.removeSync(join(dirname(path), name), { recursive: true });
  }
}

function refreshSettings(index: RootedSettings, internalFolder: string): RefreshSettings {
  const { repositoryRoot, roots, builtIn, worker, trace, report } = index;
  return {
    repositoryRoot,
    internalFolder,
    roots,
    places: packagePlaces(repositoryRoot, roots),
    rootsFact: rootsFact(repositoryRoot, roots),
    builtIn,
    worker,
    trace,
    building: (sources) => report?.({ state: "building", sources }),
  };
}

/** Where installed packages are: the first folder of models has their lock file. */
export function packagePlaces(
  repositoryRoot: string,
  roots: readonly SourceRoot[],
): PackagePlaces {
  const modelsFolder = roots.find(({ folder }) => folder === "models")!.path;
  return { repositoryRoot, modelsFolder };
}

/** What the catalog notes of the source folders, to tell when others are configured. */
export function rootsFact(repositoryRoot: string, roots: readonly SourceRoot[]): string {
  return JSON.stringify(roots.map(({ folder, path }) => [folder, sourceKey(repositoryRoot, path)]));
}

/**
 * The folder in place of `.swamp` for a repository that cannot be written to, the same for every
 * command on it.
 */
export async function temporaryFolder(internal: string): Promise<string> {
  const { contentHash } = await import("./content_hash.ts");
  const identity = (await contentHash(`${Deno.uid() ?? ""}:${internal}`)).slice(0, 16);
  const base = Deno.env.get("TMPDIR") || Deno.env.get("TEMP") || "/tmp";
  return join(base, `swamp-read-only-${identity}`);
}
