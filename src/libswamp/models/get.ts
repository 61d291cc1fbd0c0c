import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import { type ModelDocument, modelDocument } from "./model_document.ts";

/** What {@linkcode getModel} works with. */
export interface GetModelDependencies {
  readonly definitions: DefinitionStore;
  /** The types, of which only the given one is needed. */
  readonly types: (onlyType: string) => Promise<ModelTypes>;
}

/**
 * Everything about one definition. A type that is not installed leaves the parts about it out.
 *
 * @throws {UserError} `model_not_found`, `ambiguous_model`.
 */
export async function getModel(
  { definitions, types }: GetModelDependencies,
  nameOrId: string,
): Promise<ModelDocument> {
  const stored = await definitions.find(nameOrId);
  const { type } = stored.definition;
  const known = await types(type);
  const failure = known.failureOf(type);
  const problem = failure === undefined ? undefined : `${failure.source}: ${failure.error}`;
  return modelDocument(stored, known.describe(type), problem);
}
