import type {
  CatalogEntry,
  CatalogField,
  CatalogRow,
  DataCatalog,
} from "../../../domain/data/data_catalog.ts";
import type { DamageReporter } from "../../../domain/repository/damage.ts";
import type { CatalogChange, IndexedEntry } from "../catalog_rows.ts";
import type { CatalogStore } from "../catalog_store.ts";
import { type CatalogFileOptions, inMemory, instead, openCatalogFile } from "./catalog_file.ts";
import { changesSince, type DataWalk, metadataStat, rereadNames } from "./catalog_changes.ts";
import { CONTENT_FILE } from "./data_folders.ts";

/** What {@linkcode createDataCatalog} works with. */
export interface DataCatalogOptions extends CatalogFileOptions {
  /** Told of damaged metadata. */
  readonly report: DamageReporter;
  /** Names of models by their ids, asked for only where data do not tell them. */
  readonly modelNames: () => Promise<ReadonlyMap<string, string>>;
  /** Milliseconds since the epoch; the system's clock unless told. */
  readonly now?: () => number;
}

/**
 * The data catalog in `data/_catalog.db`. Where that file cannot be read or written, the files of the
 * data are read instead, into a catalog in memory.
 */
export function createDataCatalog(options: DataCatalogOptions): DataCatalog {
  return new FileDataCatalog(options);
}

class FileDataCatalog implements DataCatalog {
  readonly #options: CatalogFileOptions;
  readonly #walk: DataWalk;
  #store: CatalogStore | undefined;

  constructor(options: DataCatalogOptions) {
    const { data, report, modelNames, now = Date.now } = options;
    let names: Promise<ReadonlyMap<string, string>> | undefined;
    this.#options = options;
    this.#walk = {
      data,
      report,
      now,
      modelName: async (id) => (await (names ??= modelNames())).get(id) ?? id,
    };
  }

  async refresh(): Promise<void> {
    const store = this.#store ??= openCatalogFile(this.#options);
    try {
      await this.#bringInStep(store);
    } catch (error) {
      await this.#replace(error);
    }
  }

  async rows(fields: Iterable<CatalogField>): Promise<readonly CatalogRow[]> {
    try {
      return this.#store?.rows(fields) ?? [];
    } catch (error) {
      await this.#replace(error);
      return this.#store!.rows(fields);
    }
  }

  async confirmed(rows: readonly CatalogRow[]): Promise<readonly CatalogEntry[] | undefined> {
    const entries: IndexedEntry[] = [];
    const doubtful: CatalogRow[] = [];
    for (const row of rows) {
      const entry = this.#entry(row);
      if (entry !== undefined) entries.push(entry);
      if (entry === undefined || !this.#isCurrent(entry)) doubtful.push(row);
    }
    if (doubtful.length === 0) return entries;
    const change = await rereadNames(doubtful, this.#walk);
    const known = new Set(entries.map(factsOf));
    this.#apply(change);
    const isAsBefore = change.gone.length === 0 && entries.length === rows.length &&
      change.entries.every((entry) => known.has(factsOf(entry)));
    return isAsBefore ? entries : undefined;
  }

  text(row: CatalogRow, limit: number): string | undefined {
    const { modelType, modelId, name, version, size = 0 } = row;
    if (size > limit) return undefined;
    const folder = `${this.#walk.data}/${modelType}/${modelId}/${name}/${version}`;
    try {
      return Deno.readTextFileSync(`${folder}/${CONTENT_FILE}`);
    } catch {
      // Whatever keeps it from being read, a query goes on without it.
      return undefined;
    }
  }

  [Symbol.dispose](): void {
    this.#store?.close();
    this.#store = undefined;
  }

  /** Goes on with another catalog in place of one that has failed. */
  async #replace(error: unknown): Promise<void> {
    this.#store?.close();
    this.#store = instead(this.#options, error);
    await this.#bringInStep(this.#store);
  }

  async #bringInStep(store: CatalogStore): Promise<void> {
    const change = await changesSince(store, this.#walk);
    if (change !== undefined) this.#apply(change);
  }

  /** Writes a change to the file, or, where it cannot be written, to a copy in memory. */
  #apply(change: CatalogChange): void {
    const store = this.#store!;
    try {
      store.apply(change);
    } catch (error) {
      const copy = inMemory(this.#options, error);
      copy.copyFrom(store);
      copy.apply(change);
      store.close();
      this.#store = copy;
    }
  }

  #entry(row: CatalogRow): IndexedEntry | undefined {
    try {
      return this.#store?.entry(row);
    } catch {
      // The file will tell.
      return undefined;
    }
  }

  #isCurrent(entry: IndexedEntry): boolean {
    return entry.metadataStat === metadataStat(this.#walk, entry, entry.version);
  }
}

/** Everything that an entry says of data, as one text. */
function factsOf({ metadataStat: _stat, ...facts }: IndexedEntry): string {
  return JSON.stringify(Object.entries(facts).sort());
}
