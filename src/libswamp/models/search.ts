import type { DefinitionStore } from "../../domain/models/definition_store.ts";

/** JSON document of `model search` (contract: cli-core 6.3, IMP-29). */
export interface ModelSearchDocument {
  readonly query: string;
  /** Sorted by name. */
  readonly results: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
  }[];
}

/**
 * The definitions whose name, type or id contains a text, in whatever case; all for an empty one.
 */
export async function searchModels(
  definitions: DefinitionStore,
  query: string,
): Promise<ModelSearchDocument> {
  const wanted = query.toLowerCase();
  const listing = await definitions.list();
  const results = listing.definitions
    .map(({ definition: { id, name, type } }) => ({ id, name, type }))
    .filter(({ id, name, type }) =>
      [name, type, id].some((text) => text.toLowerCase().includes(wanted))
    );
  return { query, results };
}
