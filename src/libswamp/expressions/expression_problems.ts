/**
 * What is wrong with the expressions of a definition, as far as that can be told without evaluating them
 * (contract: authoring 4.8).
 *
 * @module
 */
import {
  ExpressionError,
  type ParsedExpression,
  parseExpression,
} from "../../domain/expressions/cel.ts";
import { isAskedFor } from "../../domain/expressions/references.ts";
import { type EmbeddedExpression, expressionsIn } from "../../domain/expressions/template.ts";
import type { StoredDefinition } from "../../domain/models/definition.ts";
import type { TextPosition } from "../../domain/models/definition_store.ts";
import { pathProblem, type PathTargets, type ProblemLines } from "./path_problems.ts";
import { mapTexts, pathText, type ValuePath } from "./text_mapping.ts";

/** What is wrong with one expression. */
export interface ExpressionProblem {
  /** `${{ … }}` */
  readonly expression: string;
  readonly lines: ProblemLines;
}

/** What {@linkcode expressionProblems} works with. */
export interface ExpressionProblemOptions extends Omit<PathTargets, "definition"> {
  /** Where in the definition's file a text stands. */
  readonly positionOf: (
    path: ValuePath,
    text: string,
    offset: number,
  ) => Promise<TextPosition | undefined>;
}

const USES = "model.<name>.resource.<specName>.<instanceName>.attributes.<field>, " +
  "model.<name>.definition.globalArguments.<field>, self.<field>, inputs.<name>, env.<NAME>, " +
  "data.latest(<model>, <name>) or vault.get(<vault>, <key>)";

/** Everything that is wrong with the expressions of a definition, in the order of its fields. */
export async function expressionProblems(
  { definition, file }: StoredDefinition,
  options: ExpressionProblemOptions,
): Promise<ExpressionProblem[]> {
  const problems: ExpressionProblem[] = [];
  const { tags, globalArguments, methods, driver, driverConfig } = definition;
  const fields = { tags, globalArguments, methods, driver, driverConfig };
  await mapTexts(fields, [], async (text, path) => {
    for (const expression of expressionsIn(text)) {
      const parsed = parse(expression);
      const found = parsed instanceof ExpressionError
        ? [await parseProblem(parsed, { expression, path, file }, options)]
        : await pathProblems(parsed, { ...options, definition });
      problems.push(...found.map((lines) => ({ expression: expression.text, lines })));
    }
  });
  return problems;
}

async function pathProblems(
  { references }: ParsedExpression,
  targets: PathTargets,
): Promise<ProblemLines[]> {
  const problems: ProblemLines[] = [];
  for (const reference of references.paths) {
    if (!reference.guarded && isAskedFor(reference, references)) continue;
    const lines = await pathProblem(reference, targets);
    if (lines !== undefined) problems.push(lines);
  }
  return problems;
}

function parse({ source, closed }: EmbeddedExpression): ParsedExpression | ExpressionError {
  if (!closed) {
    return new ExpressionError("syntax", "The expression has no end: }} is missing", source.length);
  }
  try {
    return parseExpression(source);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

async function parseProblem(
  error: ExpressionError,
  { expression, path, file }: {
    readonly expression: EmbeddedExpression;
    readonly path: ValuePath;
    readonly file: string;
  },
  { positionOf }: ExpressionProblemOptions,
): Promise<ProblemLines> {
  const { source, text, sourceStart, start } = expression;
  const place = pathText(path);
  const offset = sourceStart - start + (error.index ?? 0);
  const position = await positionOf(path, text, offset);
  const at = position === undefined
    ? `"${place}"`
    : `"${place}" (${file}:${position.line}:${position.column})`;
  if (error.kind === "syntax") return [`Syntax error at ${at}: ${error.message}`];
  const isUnknownVariable = error.message.startsWith("Unknown variable");
  if (isUnknownVariable && /^\w+$/.test(source)) {
    return [
      `Invalid expression "${source}" at "${place}". Expression must reference model, self, or env`,
      `Use: ${USES}`,
      ...suggested(error),
    ];
  }
  const [, model, field] = /^([A-Za-z_][\w-]*)(?:\.[\w-]+)*\.([\w-]+)$/.exec(source) ?? [];
  if (isUnknownVariable && (model === "model" || model === "self")) {
    const [, hyphenated] = /\.(\w+(?:-\w+)+)/.exec(source) ?? [];
    return [
      `Invalid expression at ${at}: ${error.message}`,
      ...(hyphenated === undefined
        ? []
        : [`Put a name with hyphens in brackets: ["${hyphenated}"]`]),
    ];
  }
  if (isUnknownVariable && model !== undefined) {
    return [
      `Invalid expression "${source}" at "${place}". Missing "model." prefix and path structure`,
      `Use: model.${model}.resource.<specName>.<instanceName>.attributes.${field} or ` +
      `model.${model}.definition.globalArguments.${field}`,
      ...suggested(error),
    ];
  }
  if (
    /^Unknown (?:function|variable)/.test(error.message) &&
    !/\b(?:model|self|env|inputs|data|file|vault)\s*[.[]/.test(source)
  ) {
    return [
      `Expression "${source}" at "${place}" does not contain valid model, self, or env references`,
      `Expressions should use: ${USES}`,
      error.message,
    ];
  }
  return [`Invalid expression at ${at}: ${error.message}`];
}

/** What was probably meant, where an error tells it. */
function suggested({ message }: ExpressionError): string[] {
  return message.match(/Did you mean .*$/s)?.slice() ?? [];
}
