/**
 * The last evaluation in front of a run: with secrets and environment variables in sight (contract:
 * authoring 4.4).
 *
 * @module
 */
import { textOf } from "../../domain/expressions/plain_value.ts";
import { isTemplate, parseTemplate } from "../../domain/expressions/template.ts";
import { UserError } from "../../domain/errors.ts";
import type { Definition } from "../../domain/models/definition.ts";
import { argumentOrder } from "./own_arguments.ts";
import type { DefinitionEvaluator } from "./definition_evaluator.ts";
import { evaluatedView } from "./definition_views.ts";
import type { ExpressionScope } from "./expression_evaluator.ts";
import { mapTexts, type ValuePath } from "./text_mapping.ts";
import type { Unresolved } from "./unresolved.ts";

/** A definition with values in the place of its expressions; secrets are there as tokens. */
export interface ResolvedDefinition {
  readonly tags: Definition["tags"];
  readonly driver: string | undefined;
  readonly driverConfig: Definition["driverConfig"];
  readonly globalArguments: Readonly<Record<string, unknown>>;
  /** Arguments of the method that is to run. */
  readonly methodArguments: Readonly<Record<string, unknown>>;
  /** Expressions without a value; they stand there as they are written. */
  readonly unresolved: readonly Unresolved[];
}

/** What is resolved. */
export interface ResolutionRequest {
  /** As evaluated: every text is a template. */
  readonly definition: Definition;
  readonly methodName: string;
  /** Arguments of the method, as templates. */
  readonly methodArguments: Readonly<Record<string, unknown>>;
  /** Values of the variable `inputs`. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Puts values in the place of all expressions that the run of a method may need.
 *
 * @throws {UserError} `secret_in_tag` where a secret would become part of a tag or of a driver's name.
 */
export async function resolveDefinition(
  evaluator: DefinitionEvaluator,
  { definition, methodName, methodArguments, inputs }: ResolutionRequest,
): Promise<ResolvedDefinition> {
  const { session } = evaluator;
  const parse = (source: string) => session.parse(source);
  const globalArguments: Record<string, unknown> = { ...definition.globalArguments };
  const done: Record<string, unknown> = {};
  const unresolved: Unresolved[] = [];
  const scope: ExpressionScope = {
    inputs,
    self: () => {
      const view = evaluatedView(definition, { unresolved, parse });
      const known = session.tokens.reveal(done);
      return { ...view, globalArguments: { ...view.globalArguments as object, ...known } };
    },
    view: async (stored) =>
      stored.definition.id === definition.id ? scope.self!() : await evaluator.view(stored),
  };
  const resolve = (value: unknown, path: ValuePath) =>
    resolveTexts(evaluator, value, path, { scope, unresolved });
  for (const key of argumentOrder(definition, parse)) {
    const failures = unresolved.length;
    globalArguments[key] = await resolve(globalArguments[key], ["globalArguments", key]);
    if (unresolved.length === failures) done[key] = globalArguments[key];
  }
  const tags = await resolve(definition.tags, ["tags"]) as Definition["tags"];
  const driver = await resolve(definition.driver, ["driver"]) as string | undefined;
  requireNoSecrets(session.tokens.reveal({ tags, driver }), { tags, driver });
  return {
    ...{ tags, driver, globalArguments, unresolved },
    driverConfig: await resolve(definition.driverConfig, ["driverConfig"]) as
      | Definition["driverConfig"]
      | undefined,
    methodArguments: await resolve(methodArguments, ["methods", methodName, "arguments"]) as Record<
      string,
      unknown
    >,
  };
}

async function resolveTexts(
  { expressions }: DefinitionEvaluator,
  value: unknown,
  path: ValuePath,
  { scope, unresolved }: { readonly scope: ExpressionScope; readonly unresolved: Unresolved[] },
): Promise<unknown> {
  return await mapTexts(value, path, async (text, place) => {
    if (!isTemplate(text)) return text;
    const parts = parseTemplate(text);
    const texts: string[] = [];
    for (const part of parts) {
      if (typeof part === "string") {
        texts.push(part);
        continue;
      }
      const outcome = await expressions.resolve(part, scope);
      if (outcome.kind === "unresolved") {
        unresolved.push({ path: place, expression: part, ...outcome });
        texts.push(part.text);
      } else if (outcome.kind === "value") {
        if (parts.length === 1) return outcome.value;
        texts.push(textOf(outcome.value));
      }
    }
    return texts.join("");
  });
}

/** Tags are kept with the data in plain text, and a driver's name is shown. */
function requireNoSecrets(revealed: unknown, guarded: unknown): void {
  if (JSON.stringify(revealed) === JSON.stringify(guarded)) return;
  throw new UserError(
    "secret_in_tag",
    "Method execution failed: A secret cannot be a tag or the name of a driver",
  );
}
