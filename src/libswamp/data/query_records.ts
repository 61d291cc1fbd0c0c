/**
 * `data.query` and `context.queryData`: CEL over the latest versions of all data (contract: authoring
 * 4.5).
 *
 * @module
 */
import type { Environment, ParseResult } from "@marcbachmann/cel-js";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import { createCelEnvironment } from "../../domain/expressions/cel_environment.ts";
import { plainValue } from "../../domain/expressions/plain_value.ts";
import { type DataRecord, dataRecord } from "./data_record.ts";

/** So many results are given unless told. */
const DEFAULT_LIMIT = 100;

/** What to look for. */
export interface RecordQuery {
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
  { predicate, select, limit = DEFAULT_LIMIT, attributes = (same) => same }: RecordQuery,
): Promise<readonly unknown[]> {
  const matches = compiled(predicate, "predicate");
  const selected = select === undefined ? undefined : compiled(select, "select");
  const mentions = (field: string) =>
    new RegExp(`\\b${field}\\b`).test(`${predicate} ${select ?? ""}`);
  const parts = {
    attributes: mentions("attributes"),
    ...(mentions("content") ? {} : { contentLimit: 0 }),
  };
  const results: unknown[] = [];
  for await (const stored of latestData(data)) {
    if (results.length >= limit) break;
    const raw = await dataRecord(data, stored, parts);
    const record = { ...raw, attributes: await attributes(raw.attributes) };
    if (!isMatch(matches, record)) continue;
    results.push(selected === undefined ? record : selection(selected, record));
  }
  return results;
}

/** The latest version of every name, in the order of types, models and names. */
async function* latestData(data: DataStore): AsyncGenerator<StoredData> {
  for (const scope of await data.scopes()) yield* await data.list(scope);
}

function isMatch(predicate: ParseResult, record: DataRecord): boolean {
  try {
    return predicate({ ...record }) === true;
  } catch {
    return false;
  }
}

function selection(select: ParseResult, record: DataRecord): unknown {
  try {
    return plainValue(select({ ...record }));
  } catch {
    return null;
  }
}

function compiled(text: string, what: string): ParseResult {
  let problem: unknown;
  try {
    const parsed = recordEnvironment().parse(text);
    problem = parsed.check().error;
    if (problem === undefined) return parsed;
  } catch (error) {
    problem = error;
  }
  const { summary = messageOf(problem), range } = problem as {
    summary?: string;
    range?: { start: number };
  };
  const column = range === undefined ? "" : ` (column ${range.start + 1})`;
  throw new UserError("invalid_query", `Invalid ${what}: ${summary}${column}: ${text}`);
}

let environment: Environment | undefined;

/** Fields of records as variables. */
function recordEnvironment(): Environment {
  if (environment !== undefined) return environment;
  environment = createCelEnvironment({ homogeneousAggregateLiterals: false });
  for (const field of FIELDS) environment.registerVariable(field, "dyn");
  return environment;
}

const FIELDS = [
  "id",
  "name",
  "version",
  "createdAt",
  "attributes",
  "tags",
  "modelName",
  "modelType",
  "specName",
  "dataType",
  "contentType",
  "lifetime",
  "lifecycle",
  "ownerType",
  "streaming",
  "size",
  "content",
] as const satisfies readonly (keyof DataRecord)[];
