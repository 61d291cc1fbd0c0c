/**
 * What has changed on disk since the data catalog was written.
 *
 * Publishing, removing and discarding a version change an entry of the name's folder, a new name one of
 * the model's folder, and so on up to the folder of all data: so it is enough to look at the stat of
 * every folder, and into those that have changed. A name whose newest version cannot be read, because
 * it is being written or is damaged, is looked into every time.
 *
 * Where there are many folders, those of names are only looked at when that of their model has changed:
 * the data store touches it with every write, and every lock of the model is made in it. What that
 * cannot see is a version that something else than swamp has put into the folder of a name.
 *
 * @module
 */
import type { CatalogEntry } from "../../../domain/data/data_catalog.ts";
import { messageOf } from "../../../domain/errors.ts";
import type { StoredData } from "../../../domain/data/data_store.ts";
import type { DamageReporter } from "../../../domain/repository/damage.ts";
import { MISSING, settledStat, statOf, statText, UNSETTLED } from "../../extensions/file_stat.ts";
import type { CatalogChange, DataKey, IndexedEntry, KnownFolder } from "../catalog_rows.ts";
import type { CatalogStore } from "../catalog_store.ts";
import { CONTENT_FILE, folderPlace, METADATA_FILE, versionsIn } from "./data_folders.ts";
import { keptContent } from "./kept_content.ts";
import { readVersion } from "./version_reader.ts";

/** So many names are read at a time; more only costs file handles. */
const READ_AT_ONCE = 16;

/** What looking for changes needs. */
export interface DataWalk {
  /** Absolute path of the folder of all data. */
  readonly data: string;
  /** Told of damaged metadata, and of folders that cannot be read. */
  readonly report: DamageReporter;
  /** Name of the model with an id, for data that do not tell it. */
  readonly modelName: (modelId: string) => Promise<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A name's folder that has to be read. */
interface NameToRead {
  readonly key: DataKey;
  readonly path: string;
}

/** Up to so many folders all of them are looked at every time. */
const ALWAYS_LOOKED_AT = 2000;

/** The folders that a catalog knows. */
export type KnownFolders = Pick<
  CatalogStore,
  "folderCount" | "folders" | "upperFolders" | "foldersOf"
>;

/** Whether every folder is looked at every time, since there are not many. */
export function looksAtAll(known: Pick<KnownFolders, "folderCount">): boolean {
  return known.folderCount() <= ALWAYS_LOOKED_AT;
}

/**
 * Compares what a catalog knows with the disk.
 *
 * @returns `undefined` when nothing has changed.
 */
export async function changesSince(
  known: KnownFolders,
  walk: DataWalk,
): Promise<CatalogChange | undefined> {
  const isChanged = ({ path, stat }: KnownFolder) =>
    statText(statOf(absolute(walk, path))) !== stat;
  const atAll = looksAtAll(known);
  const folders = atAll ? known.folders() : known.upperFolders();
  const changed = folders.filter(isChanged);
  const names = atAll ? [] : changed
    .filter(({ path }) => folderPlace(path)?.kind === "model")
    .flatMap(({ path }) => known.foldersOf(path));
  const paths = new Set([...folders, ...names].map(({ path }) => path));
  // The stat of this folder tells nothing: the catalog itself lies in it.
  const added = (foldersIn(walk.data, walk.report) ?? []).filter((name) =>
    !name.startsWith(".") && !paths.has(name)
  );
  if (changed.length === 0 && added.length === 0) return undefined;
  const search = new FolderSearch(walk, paths);
  const visited = new Set([
    ...added,
    ...[...changed, ...names.filter(isChanged)].map((one) => one.path),
  ]);
  for (const path of visited) search.visit(path);
  return await search.change();
}

/**
 * Reads some names again, whatever is known of their folders.
 *
 * @param keys of data whose metadata are not what the catalog says.
 */
export async function rereadNames(
  keys: readonly DataKey[],
  walk: DataWalk,
): Promise<CatalogChange> {
  const search = new FolderSearch(walk, new Set());
  for (const { modelType, modelId, name } of keys) search.visit(`${modelType}/${modelId}/${name}`);
  return await search.change();
}

/** Stat of the file that tells of a version, as one word. */
export function metadataStat(
  walk: Pick<DataWalk, "data">,
  { modelType, modelId, name }: DataKey,
  version: number,
): string {
  return statText(statOf(metadataPath(walk, `${modelType}/${modelId}/${name}`, version)));
}

/** Absolute path of the content of a version. */
export function contentPath(
  walk: Pick<DataWalk, "data">,
  { modelType, modelId, name }: DataKey,
  version: number,
): string {
  return `${absolute(walk, `${modelType}/${modelId}/${name}`)}/${version}/${CONTENT_FILE}`;
}

class FolderSearch {
  readonly #walk: DataWalk;
  readonly #known: ReadonlySet<string>;
  readonly #dropped: string[] = [];
  readonly #folders: KnownFolder[] = [];
  readonly #names: NameToRead[] = [];
  readonly #gone: DataKey[] = [];

