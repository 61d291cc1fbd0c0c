import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { movableData, moveData, type NewName, requireNames } from "./move_data.ts";

/** What renaming needs. */
export interface RenameDataDependencies {
  readonly definitions: DefinitionStore;
  readonly data: DataStore;
  readonly locks: Locks;
}

/** What is to be called what. */
export interface RenameDataRequest extends NewName {
  /** Name or id of the model. */
  readonly model: string;
}

/** JSON document of `data rename` (contract: cli-core 9.7). */
export interface RenamedDataDocument {
  readonly oldName: string;
  readonly newName: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly modelType: string;
  /** Version of the old name that was copied. */
  readonly copiedVersion: number;
  /** Version of the new name that it became. */
  readonly newVersion: number;
  readonly warning: string;
}

/**
 * Gives data another name: the latest version is copied to the new name, and the old name leads there
 * from now on. A name that was deleted or renamed before is free (contract: IMP-54). If this process
 * dies on the way, nothing has happened, or the next one that writes data of the model completes it.
 *
 * @throws {UserError} `invalid_argument`, `model_not_found`, `ambiguous_model`, `invalid_data_name`,
 * `data_not_found`, `data_deleted`, `data_exists`, `ownership_conflict`, `content_missing`,
 * `lock_timeout`, `not_writable`.
 */
export async function renameData(
  dependencies: RenameDataDependencies,
  request: RenameDataRequest,
): Promise<RenamedDataDocument> {
  const { data, locks } = dependencies;
  const { oldName, newName } = request;
  requireNames(request);
  // What is wrong from the start is said without waiting for anybody.
  const { old: { scope } } = await renamable(dependencies, request);
  await using _global = await locks.global();
  await using _model = await locks.model(scope);
  const { definition, old } = await renamable(dependencies, request);
  const copy = await moveData(data, old, newName);
  return {
    ...{ oldName, newName, modelId: definition.id, modelName: definition.name },
    modelType: definition.type,
    copiedVersion: old.metadata.version,
    newVersion: copy.metadata.version,
    warning:
      `Methods that write "${oldName}" will make it anew; change them, and expressions that ` +
      `name "${oldName}", to say "${newName}".`,
  };
}

/** What is to be renamed, which may be. */
async function renamable(
  { definitions, data }: RenameDataDependencies,
  { model, ...names }: RenameDataRequest,
): Promise<{ readonly definition: Definition; readonly old: StoredData }> {
  const { definition } = await definitions.find(model);
  const scope = { type: definition.type, modelId: definition.id };
  return { definition, old: await movableData(data, scope, names) };
}
