import type { DataScope } from "../../domain/data/data.ts";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { RunHistory } from "../../domain/models/run_history.ts";
import {
  createDataFilter,
  type DataFilters,
  filterDocument,
  requireKnownType,
} from "./search_filters.ts";

/** What searching data needs. */
export interface SearchDataDependencies {
  readonly definitions: DefinitionStore;
  readonly data: DataStore;
  /** Asked for only where a run's data are wanted. */
  readonly history: () => Promise<RunHistory>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Which data are wanted. */
export interface SearchDataRequest {
  /** Part of the name, type, model name or owner, in whatever case. */
  readonly query: string;
  readonly filters: DataFilters;
  /** At most so many results. */
  readonly limit: number;
  /** Deleted data too. */
  readonly all: boolean;
}

/** The latest version of a piece of data, as found. */
export interface FoundData {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly contentType: string;
  readonly type: string;
  readonly lifetime: string;
  readonly ownerType: string;
  readonly ownerRef: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly modelType: string;
  readonly streaming: boolean;
  readonly size: number;
  readonly createdAt: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly workflowTag?: string;
  readonly stepTag?: string;
  readonly lifecycle: "active" | "deleted";
  readonly renamedTo?: string;
}

/** JSON document of `data search` (contract: cli-core 9.3). */
export interface DataSearchDocument {
  readonly query: string;
  /** The filters in use, as text. */
  readonly filters: Readonly<Record<string, string>>;
  /** Newest first. */
  readonly results: readonly FoundData[];
  /** Number of matches before the limit. */
  readonly total: number;
  /** Whether there are more matches than results. */
  readonly limited: boolean;
  /** Number of deleted matches that are left out; absent when there are none. */
  readonly hidden?: number;
}

/**
 * The data of all models, deleted models included, that meet every condition.
 *
 * @throws {UserError} `invalid_duration`, `invalid_argument`, `model_not_found`, `ambiguous_model`.
 */
export async function searchData(
  dependencies: SearchDataDependencies,
  request: SearchDataRequest,
): Promise<DataSearchDocument> {
  const { query, filters, limit, all } = request;
  const isWanted = await createDataFilter(dependencies, filters);
  const found = await everything(dependencies);
  requireKnownType(filters.type, found.map(({ data }) => data));
  const matches = found
    .filter(({ data, stored }) => mentionsData(data, query) && isWanted(data, stored.metadata))
    .map(({ data }) => data);
  const shown = all ? matches : matches.filter(({ lifecycle }) => lifecycle === "active");
  const hidden = matches.length - shown.length;
  const results = shown.sort(newestFirst).slice(0, limit);
  return {
    ...{ query, filters: filterDocument(filters), results, total: shown.length },
    limited: results.length < shown.length,
    ...(hidden === 0 ? {} : { hidden }),
  };
}

async function everything({ data, definitions }: SearchDataDependencies) {
  const listing = await definitions.list();
  const names = new Map(listing.definitions.map(({ definition: { id, name } }) => [id, name]));
  const found: { readonly data: FoundData; readonly stored: StoredData }[] = [];
  for (const scope of await data.scopes()) {
    for (const stored of await data.list(scope)) {
      found.push({ data: foundData(scope, stored, names.get(scope.modelId)), stored });
    }
  }
  return found;
}

function foundData(
  { type: modelType, modelId }: DataScope,
  { metadata }: StoredData,
  modelName: string | undefined,
): FoundData {
  const { id, name, version, contentType, lifetime, streaming, size = 0, createdAt } = metadata;
  const { tags, ownerDefinition: { ownerType, ownerRef }, renamedTo } = metadata;
  return {
    ...{ id, name, version, contentType, type: tags.type ?? "", lifetime, ownerType, ownerRef },
    ...{ modelId, modelName: modelName ?? tags.modelName ?? modelId, modelType },
    ...{ streaming, size, createdAt, tags },
    ...(tags.workflow === undefined ? {} : { workflowTag: tags.workflow }),
    ...(tags.step === undefined ? {} : { stepTag: tags.step }),
    lifecycle: metadata.lifecycle ?? "active",
    ...(renamedTo === undefined ? {} : { renamedTo }),
  };
}

/** Whether name, type, model name or owner of data contains a text, in whatever case. */
export function mentionsData(
  { name, type, modelName, ownerRef }: FoundData,
  query: string,
): boolean {
  const wanted = query.toLowerCase();
  return [name, type, modelName, ownerRef].some((text) => text.toLowerCase().includes(wanted));
}

function newestFirst(a: FoundData, b: FoundData): number {
  const [timeOfA, timeOfB] = [Date.parse(a.createdAt), Date.parse(b.createdAt)];
  if (timeOfA !== timeOfB) return timeOfB - timeOfA;
  return a.modelName === b.modelName ? compare(a.name, b.name) : compare(a.modelName, b.modelName);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