  constructor(walk: DataWalk, known: ReadonlySet<string>) {
    this.#walk = walk;
    this.#known = known;
  }

  /** Looks at a folder that is new or has changed, and at all below it that nobody knows. */
  visit(path: string): void {
    const place = folderPlace(path);
    if (place === undefined) return;
    const key = place.kind === "name"
      ? { modelType: place.scope.type, modelId: place.scope.modelId, name: place.name }
      : undefined;
    const observedAt = this.#walk.now();
    const folder = absolute(this.#walk, path);
    const stat = statOf(folder);
    if (stat === MISSING) {
      this.#dropped.push(path);
      if (key !== undefined) this.#gone.push(key);
    } else if (key !== undefined) {
      this.#names.push({ key, path });
    } else {
      const below = foldersIn(folder, this.#walk.report);
      // One that cannot be read is tried again, and told of, every time.
      const settled = below === undefined ? UNSETTLED : settledStat(stat, observedAt);
      this.#folders.push({ path, model: "", stat: settled });
      for (const name of below ?? []) {
        if (!this.#known.has(`${path}/${name}`)) this.visit(`${path}/${name}`);
      }
    }
  }

  /** Reads the names that were met. */
  async change(): Promise<CatalogChange> {
    const folders = [...this.#folders];
    const gone = [...this.#gone];
    const entries: IndexedEntry[] = [];
    for (let start = 0; start < this.#names.length; start += READ_AT_ONCE) {
      const batch = this.#names.slice(start, start + READ_AT_ONCE);
      for (
        const { name, folder, entry } of await Promise.all(batch.map((one) => this.#read(one)))
      ) {
        folders.push(folder);
        if (entry === undefined) gone.push(name.key);
        else entries.push(entry);
      }
    }
    return { dropped: this.#dropped, folders, entries, gone };
  }

  async #read(name: NameToRead) {
    const { key: { modelType: type, modelId }, path } = name;
    const folder = absolute(this.#walk, path);
    const observedAt = this.#walk.now();
    let settled = settledStat(statOf(folder), observedAt);
    const versions = await versionsIn(folder, (unreadable) => {
      settled = UNSETTLED;
      this.#walk.report(unreadable);
    });
    const place = { scope: { type, modelId }, name: name.key.name, folder };
    const known = (stat: string): KnownFolder => ({ path, model: `${type}/${modelId}`, stat });
    for (const version of versions.toReversed()) {
      const metadata = statOf(metadataPath(this.#walk, path, version));
      const stored = await readVersion(place, version, this.#walk.report);
      if (stored === undefined) continue;
      const entry = {
        ...await this.#entry(name.key, stored),
        metadataStat: settledStat(metadata, observedAt),
        ...await keptContent(stored, observedAt),
      };
      return { name, folder: known(version === versions.at(-1) ? settled : UNSETTLED), entry };
    }
    return { name, folder: known(versions.length === 0 ? settled : UNSETTLED) };
  }

  async #entry(key: DataKey, { metadata }: StoredData): Promise<CatalogEntry> {
    const { version, id, createdAt, contentType, lifetime, streaming, size = 0, tags } = metadata;
    return {
      ...key,
      ...{ version, id, createdAt, contentType, lifetime, streaming, size, tags },
      modelName: tags.modelName ?? await this.#walk.modelName(key.modelId),
      specName: tags.specName ?? "",
      dataType: tags.type ?? "",
      lifecycle: metadata.lifecycle ?? "active",
      renamedTo: metadata.renamedTo ?? "",
      ownerType: metadata.ownerDefinition.ownerType,
    };
  }
}

function absolute({ data }: Pick<DataWalk, "data">, path: string): string {
  return `${data}/${path}`;
}

function metadataPath(walk: Pick<DataWalk, "data">, path: string, version: number): string {
  return `${absolute(walk, path)}/${version}/${METADATA_FILE}`;
}

/** The folders in a folder; `undefined` when it cannot be read. */
function foldersIn(folder: string, report: DamageReporter): string[] | undefined {
  try {
    return [...Deno.readDirSync(folder)].filter((entry) => entry.isDirectory)
      .map((entry) => entry.name);
  } catch (error) {
    // Somebody else has just removed it.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    report({ path: folder, reason: messageOf(error) });
    return undefined;
  }
}
