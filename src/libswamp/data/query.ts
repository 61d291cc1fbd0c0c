import type { DataCatalog } from "../../domain/data/data_catalog.ts";
import { readRecordQuery } from "../../domain/expressions/record_query.ts";
import { searchCatalog } from "./catalog_search.ts";

export type { QueriedRecord } from "./catalog_search.ts";

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
  const { results, total, hidden } = await searchCatalog(catalog, { query, limit, all });
  return {
    ...(select === undefined ? { predicate } : {}),
    ...{ results, total, limited: total > results.length },
    ...(hidden === 0 ? {} : { hidden }),
  };
}
