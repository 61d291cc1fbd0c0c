import { UserError } from "../../domain/errors.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { StoredRun } from "../../domain/models/run_history.ts";
import type { RunRecord } from "../../domain/models/run_record.ts";

/** Gives the name of the model of a run, as far as anything still tells it. */
export type ModelNames = (run: StoredRun) => string | undefined;

/** The names of the models of any number of runs, for one walk over the definitions. */
export async function modelNames(definitions: DefinitionStore): Promise<ModelNames> {
  const listing = await definitions.list();
  const names = new Map(listing.definitions.map(({ definition: { id, name } }) => [id, name]));
  return ({ record }) => names.get(record.definitionId) ?? taggedName(record);
}

/** The name of the model of one run. */
export async function modelNameOf(
  definitions: DefinitionStore,
  { record }: StoredRun,
): Promise<string | undefined> {
  try {
    const stored = await definitions.lookup(record.definitionId);
    return stored?.definition.name ?? taggedName(record);
  } catch (error) {
    if (error instanceof UserError && error.code === "ambiguous_model") return taggedName(record);
    throw error;
  }
}

/** The name that the model had when the run wrote something. */
function taggedName({ artifacts }: RunRecord): string | undefined {
  return artifacts.dataArtifacts.find(({ tags }) => tags?.modelName !== undefined)?.tags.modelName;
}
