import type {
  CatalogEntry,
  CatalogField,
  CatalogRow,
  DataCatalog,
} from "../../domain/data/data_catalog.ts";
import {
  notBoolean,
  readRecordQuery,
  type RecordFields,
  type RecordQuery,
} from "../../domain/expressions/record_query.ts";
import { CatalogRecord } from "./catalog_record.ts";
import type { DataRecord } from "./data_record.ts";

/** So many matches are looked at on disk, whether they are shown or not. */
const CONFIRMED_MATCHES = 200;

/** So often a query starts anew when data change under it. */
const MOST_ATTEMPTS = 5;

/** Which data are wanted, and what of them. */
export interface QueryDataRequest {
  /** CEL over the fields of a record, true for those that are wanted. */
  readonly predicate: string;
  /** CEL that makes a result of a record; the record itself unless told. */
  readonly select?: string | undefined;
  /** At most so many results. */
  readonly limit: number;
  /** Deleted data too; they also count when the predicate asks for their lifecycle. */
  readonly all: boolean;
}

/** A record as a result. */
export interface QueriedRecord extends DataRecord {
  /** Present when the name leads to another one. */
  readonly renamedTo?: string;
}

/** JSON document of `data query` (contract: cli-core 9.4). */
export interface DataQueryDocument {
  /** Absent where `select` was given. */
  readonly predicate?: string;
  /** Records, or what `select` made of them; sorted by model and name. */
  readonly results: readonly unknown[];
  /** Number of matches before the limit. */
  readonly total: number;
  /** Whether there are more matches than results. */
  readonly limited: boolean;
  /** Number of deleted matches that are left out; absent when there are none. */
  readonly hidden?: number;
}

/**
 * The records of the latest data of all models that a predicate is true for. Attributes and content
 * are read only where predicate or selection mention them.
 *
 * @throws {UserError} `invalid_query`
 */
export async function queryData(
  catalog: DataCatalog,
  { predicate, select, limit, all }: QueryDataRequest,
): Promise<DataQueryDocument> {
  const query = readRecordQuery(predicate, select);
  await catalog.refresh();
  const { matches, entries } = await confirmedMatches(catalog, query, {
    all: all || query.fields.has("lifecycle") || query.fields.has("renamedTo"),
    limit,
  });
  const results = entries.slice(0, limit).map((entry) => resultOf(catalog, query, entry));
  return {
    ...(select === undefined ? { predicate } : {}),
    ...{ results, total: matches.shown.length, limited: matches.shown.length > results.length },
    ...(matches.hidden === 0 ? {} : { hidden: matches.hidden }),
  };
}

interface Matches {
  readonly shown: readonly CatalogRow[];
  readonly hidden: number;
}

/** Matches whose files have just been seen to say so. */
async function confirmedMatches(
  catalog: DataCatalog,
  query: RecordQuery,
  { all, limit }: { readonly all: boolean; readonly limit: number },
): Promise<{ readonly matches: Matches; readonly entries: readonly CatalogEntry[] }> {
  for (let attempt = 1;; attempt++) {
    const matches = await findMatches(catalog, query, all);
    const rows = matches.shown.slice(0, Math.max(limit, CONFIRMED_MATCHES));
    const entries = await catalog.confirmed(rows) ?? [];
    const stillMatch = entries.length === rows.length &&
      entries.every((entry) => query.predicate(seen(catalog, query, entry)) === true);
    if (stillMatch || attempt >= MOST_ATTEMPTS) return { matches, entries };
  }
}

async function findMatches(
  catalog: DataCatalog,
  query: RecordQuery,
  all: boolean,
): Promise<Matches> {
  const rows = await catalog.rows(["lifecycle", ...catalogFields(query)]);
  const matching: CatalogRow[] = [];
  let booleans = 0;
  let other: unknown;
  for (const row of rows) {
    const value = query.predicate(seen(catalog, query, row));
    if (value === true) matching.push(row);
    if (typeof value === "boolean") booleans++;
    else other ??= value;
  }
  if (booleans === 0 && other !== undefined) throw notBoolean(kindOf(other));
  const shown = all ? matching : matching.filter(({ lifecycle }) => lifecycle === "active");
  return { shown, hidden: matching.length - shown.length };
}

/** What the catalog must give for the query; attributes and content come from the files. */
function catalogFields({ fields }: Pick<RecordQuery, "fields">): CatalogField[] {
  const needed = [...fields].filter((field) => field !== "attributes" && field !== "content");
  return usesContent({ fields }) ? [...needed, "version", "size", "contentType"] : needed;
}

/** A row as predicate and selection see it. */
function seen(catalog: DataCatalog, query: RecordQuery, row: CatalogRow): RecordFields {
  return usesContent(query) ? new CatalogRecord(row, catalog) : row;
}

function usesContent({ fields }: Pick<RecordQuery, "fields">): boolean {
  return fields.has("attributes") || fields.has("content");
}

function resultOf(catalog: DataCatalog, query: RecordQuery, entry: CatalogEntry): unknown {
  if (query.select !== undefined) return query.select(seen(catalog, query, entry));
  const record = new CatalogRecord(entry, catalog);
  const { id, name, version, createdAt, tags, modelName, modelType, specName, dataType } = entry;
  const { contentType, lifetime, lifecycle, renamedTo, ownerType, streaming, size } = entry;
  const result: QueriedRecord = {
    ...{ id, name, version, createdAt },
    attributes: query.fields.has("attributes") ? record.attributes : {},
    ...{ tags, modelName, modelType, specName, dataType, contentType, lifetime, lifecycle },
    ...(renamedTo === "" ? {} : { renamedTo }),
    ...{ ownerType, streaming, size },
    content: query.fields.has("content") ? record.content : "",
  };
  return result;
}

function kindOf(value: unknown): string {
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "a map";
  return typeof value === "string" ? "a text" : "a number";
}
