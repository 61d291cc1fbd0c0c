import { idOfBroken } from "../../domain/models/definition_lookup.ts";
import type { DataScope } from "../../domain/data/data.ts";
import type { DataStore } from "../../domain/data/data_store.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { RunStore } from "../../domain/models/run_record.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import {
  allVersions,
  removeSecrets,
  type SecretRemovalDependencies,
  type SecretRemovalFields,
  secretRemovalFields,
} from "../data/secret_removal.ts";
import { type DefinitionTarget, findTarget } from "./definition_target.ts";

/** What deleting works with. */
export interface DeleteModelDependencies extends SecretRemovalDependencies {
  readonly definitions: DefinitionStore;
  readonly data: DataStore;
  readonly runs: RunStore;
  readonly locks: Locks;
}

/** What deleting a definition would take away. */
export interface Deletion {
  /** What the user named. */
  readonly argument: string;
  /** Path of the definition's file for people, by which it is found again. */
  readonly file: string;
  /** Absolute path of the definition's file. */
  readonly path: string;
  /** Absent where a damaged file does not tell. */
  readonly id?: string;
  /** The name, or the file of a damaged definition that does not tell its name. */
  readonly name: string;
  readonly type: string;
  /** Whose data and runs go with it; absent when another definition has the same id. */
  readonly scope?: DataScope;
  /** Number of run records. */
  readonly outputs: number;
}

/** JSON document of `model delete` (contract: cli-core 6.5). */
export interface DeletedModelDocument extends SecretRemovalFields {
  readonly deleted: {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    /** Absolute path of the file that was removed. */
    readonly inputPath: string;
  };
  readonly resourceDeleted: false;
  readonly outputsDeleted: number;
  readonly evaluatedInputDeleted: boolean;
  readonly dataDeleted: boolean;
  /** What could not be removed; everything else is gone. */
  readonly notDeleted?: readonly { readonly what: string; readonly reason: string }[];
}

/**
 * Finds what deleting a definition would take away, and whether it may be deleted at all. Nothing
 * is changed and no lock is held, so that a person can be asked in between.
 *
 * @param force whether the definition's data may go too.
 * @throws {UserError} `model_not_found`, `ambiguous_model`, `model_in_use` when a workflow uses the
 * definition, `model_has_data`.
 */
export async function planDeletion(
  { definitions, data, runs }: Pick<DeleteModelDependencies, "definitions" | "data" | "runs">,
  argument: string,
  force: boolean,
): Promise<Deletion> {
  const found = { argument, ...described(await findTarget(definitions, argument)) };
  const { id, name, type, path } = found;
  if (id === undefined) return { ...found, outputs: 0 };
  const workflows = await definitions.workflowsUsing({ name, id });
  if (workflows.length > 0) {
    throw new UserError(
      "model_in_use",
      `Model '${name}' is referenced by workflow(s): ${workflows.join(", ")}. ` +
        "Remove the model from these workflows before deleting.",
    );
  }
  const listing = await definitions.list();
  const sharesId = listing.definitions.some((other) =>
    other.path !== path && other.definition.id === id && other.definition.type === type
  );
  if (sharesId) return { ...found, outputs: 0 };
  const scope = { type, modelId: id };
  const names = force ? [] : await data.list(scope);
  if (names.length > 0) {
    throw new UserError(
      "model_has_data",
      `Model '${name}' has ${names.length} associated data artifact(s). Use --force to delete all.`,
    );
  }
  return { ...found, scope, outputs: (await runs.listFor(type, id)).length };
}

/**
 * Deletes a definition and everything that belongs to it, once no method of it runs any more. The
 * definition's file goes first: where that cannot be removed, nothing else is lost.
 *
 * @throws {UserError} as {@linkcode planDeletion} does, and `lock_timeout`, `not_writable`.
 */
export async function deleteModel(
  dependencies: DeleteModelDependencies,
  plan: Deletion,
  force: boolean,
): Promise<DeletedModelDocument> {
  const { definitions, locks } = dependencies;
  await using _global = await locks.global();
  await using _model = plan.scope === undefined ? undefined : await locks.model(plan.scope);
  const { id = "", name, type, path, scope } = await planAgain(dependencies, plan, force);
  const evaluated = await wasEvaluated(dependencies.runs, scope);
  await definitions.remove(path);
  const { outputs, names, ...told } = scope === undefined
    ? { outputs: 0, names: 0 }
    : await removeBelongings(dependencies, scope);
  return {
    deleted: { id, name, type, inputPath: path },
    resourceDeleted: false,
    outputsDeleted: outputs,
    evaluatedInputDeleted: evaluated,
    dataDeleted: names > 0,
    ...told,
  };
}

/** What was removed of a model beside its definition. */
type Belongings = Pick<DeletedModelDocument, "notDeleted" | keyof SecretRemovalFields> & {
  /** Numbers of runs, and of names of data. */
  readonly outputs: number;
  readonly names: number;
};

/** Removes runs, secrets and data, each even if another one resists. */
async function removeBelongings(
  dependencies: DeleteModelDependencies,
  scope: DataScope,
): Promise<Belongings> {
  const { data, runs } = dependencies;
  const notDeleted: { what: string; reason: string }[] = [];
  const removed = async <T>(what: string, none: T, remove: () => Promise<T>): Promise<T> => {
    try {
      return await remove();
    } catch (error) {
      notDeleted.push({ what, reason: messageOf(error) });
      return none;
    }
  };
  const outputs = await removed("outputs", 0, () => runs.removeFor(scope.type, scope.modelId));
  const secrets = await removed(
    "secrets",
    { deleted: 0, warnings: [] },
    async () => await removeSecrets(dependencies, await allVersions(data, scope)),
  );
  const names = await removed("data", 0, () => data.removeAll(scope));
  return {
    ...{ outputs, names },
    ...secretRemovalFields(secrets),
    ...(notDeleted.length === 0 ? {} : { notDeleted }),
  };
}

/** Plans once more now that nobody else can change anything: the definition may be gone. */
async function planAgain(
  dependencies: DeleteModelDependencies,
  { argument, file }: Deletion,
  force: boolean,
): Promise<Deletion> {
  try {
    return await planDeletion(dependencies, file, force);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== "model_not_found") throw error;
    throw new UserError("model_not_found", `Model not found: ${argument}`, { cause: error });
  }
}

function described({ stored, broken }: DefinitionTarget): Omit<Deletion, "outputs" | "argument"> {
  if (stored !== undefined) {
    const { path, file, definition: { id, name, type } } = stored;
    return { path, file, id, name, type };
  }
  const { path, file, name = file, type = "" } = broken;
  const id = type === "" ? undefined : idOfBroken(broken);
  return { path, file, name, type, ...(id === undefined ? {} : { id }) };
}

async function wasEvaluated(runs: RunStore, scope: DataScope | undefined): Promise<boolean> {
  if (scope === undefined) return false;
  try {
    return await runs.lastEvaluated(scope.type, scope.modelId) !== undefined;
  } catch {
    // A damaged copy is a copy all the same.
    return true;
  }
}
