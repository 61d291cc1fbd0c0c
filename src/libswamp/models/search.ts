import type { DefinitionStore } from "../../domain/models/definition_store.ts";

/** A definition in a list. */
export interface ModelSummary {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** JSON document of `model search` (contract: cli-core 6.3, IMP-29). */
export interface ModelSearchDocument {
  readonly query: string;
  /** Sorted by name. */
  readonly results: readonly ModelSummary[];
}

/**
 * The definitions whose name, type or id contains a text, in whatever case; all for an empty one.
 */
export async function searchModels(
  definitions: DefinitionStore,
  query: string,
): Promise<ModelSearchDocument> {
  const listing = await definitions.list();
  const results = listing.definitions
    .map(({ definition: { id, name, type } }) => ({ id, name, type }))
    .filter((model) => query === "" || mentionsModel(model, query));
  return { query, results };
}

/** Whether name, type or id of a definition contains a text, in whatever case. */
export function mentionsModel({ id, name, type }: ModelSummary, query: string): boolean {
  const wanted = query.toLowerCase();
  return [name, type, id].some((text) => text.toLowerCase().includes(wanted));
}
