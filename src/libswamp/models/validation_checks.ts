import type { DataStore } from "../../domain/data/data_store.ts";
import type { CheckDescriptor } from "../../domain/extensions/descriptor.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { MethodContext } from "../../domain/models/method_context.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import { modelTypeReference } from "../../domain/models/model_type_reference.ts";
import { createDataRepositoryView } from "../runs/data_repository_view.ts";
import { createDefinitionRepositoryView } from "../runs/definition_repository_view.ts";
import { createMethodLogger } from "../../domain/models/method_logger.ts";
import { checkErrors } from "../runs/preflight_checks.ts";

/** Which checks of a type are wanted. */
export interface CheckFilter {
  /** Only checks with one of these labels; empty for all. */
  readonly labels: readonly string[];
  /** Also checks that are restricted to this method. */
  readonly method: string | undefined;
}

/** What checks may look at while a definition is validated. */
export interface ValidationCheckDependencies {
  readonly definitions: DefinitionStore;
  readonly openData: () => Promise<DataStore>;
  /** Absolute path of the repository. */
  readonly repoDir: string;
  readonly signal: () => AbortSignal;
}

/** What the checks of one definition found. */
export interface CheckOutcome {
  readonly run: readonly { readonly name: string; readonly errors: readonly string[] }[];
  readonly notRun: readonly string[];
}

/**
 * Runs the checks of a type on a definition as it is written: expressions are not evaluated, and
 * nothing can be stored (contract: cli-core 6.6, authoring 2.1).
 *
 * @param type the loaded type, or why it cannot be loaded
 */
export async function runValidationChecks(
  dependencies: ValidationCheckDependencies,
  definition: Definition,
  descriptors: readonly CheckDescriptor[],
  type: ModelType | string,
  filter: CheckFilter,
): Promise<CheckOutcome> {
  const wanted = descriptors.filter((check) => isWanted(check, definition, filter));
  const notRun = descriptors.filter((check) => !wanted.includes(check)).map(({ name }) => name);
  if (wanted.length === 0) return { run: [], notRun };
  if (typeof type === "string") {
    return { run: wanted.map(({ name }) => ({ name, errors: [type] })), notRun };
  }
  const context = await validationContext(dependencies, definition, type, filter);
  const run = [];
  for (const { name } of wanted) {
    const check = type.checks[name];
    const errors = check === undefined ? ["The check is gone"] : await checkErrors(check, context);
    run.push({ name, errors });
  }
  return { run, notRun };
}

/** A check that is restricted to methods runs only for one of them. */
function isWanted(
  { name, labels = [], appliesTo }: CheckDescriptor,
  { checks }: Definition,
  filter: CheckFilter,
): boolean {
  if (checks?.skip?.includes(name)) return false;
  if (filter.labels.length > 0 && !labels.some((label) => filter.labels.includes(label))) {
    return false;
  }
  return appliesTo === undefined ||
    (filter.method !== undefined && appliesTo.includes(filter.method));
}

async function validationContext(
  { definitions, openData, repoDir, signal }: ValidationCheckDependencies,
  { id, name, version, tags, globalArguments }: Definition,
  type: ModelType,
  { method = "" }: CheckFilter,
): Promise<Partial<MethodContext>> {
  return {
    signal: signal(),
    repoDir,
    modelType: modelTypeReference(type.raw),
    modelId: id,
    globalArgs: { ...globalArguments },
    definition: { id, name, version, tags },
    methodName: method,
    logger: createMethodLogger(["model", "validate", name], () => {}),
    dataRepository: createDataRepositoryView(await openData(), { write: (work) => work() }),
    definitionRepository: createDefinitionRepositoryView(definitions),
  };
}
