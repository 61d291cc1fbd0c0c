import type { DataStore } from "../../domain/data/data_store.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { ProviderTypes } from "../../domain/extensions/provider_types.ts";
import type { ProviderKind } from "../../domain/extensions/shapes/provider_shape.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import type { RunHistory } from "../../domain/models/run_history.ts";
import type { VaultStore } from "../../domain/vaults/vault_store.ts";

/** What a completion can be about: names of things in a repository. */
export const REPOSITORY_ACTIONS = [
  "model_name",
  "model_type",
  "data_name",
  "method_name",
  "output_id",
  "vault_name",
  "vault_type",
  "driver_type",
  "datastore_type",
  "report_name",
] as const;

/** One of {@linkcode REPOSITORY_ACTIONS}. */
export type RepositoryAction = typeof REPOSITORY_ACTIONS[number];

/** Where names come from; each part is built when it is needed. */
export interface CandidateSources {
  definitions(): Promise<DefinitionStore>;
  modelTypes(): Promise<ModelTypes>;
  data(): Promise<DataStore>;
  runHistory(): Promise<RunHistory>;
  vaults(): Promise<VaultStore>;
  providerTypes(kind: ProviderKind): Promise<ProviderTypes>;
}

/** Who looks for a run by its id looks for one of the last. */
const RUNS_OFFERED = 50;

/** The kinds whose types are asked for by an action of their own. */
const KIND_OF_ACTION: Partial<Record<RepositoryAction, ProviderKind>> = {
  vault_type: "vault",
  driver_type: "driver",
  datastore_type: "datastore",
  report_name: "report",
};

/** The names that fit an action, sorted, each once; a shell takes one a line. */
export async function completionCandidates(
  action: RepositoryAction,
  sources: CandidateSources,
): Promise<string[]> {
  const found = await names(action, sources);
  return [...new Set(found.filter((name) => !/[\r\n]/.test(name)))].sort();
}

async function names(action: RepositoryAction, sources: CandidateSources): Promise<string[]> {
  if (action === "model_type") {
    return (await sources.modelTypes()).summaries().map(({ normalized }) => normalized);
  }
  if (action === "vault_name") {
    return (await (await sources.vaults()).list()).vaults.map(({ vault }) => vault.name);
  }
  const kind = KIND_OF_ACTION[action];
  if (kind !== undefined) {
    return (await sources.providerTypes(kind)).summaries().map(({ normalized }) => normalized);
  }
  const { definitions: stored } = await (await sources.definitions()).list();
  const definitions = stored.map(({ definition }) => definition);
  if (action === "model_name") return definitions.map(({ name }) => name);
  if (action === "output_id") {
    // A model stands for its latest run.
    const runs = await (await sources.runHistory()).runs({ limit: RUNS_OFFERED });
    return [...definitions.map(({ name }) => name), ...runs.map(({ record }) => record.id)];
  }
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
