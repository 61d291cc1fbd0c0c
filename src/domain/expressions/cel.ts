/**
 * The language of expressions: CEL, with the functions that swamp adds. This module loads the CEL
 * library, so it is only imported where there is an expression.
 *
 * @module
 */
import {
  type ASTNode,
  type Environment,
  EvaluationError,
  ParseError,
  TypeError as StaticTypeError,
} from "@marcbachmann/cel-js";
import { closestName } from "../closest.ts";
import { messageOf } from "../errors.ts";
import { type CelSource, toCel } from "./dialect.ts";
import { createExpressionEnvironment } from "./expression_environment.ts";
import { LateValueError, plainValue } from "./plain_value.ts";
import { type References, referencesIn } from "./references.ts";

export type { ASTNode };

/** The variables that expressions start from (contract: authoring 4.2). */
const ROOTS = ["self", "inputs", "model", "data", "file", "env", "vault"] as const;

/** Why an expression has no value. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  /** `syntax` for what is no CEL at all, `late` for what looks at a late value. */
  readonly kind: "syntax" | "late" | "value";
  /** Index in the source of the expression, where it can be told. */
  readonly index: number | undefined;

  constructor(
    kind: ExpressionError["kind"],
    reason: string,
    index?: number,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.kind = kind;
    this.index = index;
  }
}

/** An expression that was understood. */
export interface ParsedExpression {
  readonly source: string;
  /** The source as CEL. */
  readonly cel: CelSource;
  readonly tree: ASTNode;
  /** What it refers to. */
  readonly references: References;
}

/** Values of the variables of an expression. Those that are not there are unknown variables. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * Reads an expression.
 *
 * @param variables names of further variables.
 * @throws {ExpressionError} of kind `syntax` when it is no CEL, of kind `value` when it can never have a
 * value: it refers to a variable or function that there is not, or mixes types.
 *
 * @example
 * ```ts
 * parseExpression("self.name + 1.5").references.paths[0].root; // "self"
 * ```
 */
export function parseExpression(
  source: string,
  variables: readonly string[] = [],
): ParsedExpression {
  const cel = toCel(source);
  const known = environmentWith(variables);
  try {
    if (source === "") throw new ExpressionError("syntax", "The expression is empty", 0);
    const parsed = known.parse(cel.text);
    const { error } = parsed.check();
    if (error !== undefined) throw error;
    return { source, cel, tree: parsed.ast, references: referencesIn(parsed.ast) };
  } catch (error) {
    throw explained(error, cel, variables);
  }
}

/**
 * The value of an expression as plain data: integers that are exact as numbers are numbers, times are
 * ISO 8601.
 *
 * @throws {ExpressionError} of kind `value`; what a function throws comes as its cause.
 */
export async function evaluateExpression(
  { cel }: Pick<ParsedExpression, "cel">,
  variables: Variables,
): Promise<unknown> {
  try {
    return plainValue(await evaluateCel(cel.text, variables));
  } catch (error) {
    throw explained(error, cel, Object.keys(variables));
  }
}

/** The value of CEL text as the library gives it. */
export async function evaluateCel(text: string, variables: Variables): Promise<unknown> {
  const known = environmentWith(Object.keys(variables));
  return await known.evaluate(text, { ...variables });
}

function explained(
  error: unknown,
  cel: CelSource,
  variables: readonly string[],
): ExpressionError {
  if (error instanceof ExpressionError) return error;
  const { summary = messageOf(error), range } = error as Partial<EvaluationError>;
  const index = range === undefined ? undefined : cel.sourceIndex(range.start);
  const reason = withSuggestion(summary, variables);
  const isOfLibrary = [ParseError, StaticTypeError, EvaluationError]
    .some((kind) => error instanceof kind);
  return new ExpressionError(kindOf(error), reason, index, isOfLibrary ? {} : { cause: error });
}

function kindOf(error: unknown): ExpressionError["kind"] {
  if (error instanceof ParseError) return "syntax";
  const isLate = error instanceof LateValueError ||
    (error instanceof EvaluationError && error.code === "unsupported_type");
  return isLate ? "late" : "value";
}

/** The library's words, and the name that was probably meant. */
function withSuggestion(summary: string, variables: readonly string[]): string {
  const unknown = /^Unknown variable: (\w+)$/.exec(summary)?.[1];
  if (unknown !== undefined) {
    const isRoot = (ROOTS as readonly string[]).includes(unknown);
    return isRoot ? summary : `${summary}${didYouMean(unknown, [...ROOTS, ...variables])}`;
  }
  const call = /^found no matching overload for '(?:[\w.<>, ]*\.)?(\w+)\((.*)\)'$/.exec(summary);
  if (call === null) return summary;
  const [, name = "", types = ""] = call;
  if (functionNames().has(name)) return `The function ${name} cannot be called with (${types})`;
  return `Unknown function: ${name}${didYouMean(name, functionNames())}`;
}

function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = closestName(word, candidates);
  return meant === undefined ? "" : `. Did you mean "${meant}"?`;
}

let names: ReadonlySet<string> | undefined;

function functionNames(): ReadonlySet<string> {
  return names ??= new Set(
    environmentWith([]).getDefinitions().functions.map(({ name }) => name).filter((name) =>
      name !== "type"
    ),
  );
}

const environments = new Map<string, Environment>();

/** The environment with these variables besides the roots. */
function environmentWith(variables: readonly string[]): Environment {
  const further = variables.filter((name) => !(ROOTS as readonly string[]).includes(name)).sort();
  const key = further.join(" ");
  let environment = environments.get(key);
  if (environment === undefined) {
    environment = createExpressionEnvironment();
    for (const name of further) environment.registerVariable(name, "dyn");
    environments.set(key, environment);
  }
  return environment;
}
