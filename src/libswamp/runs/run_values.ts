/**
 * The values with which a method runs: its definition and arguments, expressions evaluated (contract:
 * authoring 4.4).
 *
 * @module
 */
import { UserError } from "../../domain/errors.ts";
import { isTemplate } from "../../domain/expressions/template.ts";
import { SecretTokens } from "../../domain/expressions/secret_tokens.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { EvaluatedDefinition } from "../expressions/definition_evaluator.ts";
import { pathText, someText } from "../expressions/text_mapping.ts";
import {
  placeText,
  runFailure,
  type Unresolved,
  type UnresolvedDocument,
  unresolvedDocument,
} from "../expressions/unresolved.ts";
import { deprecationWarning } from "../models/evaluate.ts";
import { mergedArguments } from "../models/method_arguments.ts";
import type { RunWarning } from "./method_run.ts";
import type { PreparedRun } from "./run_preparation.ts";
import type { RunMethodDependencies, RunMethodRequest } from "./run_request.ts";

/** The values of a run. */
export interface RunValues {
  /** What is kept for `--last-evaluated`: secrets and environment variables are still expressions. */
  readonly evaluated: Definition;
  /** The definition for the run; its arguments are those of {@linkcode evaluated}. */
  readonly definition: Definition;
  /** Global arguments, secrets as tokens. */
  readonly globalArguments: Readonly<Record<string, unknown>>;
  /** Arguments of the method as reports show them. */
  readonly shownArguments: Readonly<Record<string, unknown>>;
  /** Arguments of the method, secrets as tokens. */
  readonly methodArguments: Readonly<Record<string, unknown>>;
  readonly tokens: SecretTokens;
  /** Global arguments without a value. */
  readonly unresolved: readonly Unresolved[];
  readonly warnings: readonly RunWarning[];
}

/**
 * Evaluates what a run needs.
 *
 * @throws {UserError} `unresolved_expression`, or the code of a vault's failure, naming every expression
 * without which the method cannot run; `cyclic_expression`.
 */
export async function evaluateRun(
  dependencies: RunMethodDependencies,
  request: RunMethodRequest,
  prepared: PreparedRun,
): Promise<RunValues> {
  const { definition, inputs } = prepared;
  const { tags, globalArguments, methods, driver, driverConfig } = definition;
  const isPlain = !someText(
    [tags, globalArguments, methods, driver, driverConfig, inputs.all],
    isTemplate,
  );
  if (!isPlain) return await evaluateTemplates(dependencies, request, prepared);
  const methodArguments = mergedArguments(definition, request.method, inputs.arguments);
  return {
    ...{ evaluated: definition, definition, globalArguments, methodArguments },
    shownArguments: methodArguments,
    tokens: new SecretTokens(),
    unresolved: [],
    warnings: [],
  };
}

async function evaluateTemplates(
  dependencies: RunMethodDependencies,
  { method, lastEvaluated }: RunMethodRequest,
  { definition: raw, inputs }: PreparedRun,
): Promise<RunValues> {
  const [evaluator, { resolveDefinition }, { inputTemplates, inputValues }] = await Promise.all([
    openEvaluator(dependencies),
    import("../expressions/run_resolution.ts"),
    import("../expressions/secret_references.ts"),
  ]);
  const parse = (source: string) => evaluator.session.parse(source);
  const values = inputValues(inputs.all, parse) as Record<string, unknown>;
  const evaluated: Pick<EvaluatedDefinition, "definition" | "deprecated"> = lastEvaluated
    ? { definition: raw, deprecated: [] }
    : await evaluator.evaluate(raw, values);
  const shownArguments = mergedArguments(
    evaluated.definition,
    method,
    inputTemplates(inputs.arguments, parse) as Record<string, unknown>,
  );
  const { tags, driver, driverConfig, globalArguments, methodArguments, unresolved } =
    await resolveDefinition(evaluator, {
      definition: evaluated.definition,
      methodName: method,
      methodArguments: shownArguments,
      inputs: values,
    });
  const envWarnings = await environmentWarnings(raw, parse);
  return {
    evaluated: evaluated.definition,
    definition: {
      ...{ ...evaluated.definition, tags },
      ...(driver === undefined ? {} : { driver }),
      ...(driverConfig === undefined ? {} : { driverConfig }),
    },
    ...{ globalArguments, methodArguments, shownArguments, tokens: evaluator.session.tokens },
    unresolved,
    warnings: [...evaluated.deprecated.map(deprecationWarning), ...envWarnings],
  };
}

