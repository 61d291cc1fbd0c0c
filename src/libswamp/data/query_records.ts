/**
 * `data.query` and `context.queryData`: CEL over the latest versions of all data (contract: authoring
 * 4.5).
 *
 * @module
 */
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { readRecordQuery } from "../../domain/expressions/record_query.ts";
import { type DataRecord, dataRecord } from "./data_record.ts";

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
  readonly attributes?: AttributesFilter;
}

/** Makes other attributes of those that are stored. */
export type AttributesFilter = (
  attributes: DataRecord["attributes"],
) => DataRecord["attributes"] | Promise<DataRecord["attributes"]>;

/**
 * The records that a predicate is true for, or what `select` makes of them. Records for which the
 * predicate fails are left out; a `select` that fails gives `null`. Attributes and content are read
 * only where predicate or select mention them.
 *
 * @throws {UserError} `invalid_query` when predicate or select is no CEL, or uses unknown fields.
 */
export async function queryRecords(
  data: DataStore,
  { predicate, select, limit = DEFAULT_LIMIT, attributes = (same) => same }: RecordSearch,
): Promise<readonly unknown[]> {
  const query = readRecordQuery(predicate, select);
  const parts = {
    attributes: query.fields.has("attributes"),
    ...(query.fields.has("content") ? {} : { contentLimit: 0 }),
  };
  const results: unknown[] = [];
  for await (const stored of latestData(data)) {
    if (results.length >= limit) break;
    const raw = await dataRecord(data, stored, parts);
    const record = { ...raw, attributes: await attributes(raw.attributes) };
    if (query.predicate({ ...record }) !== true) continue;
    results.push(query.select === undefined ? record : query.select({ ...record }));
  }
  return results;
}

/** The latest version of every name, in the order of types, models and names. */
async function* latestData(data: DataStore): AsyncGenerator<StoredData> {
  for (const scope of await data.scopes()) yield* await data.list(scope);
}
