import { UserError } from "../../domain/errors.ts";
import { isTemplate } from "../../domain/expressions/template.ts";
import type { Definition, StoredDefinition } from "../../domain/models/definition.ts";
import type { RunStore } from "../../domain/models/run_record.ts";
import { Redactor } from "../../domain/redactor.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import type { DefinitionEvaluator } from "../expressions/definition_evaluator.ts";
import type { ExpressionSources } from "../expressions/sources.ts";
import type { RunWarning } from "../runs/method_run.ts";
import { someText } from "../expressions/text_mapping.ts";
import {
  syntaxFailure,
  type UnresolvedDocument,
  unresolvedDocument,
} from "../expressions/unresolved.ts";

/** What {@linkcode evaluateModel} works with. */
export interface EvaluateModelDependencies extends ExpressionSources {
  readonly runs: RunStore;
  readonly locks: Locks;
}

/** A definition in the JSON documents of `model evaluate`. */
export interface EvaluatedItem {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly hadExpressions: boolean;
  /** Absolute path of the evaluated definition. */
  readonly outputPath: string;
  /** Expressions that stay as they are because they have no value; absent when there are none. */
  readonly unresolved?: readonly UnresolvedDocument[];
  /** Absent when there are none. */
  readonly warnings?: readonly RunWarning[];
}

/** JSON document of `model evaluate` for one definition (contract: cli-core 6.7). */
export interface EvaluatedModelDocument extends EvaluatedItem {
  readonly globalArguments: Definition["globalArguments"];
}

/** JSON document of `model evaluate` for all definitions. */
export interface AllEvaluatedDocument {
  /** Sorted by name. */
  readonly items: readonly EvaluatedItem[];
  readonly total: number;
  /** Number of definitions that had expressions. */
  readonly evaluated: number;
}

/**
 * Evaluates the expressions of one definition, and of those that it refers to, and keeps the result.
 *
 * @throws {UserError} `model_not_found`, `ambiguous_model`, `cyclic_expression`, and
 * `invalid_expression` for syntax errors, with file, line and column.
 */
export async function evaluateModel(
  dependencies: EvaluateModelDependencies,
  nameOrId: string,
): Promise<EvaluatedModelDocument> {
  const { definitions, locks } = dependencies;
  const { definition: { type, id } } = await definitions.find(nameOrId);
  await using _lock = await locks.model({ type, modelId: id });
  const stored = await definitions.find(nameOrId);
  const { item, definition, invalid } = await evaluateStored(dependencies, stored);
  if (invalid.length > 0) throw syntaxFailure(invalid);
  return { ...item, globalArguments: definition.globalArguments };
}

/**
 * Evaluates the expressions of all definitions, each after those that it refers to.
 *
 * @throws {UserError} `cyclic_expression`; `invalid_expression` for syntax errors, when everything else
 * is evaluated.
 */
export async function evaluateAllModels(
  dependencies: EvaluateModelDependencies,
): Promise<AllEvaluatedDocument> {
  await using _lock = await dependencies.locks.global();
  const { definitions: all } = await dependencies.definitions.list();
  const evaluator = await evaluatorFor(dependencies, all);
  const items: EvaluatedItem[] = [];
  const invalid: UnresolvedDocument[] = [];
  for (const stored of all) {
    const evaluated = await evaluateStored(dependencies, stored, evaluator);
    items.push(evaluated.item);
    invalid.push(...evaluated.invalid);
  }
  const evaluated = items.filter(({ hadExpressions }) => hadExpressions).length;
  const document = { items, total: items.length, evaluated };
  if (invalid.length === 0) return document;
  const { message, code, fields } = syntaxFailure(invalid);
  throw new UserError(code, message, { fields: { ...document, ...fields } });
}

async function evaluateStored(
  dependencies: EvaluateModelDependencies,
  stored: StoredDefinition,
  evaluator?: DefinitionEvaluator,
) {
  const { definitions, runs } = dependencies;
  const { id, name, type } = stored.definition;
  const known = evaluator ?? await evaluatorFor(dependencies, [stored]);
  const { definition, hadExpressions, unresolved, deprecated } =
    await known?.evaluate(stored.definition) ??
      { definition: stored.definition, hadExpressions: false, unresolved: [], deprecated: [] };
  const warnings = deprecated.map(deprecationWarning);
  const invalid: UnresolvedDocument[] = [];
  const documents: UnresolvedDocument[] = [];
  for (const one of unresolved) {
    const target = one.error.kind === "syntax" ? invalid : documents;
    target.push(await unresolvedDocument(definitions, stored, one));
  }
  const outputPath = await runs.saveEvaluated(definition);
  const item: EvaluatedItem = {
    ...{ id, name, type, hadExpressions, outputPath },
    ...(documents.length === 0 ? {} : { unresolved: documents }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
  return { item, definition, invalid };
}

/** What is said of an expression in a form that will not be understood for ever. */
export function deprecationWarning(source: string): RunWarning {
  return {
    code: "deprecated_expression",
    message:
      `Deprecated: expression "${source}" uses model.*.resource or model.*.file which will be ` +
      "removed in a future release. Use data.latest() or data.version() instead.",
  };
}

/** The evaluator, loaded only where there is something to evaluate. */
async function evaluatorFor(
  dependencies: EvaluateModelDependencies,
  all: readonly StoredDefinition[],
): Promise<DefinitionEvaluator | undefined> {
  if (!someText(all.map(({ definition }) => definition), isTemplate)) return undefined;
  const { DefinitionEvaluator } = await import("../expressions/definition_evaluator.ts");
  return new DefinitionEvaluator(dependencies, new Redactor());
}