/** What evaluates expressions with all that a run has. */
async function openEvaluator(
  { definitions, data, openCatalog, openVaults, environment, redactor }: RunMethodDependencies,
) {
  const { DefinitionEvaluator } = await import("../expressions/definition_evaluator.ts");
  const sources = {
    ...{ definitions, environment, openCatalog, openSecrets: openVaults },
    openData: () => Promise.resolve(data),
  };
  return new DefinitionEvaluator(sources, redactor);
}

async function environmentWarnings(
  definition: Definition,
  parse: Parameters<typeof import("../expressions/environment_uses.ts").environmentUses>[1],
): Promise<RunWarning[]> {
  const { environmentUses } = await import("../expressions/environment_uses.ts");
  const envVars = environmentUses(definition, parse);
  if (envVars.length === 0) return [];
  return [{
    code: "env_var_usage",
    message: "Data stored under this model will vary depending on these environment variables at " +
      `runtime: ${[...new Set(envVars.map(({ envVar }) => envVar))].join(", ")}. ` +
      "Consider using separate models per environment, or vault.get() for sensitive values.",
    modelName: definition.name,
    envVars,
  }];
}

/**
 * Refuses to run without the values of expressions that the method cannot do without: everything but
 * global arguments, which it may not read, and secrets and environment variables everywhere.
 *
 * @returns warnings about the others.
 * @throws {UserError} naming every expression, its place and why it has no value.
 */
export async function requireResolved(
  { definitions }: RunMethodDependencies,
  { stored, inputs }: PreparedRun,
  { unresolved }: RunValues,
): Promise<RunWarning[]> {
  const all = [];
  for (const one of unresolved) {
    const document = givenDocument(one, inputs.arguments) ??
      await unresolvedDocument(definitions, stored, one);
    all.push({ ...one, document });
  }
  const isNeeded = ({ path: [field], needsRun, error }: Unresolved) =>
    field !== "globalArguments" || needsRun || error.kind === "syntax";
  const needed = all.filter(isNeeded);
  if (needed.length > 0) throw runFailure(needed);
  return all.map(({ document }) => ({
    code: "unresolved_expression",
    message: `Unresolved expression at ${placeText(document)}: ${document.expression}: ` +
      document.reason,
    ...document,
  }));
}

/** About an expression that an input brought: it is nowhere in the definition's file. */
function givenDocument(
  { path: [field, , , name, ...rest], expression, error }: Unresolved,
  given: Readonly<Record<string, unknown>>,
): UnresolvedDocument | undefined {
  if (field !== "methods" || name === undefined || !Object.hasOwn(given, name)) return undefined;
  const path = pathText(["inputs", name, ...rest]);
  return { path, expression: expression.text, reason: error.message };
}

/** Why global arguments without a value have none: what reading one of them must fail with, by name. */
export function unresolvedTexts(unresolved: readonly Unresolved[]): Record<string, string> {
  return Object.fromEntries(
    unresolved.flatMap(({ path: [field, key], expression, error }) =>
      field !== "globalArguments" || typeof key !== "string" ? [] : [[
        key,
        `Unresolved expression in globalArguments.${key}: ${expression.text} (${error.message})`,
      ]]
    ),
  );
}

/**
 * Global arguments of which those without a value refuse to be read (contract: authoring 2.1).
 *
 * @param unresolved as {@linkcode unresolvedTexts} gives it.
 */
export function guardedArguments(
  globalArguments: Record<string, unknown>,
  unresolved: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const guarded = { ...globalArguments };
  for (const [key, text] of Object.entries(unresolved)) {
    Object.defineProperty(guarded, key, {
      enumerable: true,
      configurable: true,
      get: () => {
        throw new UserError("unresolved_expression", text);
      },
    });
  }
  return guarded;
}
