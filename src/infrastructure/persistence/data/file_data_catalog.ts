import type {
  CatalogEntry,
  CatalogField,
  CatalogRow,
  DataCatalog,
  FieldEquality,
} from "../../../domain/data/data_catalog.ts";
import type { DamageReporter } from "../../../domain/repository/damage.ts";
import { statOf, statText } from "../../extensions/file_stat.ts";
import type { CatalogChange, IndexedEntry, IndexedField, IndexedRow } from "../catalog_rows.ts";
import type { CatalogStore } from "../catalog_store.ts";
import {
  type CatalogFileOptions,
  hasCatalogFile,
  inMemory,
  instead,
  openCatalogFile,
} from "./catalog_file.ts";
import {
  changesSince,
  contentPath,
  type DataWalk,
  looksAtAll,
  metadataStat,
  rereadNames,
} from "./catalog_changes.ts";

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
 * The data catalog in its file. Where that cannot be read or written, the files of the
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

  async forgetRemoved(): Promise<void> {
    if (hasCatalogFile(this.#options)) await this.refresh();
  }

  async rows(
    fields: Iterable<CatalogField | "content">,
    equalities: readonly FieldEquality[] = [],
  ): Promise<readonly CatalogRow[]> {
    const wanted = [...fields].flatMap((field): IndexedField[] =>
      field === "content" ? this.#contentFields() : [field]
    );
    try {
      return this.#store?.rows(wanted, equalities) ?? [];
    } catch (error) {
      await this.#replace(error);
      return this.#store!.rows(wanted, equalities);
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
    const kept = this.#keptText(row);
    if (kept !== undefined) return kept;
    const { version, size = 0 } = row.version === undefined ? this.#entry(row) ?? row : row;
    if (version === undefined || size > limit) return undefined;
    try {
      return Deno.readTextFileSync(contentPath(this.#walk, row, version));
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

  /** Content that the catalog keeps. As with folders, where there are few every file is looked at. */
  #keptText(row: IndexedRow): string | undefined {
    const { keptContent } = row;
    if (keptContent === undefined || keptContent === null) return undefined;
    const { contentStat, version } = row;
    if (contentStat === undefined || version === undefined) return keptContent;
    return this.#hasItsContent(row, version) ? keptContent : undefined;
  }

  /** Where there are few files, it is also asked for what tells whether they are still the same. */
  #contentFields(): IndexedField[] {
    const looksAtContent = this.#store !== undefined && looksAtAll(this.#store);
    return looksAtContent ? ["keptContent", "contentStat", "version"] : ["keptContent"];
  }

  #isCurrent(entry: IndexedEntry): boolean {
    const { metadataStat: stat, version, keptContent } = entry;
    return stat === metadataStat(this.#walk, entry, version) &&
      (keptContent === null || this.#hasItsContent(entry, version));
  }

  /** Whether the file of the content is the one that the catalog's was read from. */
  #hasItsContent(row: IndexedRow, version: number): boolean {
    return row.contentStat === statText(statOf(contentPath(this.#walk, row, version)));
  }
}

/** Everything that an entry says of data, as one text. */
function factsOf({ metadataStat: _stat, contentStat: _also, ...facts }: IndexedEntry): string {
  return JSON.stringify(Object.entries(facts).sort());
}
