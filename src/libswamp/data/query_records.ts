/**
 * `data.query` and `data.findByTag` of expressions, and `context.queryData` (contract: authoring 4.3 and
 * 4.5). They see deleted data as well.
 *
 * @module
 */
import type { DataCatalog } from "../../domain/data/data_catalog.ts";
import { readRecordQuery, type RecordQuery } from "../../domain/expressions/record_query.ts";
import type { AttributesFilter } from "./catalog_record.ts";
import { type QueriedRecord, searchCatalog } from "./catalog_search.ts";

/** So many results are given unless told. */
const DEFAULT_LIMIT = 100;

/** What to look for. */
export interface RecordSearch {
  /** CEL over the fields of a record, true for those that are wanted. */
  readonly predicate: string;
  /** CEL that makes a result of a record; the record itself unless told. */
  readonly select?: string | undefined;
  readonly limit?: number | undefined;
  /** Has the last word on attributes before anything sees them. */
  readonly attributes?: AttributesFilter | undefined;
}

/**
 * The records that a predicate is true for, or what `select` makes of them. Records for which the
 * predicate fails are left out; a `select` that fails gives `null`. Attributes and content are read
 * only where predicate or select mention them.
 *
 * @throws {UserError} `invalid_query` when predicate or select is no CEL, or uses unknown fields.
 */
export async function queryRecords(
  catalog: DataCatalog,
  { predicate, select, limit = DEFAULT_LIMIT, attributes }: RecordSearch,
): Promise<readonly unknown[]> {
  const query = readRecordQuery(predicate, select);
  return (await searchCatalog(catalog, { query, limit, all: true, attributes })).results;
}

/** Which records have a tag, and how much of their content is wanted. */
export interface TagSearch {
  readonly key: string;
  readonly value: string;
  /** Largest content in bytes that is put into a record. */
  readonly contentLimit: number;
  /** Has the last word on attributes. */
  readonly attributes?: AttributesFilter | undefined;
}

/** The latest data of all models that have a tag. */
export async function recordsWithTag(
  catalog: DataCatalog,
  { key, value, contentLimit, attributes }: TagSearch,
): Promise<readonly QueriedRecord[]> {
  const query: RecordQuery = {
    fields: new Set(["tags"]),
    equalities: [],
    predicate: ({ tags }) => (tags as Record<string, string>)[key] === value,
    select: undefined,
  };
  const { results } = await searchCatalog(catalog, {
    ...{ query, limit: Infinity, all: true, withContent: true, contentLimit, attributes },
  });
  return results as readonly QueriedRecord[];
}
