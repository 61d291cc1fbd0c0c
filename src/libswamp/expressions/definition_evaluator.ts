import type { Redactor } from "../../domain/redactor.ts";
import { UserError } from "../../domain/errors.ts";
import { textOf } from "../../domain/expressions/plain_value.ts";
import {
  escapeTemplate,
  holdsExpression,
  isTemplate,
  joinTemplate,
  parseTemplate,
} from "../../domain/expressions/template.ts";
import type { Definition, StoredDefinition } from "../../domain/models/definition.ts";
import { argumentOrder } from "./own_arguments.ts";
import { ExpressionEvaluator, type ExpressionScope, type Outcome } from "./expression_evaluator.ts";
import { ExpressionSession } from "./expression_session.ts";
import { type DefinitionView, rawView } from "./model_variable.ts";
import { defaultInputs, evaluatedView } from "./definition_views.ts";
import type { ExpressionSources } from "./sources.ts";
import { mapTexts, replaceTexts, someText, type ValuePath } from "./text_mapping.ts";
import type { Unresolved } from "./unresolved.ts";

/** A definition of which everything is evaluated that can be before a run. */
export interface EvaluatedDefinition {
  /**
   * Every text is a template: the values of expressions stand there as they are, with `$${{` for
   * `${{`; expressions that wait for a run, and those without a value, stand there as expressions.
   */
  readonly definition: Definition;
  readonly hadExpressions: boolean;
  readonly unresolved: readonly Unresolved[];
  /** Expressions in a form that will not be understood for ever. */
  readonly deprecated: readonly string[];
}

/** Names of the definitions that are being evaluated, by id: each needs the next one. */
type Way = ReadonlyMap<string, string>;

/** One evaluation on its way. */
interface Evaluation {
  readonly scope: ExpressionScope;
  readonly unresolved: Unresolved[];
  readonly deprecated: Set<string>;
}

/** Evaluates definitions, those that they refer to first. */
export class DefinitionEvaluator {
  readonly session: ExpressionSession;
  readonly expressions: ExpressionEvaluator;
  readonly #views = new Map<string, Promise<DefinitionView>>();

  /** @param redactor told of every secret that is read. */
  constructor(sources: ExpressionSources, redactor: Redactor) {
    this.session = new ExpressionSession(sources, redactor);
    this.expressions = new ExpressionEvaluator(this.session);
  }

