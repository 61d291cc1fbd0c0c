import { type RankedTypes, rankTypes } from "../../domain/extensions/type_ranking.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";

/** JSON document of `model type search` (contract: cli-core 5.1). */
export interface TypeSearchDocument {
  readonly query: string;
  readonly results: readonly { readonly raw: string; readonly normalized: string }[];
  /** Only with a query that nothing matched. */
  readonly hint?: string;
}

/** The types whose name contains the query, built-ins first, then by name. */
export function searchTypes(types: ModelTypes, query: string): TypeSearchDocument {
  const results = types.summaries(query).map(({ raw, normalized }) => ({ raw, normalized }));
  const hint = query !== "" && results.length === 0
    ? { hint: `No local types matched. Try: swamp extension search ${query}` }
    : {};
  return { query, results, ...hint };
}

/** The same for people: the most likely types first, and types that are near. */
export function searchTypesForPeople(types: ModelTypes, query: string): RankedTypes {
  return rankTypes(types.summaries(query, true), query);
}
