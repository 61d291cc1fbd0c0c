import type { DataStore } from "../../domain/data/data_store.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";

/** What a completion can be about: names of things in a repository. */
export const REPOSITORY_ACTIONS = ["model_name", "model_type", "data_name", "method_name"] as const;

/** One of {@linkcode REPOSITORY_ACTIONS}. */
export type RepositoryAction = typeof REPOSITORY_ACTIONS[number];

/** Where names come from; each part is built when it is needed. */
export interface CandidateSources {
  definitions(): Promise<DefinitionStore>;
  modelTypes(): Promise<ModelTypes>;
  data(): Promise<DataStore>;
}

/** The names that fit an action, sorted, each once. */
export async function completionCandidates(
  action: RepositoryAction,
  sources: CandidateSources,
): Promise<string[]> {
  return [...new Set(await names(action, sources))].sort();
}

async function names(action: RepositoryAction, sources: CandidateSources): Promise<string[]> {
  if (action === "model_type") {
    return (await sources.modelTypes()).summaries().map(({ normalized }) => normalized);
  }
  const { definitions: stored } = await (await sources.definitions()).list();
  const definitions = stored.map(({ definition }) => definition);
  if (action === "model_name") return definitions.map(({ name }) => name);
  if (action === "method_name") {
    const types = await sources.modelTypes();
    const used = new Set(definitions.map(({ type }) => type));
    return [...used].flatMap((type) => types.describe(type)?.methods.map(({ name }) => name) ?? []);
  }
  const data = await sources.data();
  const lists = await Promise.all(
    definitions.map(({ type, id }) => data.list({ type, modelId: id })),
  );
  return lists.flat().map(({ metadata }) => metadata.name);
}
