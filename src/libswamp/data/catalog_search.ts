/**
 * Finds records in the data catalog, so that the answer is true of the files at this moment.
 *
 * @module
 */
import type {
  CatalogEntry,
  CatalogField,
  CatalogRow,
  DataCatalog,
} from "../../domain/data/data_catalog.ts";
import {
  notBoolean,
  type RecordField,
  type RecordFields,
  type RecordQuery,
} from "../../domain/expressions/record_query.ts";
import { type AttributesFilter, CatalogRecord } from "./catalog_record.ts";
import type { DataRecord } from "./data_record.ts";

/** So many matches are looked at on disk, whether they are shown or not. */
const CONFIRMED_MATCHES = 200;

/** So often a search starts anew when data change under it. */
const MOST_ATTEMPTS = 5;

/** What to look for. */
export interface CatalogSearch {
  readonly query: RecordQuery;
  /** At most so many results. */
  readonly limit: number;
  /** Deleted data too; they also count when the predicate asks for their lifecycle. */
  readonly all: boolean;
  /** Has the last word on attributes before anything sees them. */
  readonly attributes?: AttributesFilter | undefined;
  /** Whether results have attributes and content; where the query mentions them unless told. */
  readonly withContent?: boolean;
  /** Largest content in bytes that a result has. */
  readonly contentLimit?: number;
}

/** What was found. */
export interface CatalogFindings {
  /** {@linkcode QueriedRecord}s, or what the selection made of them; sorted by model and name. */
  readonly results: readonly unknown[];
  /** Number of matches before the limit. */
  readonly total: number;
  /** Number of deleted matches that are left out. */
  readonly hidden: number;
}

/** A record as a result. */
export interface QueriedRecord extends DataRecord {
  /** Present when the name leads to another one. */
  readonly renamedTo?: string;
}

/**
 * The records of the latest data of all models that a query is about.
 *
 * @throws {UserError} `invalid_query` when the predicate is no boolean for any record.
 */
export async function searchCatalog(
  catalog: DataCatalog,
  search: CatalogSearch,
): Promise<CatalogFindings> {
  await catalog.refresh();
  return await new Search(catalog, search).findings();
}

interface Matches {
  readonly shown: readonly CatalogRow[];
  readonly hidden: number;
}

class Search {
  readonly #catalog: DataCatalog;
  readonly #search: CatalogSearch;

  constructor(catalog: DataCatalog, search: CatalogSearch) {
    this.#catalog = catalog;
    this.#search = search;
  }

  async findings(): Promise<CatalogFindings> {
    const { limit } = this.#search;
    const { matches: { shown, hidden }, entries } = await this.#confirmedMatches();
    const results: unknown[] = [];
    for (const entry of entries.slice(0, limit)) results.push(await this.#result(entry));
    return { results, total: shown.length, hidden };
  }

  /** Matches whose files have just been seen to say so. */
  async #confirmedMatches() {
    const { limit } = this.#search;
    for (let attempt = 1;; attempt++) {
      const matches = await this.#matches();
      const rows = matches.shown.slice(0, Math.max(limit, CONFIRMED_MATCHES));
      const entries = await this.#catalog.confirmed(rows) ?? [];
      const isTrue = entries.length === rows.length && await this.#allMatch(entries);
      if (isTrue || attempt >= MOST_ATTEMPTS) return { matches, entries };
    }
  }

  async #matches(): Promise<Matches> {
    const { query } = this.#search;
    const fields = ["lifecycle", ...neededFields(query)] as const;
    const rows = await this.#catalog.rows(fields, query.equalities);
    const matching: CatalogRow[] = [];
    let booleans = 0;
    let other: unknown;
    for (const row of rows) {
      const record = this.#seen(row);
      let value = query.predicate(record);
      if (isWaiting(record)) {
        await record.wait();
        value = query.predicate(record);
      }
      if (value === true) matching.push(row);
      if (typeof value === "boolean") booleans++;
      else other ??= value;
    }
    if (booleans === 0 && other !== undefined) throw notBoolean(kindOf(other));
    const all = this.#search.all || query.fields.has("lifecycle") || query.fields.has("renamedTo");
    const shown = all ? matching : matching.filter(({ lifecycle }) => lifecycle === "active");
    return { shown, hidden: matching.length - shown.length };
  }

  async #allMatch(entries: readonly CatalogEntry[]): Promise<boolean> {
    for (const entry of entries) {
      const record = this.#seen(entry);
      const value = await answered(record, () => this.#search.query.predicate(record));
      if (value !== true) return false;
    }
    return true;
  }

  async #result(entry: CatalogEntry): Promise<unknown> {
    const { query, withContent } = this.#search;
    const { select, fields } = query;
    if (select !== undefined) {
      const record = this.#seen(entry);
      return await answered(record, () => select(record));
    }
    const record = this.#record(entry);
    const has = (field: RecordField) => withContent ?? fields.has(field);
    const { id, name, version, createdAt, tags, modelName, modelType, specName, dataType } = entry;
    const { contentType, lifetime, lifecycle, renamedTo, ownerType, streaming, size } = entry;
    const result: QueriedRecord = {
      ...{ id, name, version, createdAt },
      attributes: has("attributes") ? await answered(record, () => record.attributes) : {},
      ...{ tags, modelName, modelType, specName, dataType, contentType, lifetime, lifecycle },
      ...(renamedTo === "" ? {} : { renamedTo }),
      ...{ ownerType, streaming, size },
      content: has("content") ? record.content : "",
    };
    return result;
  }

  /** A row as predicate and selection see it. */
  #seen(row: CatalogRow): RecordFields {
    return usesContent(this.#search.query) ? this.#record(row) : row;
  }

  #record(row: CatalogRow): CatalogRecord {
    const { attributes, contentLimit } = this.#search;
    return new CatalogRecord(row, { catalog: this.#catalog, attributes, contentLimit });
  }
}

/** What `ask` says of a record once everything is there that it looks at. */
async function answered<T>(record: RecordFields, ask: () => T): Promise<T> {
  const answer = ask();
  if (!isWaiting(record)) return answer;
  await record.wait();
  return ask();
}

function isWaiting(record: RecordFields): record is CatalogRecord {
  return record instanceof CatalogRecord && record.isWaiting;
}

/** What the catalog must give so that a predicate can be evaluated. */
function neededFields({ fields }: RecordQuery): (CatalogField | "content")[] {
  const needed = [...fields].filter((field) => field !== "attributes" && field !== "content");
  return usesContent({ fields }) ? [...needed, "contentType", "content"] : needed;
}

function usesContent({ fields }: Pick<RecordQuery, "fields">): boolean {
  return fields.has("attributes") || fields.has("content");
}

function kindOf(value: unknown): string {
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "a map";
  return typeof value === "string" ? "a text" : "a number";
}