  /**
   * Evaluates everything in a definition that can be before a run.
   *
   * @param inputs of a run; without them, expressions that mention inputs wait.
   * @throws {UserError} `cyclic_expression` that names the way around the cycle.
   */
  async evaluate(
    definition: Definition,
    inputs?: Readonly<Record<string, unknown>>,
  ): Promise<EvaluatedDefinition> {
    const { evaluation, ...evaluated } = await this.#evaluateArguments(
      definition,
      inputs,
      new Map([[definition.id, definition.name]]),
    );
    const { methods, driver, driverConfig, checks, reports } = definition;
    const others = { methods, driver, driverConfig, checks, reports };
    const present = Object.fromEntries(
      Object.entries(others).filter(([, value]) => value !== undefined),
    );
    const { scope } = evaluation;
    const view: ExpressionScope["view"] = async (stored) =>
      stored.definition.id === definition.id ? scope.self!() : await this.view(stored);
    const rest = await this.#evaluateTexts(present, [], {
      ...evaluation,
      scope: { ...scope, view },
    });
    return {
      definition: { ...definition, ...evaluated, ...rest as Partial<Definition> },
      hadExpressions: someText(
        [definition.tags, definition.globalArguments, present],
        holdsExpression,
      ),
      unresolved: evaluation.unresolved,
      deprecated: [...evaluation.deprecated],
    };
  }

  /**
   * A definition as expressions see it that no other definition can see: those in arguments of methods.
   */
  view(stored: StoredDefinition): Promise<DefinitionView> {
    return this.#view(stored, new Map());
  }

  async #view({ definition }: StoredDefinition, way: Way): Promise<DefinitionView> {
    const { id, name } = definition;
    if (way.has(id)) throw cyclic([...way.keys(), id], new Map([...way, [id, name]]));
    const { tags, globalArguments } = definition;
    if (!someText([tags, globalArguments], isTemplate)) return rawView(definition);
    const known = this.#views.get(id) ??
      this.#evaluateView(definition, new Map([...way, [id, name]]));
    this.#views.set(id, known);
    return await known;
  }

  async #evaluateView(definition: Definition, way: Way): Promise<DefinitionView> {
    const { evaluation: { unresolved }, ...evaluated } = await this.#evaluateArguments(
      definition,
      defaultInputs(definition),
      way,
    );
    const parse = (source: string) => this.session.parse(source);
    const whose = ` of "${definition.name}"`;
    return evaluatedView({ ...definition, ...evaluated }, { unresolved, parse, whose });
  }

  async #evaluateArguments(
    definition: Definition,
    inputs: Readonly<Record<string, unknown>> | undefined,
    way: Way,
  ) {
    const parse = (source: string) => this.session.parse(source);
    const globalArguments: Record<string, unknown> = { ...definition.globalArguments };
    const unresolved: Unresolved[] = [];
    const self = () => evaluatedView({ ...definition, globalArguments }, { unresolved, parse });
    const view: ExpressionScope["view"] = async (stored) =>
      stored.definition.id === definition.id ? self() : await this.#view(stored, way);
    const evaluation: Evaluation = {
      scope: { inputs, self, view },
      unresolved,
      deprecated: new Set(),
    };
    for (const key of argumentOrder(definition, parse)) {
      globalArguments[key] = await this.#evaluateTexts(
        globalArguments[key],
        ["globalArguments", key],
        evaluation,
      );
    }
    const tags = await this.#evaluateTexts(definition.tags, ["tags"], evaluation);
    return { evaluation, globalArguments, tags: tags as Definition["tags"] };
  }

  async #evaluateTexts(value: unknown, path: ValuePath, evaluation: Evaluation): Promise<unknown> {
    return await mapTexts(
      value,
      path,
      (text, place) => isTemplate(text) ? this.#evaluateText(text, place, evaluation) : text,
    );
  }

  async #evaluateText(text: string, path: ValuePath, evaluation: Evaluation): Promise<unknown> {
    const parts = parseTemplate(text);
    const results: (string | { readonly template: string })[] = [];
    for (const part of parts) {
      if (typeof part === "string") {
        results.push(part);
        continue;
      }
      this.#noteDeprecated(part.source, evaluation);
      const outcome = await this.expressions.evaluate(part, evaluation.scope);
      if (outcome.kind === "unresolved") {
        evaluation.unresolved.push({ path, expression: part, ...outcome });
      }
      if (parts.length === 1 && outcome.kind === "value") {
        return replaceTexts(outcome.value, escapeTemplate);
      }
      results.push(...resultOf(outcome, part.text));
    }
    return joinTemplate(results);
  }

  #noteDeprecated(source: string, { deprecated }: Evaluation): void {
    try {
      const isDeprecated = this.session.parse(source).references.paths.some(({ root, steps }) =>
        root === "model" && steps[1] !== undefined && "key" in steps[1] &&
        ["resource", "file"].includes(steps[1].key)
      );
      if (isDeprecated) deprecated.add(source);
    } catch {
      // Reported as unresolved.
    }
  }
}

function resultOf(outcome: Outcome, original: string): (string | { readonly template: string })[] {
  switch (outcome.kind) {
    case "value":
      return [textOf(outcome.value)];
    case "deferred":
      return parseTemplate(outcome.template).map((part) =>
        typeof part === "string" ? part : { template: part.text }
      );
    case "unresolved":
      return [{ template: original }];
  }
}

function cyclic(ids: readonly string[], names: ReadonlyMap<string, string>): UserError {
  const last = ids.at(-1)!;
  const cycle = ids.slice(ids.indexOf(last)).map((id) => names.get(id)!);
  return new UserError(
    "cyclic_expression",
    `Cyclic dependency detected: ${cycle.join(" -> ")}`,
    { fields: { cycle } },
  );
}
