import { dataNameProblem } from "../../domain/data/data_name.ts";
import type { DataStore } from "../../domain/data/data_store.ts";
import { UserError } from "../../domain/errors.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import { dataNotFound } from "./not_found.ts";

/** One version in a list. */
export interface DataVersion {
  readonly version: number;
  readonly createdAt: string;
  readonly size?: number;
  readonly checksum?: string;
  readonly isLatest: boolean;
  readonly lifecycle: "active" | "deleted";
  readonly renamedTo?: string;
}

/** JSON document of `data versions` (contract: cli-core 9.5). */
export interface DataVersionsDocument {
  readonly dataName: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly modelType: string;
  /** Newest first. */
  readonly versions: readonly DataVersion[];
  readonly total: number;
}

/** What listing versions needs. */
export interface DataVersionsDependencies {
  readonly definitions: DefinitionStore;
  readonly data: DataStore;
}

/**
 * Every readable version of a name. A renamed name keeps the versions that it had.
 *
 * @param model name or id of the model.
 * @throws {UserError} `model_not_found`, `ambiguous_model`, `invalid_data_name`, `data_not_found`.
 */
export async function dataVersions(
  { definitions, data }: DataVersionsDependencies,
  model: string,
  dataName: string,
): Promise<DataVersionsDocument> {
  const problem = dataNameProblem(dataName);
  if (problem?.kind === "unsafe") throw new UserError("invalid_data_name", problem.message);
  const { definition } = await definitions.find(model);
  const scope = { type: definition.type, modelId: definition.id };
  const stored = problem === undefined ? await data.history(scope, dataName) : [];
  if (stored.length === 0) {
    const message = `Data not found: "${dataName}" for model "${definition.name}"`;
    throw await dataNotFound(data, definition, dataName, message);
  }
  const versions = stored.map(({ metadata }, index): DataVersion => {
    const { version, createdAt, size, checksum, lifecycle = "active", renamedTo } = metadata;
    return {
      ...{ version, createdAt },
      ...(size === undefined ? {} : { size }),
      ...(checksum === undefined ? {} : { checksum }),
      ...{ isLatest: index === stored.length - 1, lifecycle },
      ...(renamedTo === undefined ? {} : { renamedTo }),
    };
  }).reverse();
  return {
    ...{ dataName, modelId: definition.id, modelName: definition.name },
    ...{ modelType: definition.type, versions, total: versions.length },
  };
}
