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
import { parseProblem } from "./parse_problems.ts";
import { pathProblem, type PathTargets, type ProblemLines } from "./path_problems.ts";
import { CycleSearch } from "./reference_cycles.ts";
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

/** Everything that is wrong with the expressions of a definition, in the order of its fields. */
export async function expressionProblems(
  { definition, file }: StoredDefinition,
  options: ExpressionProblemOptions,
): Promise<ExpressionProblem[]> {
  const problems: ExpressionProblem[] = [];
  const { tags, globalArguments, methods, driver, driverConfig } = definition;
  const fields = { tags, globalArguments, methods, driver, driverConfig };
  const cycles = new CycleSearch(definition, { ...options, parse: parseExpression });
  await mapTexts(fields, [], async (text, path) => {
    for (const expression of expressionsIn(text)) {
      const place: ExpressionPlace = { expression, path, file };
      const parsed = parse(expression);
      const found = parsed instanceof ExpressionError
        ? [await misunderstood(parsed, place, options)]
        : [
          ...await pathProblems(parsed, { ...place, definition }, options),
          ...await cycleProblems(parsed, { ...place, cycles }, options),
        ];
      problems.push(...found.map((lines) => ({ expression: expression.text, lines })));
    }
  });
  const own = cycles.own();
  if (own !== undefined) problems.push({ expression: "globalArguments", lines: [own] });
  return problems;
}

/** Where an expression is. */
interface ExpressionPlace {
  readonly expression: EmbeddedExpression;
  readonly path: ValuePath;
  readonly file: string;
}

async function misunderstood(
  error: ExpressionError,
  place: ExpressionPlace,
  options: ExpressionProblemOptions,
): Promise<ProblemLines> {
  return parseProblem(error, {
    source: place.expression.source,
    path: pathText(place.path),
    position: await positionText(place, error.index ?? 0, options),
  });
}

async function pathProblems(
  { references, cel }: ParsedExpression,
  place: ExpressionPlace & Pick<PathTargets, "definition">,
  options: ExpressionProblemOptions,
): Promise<ProblemLines[]> {
  const problems: ProblemLines[] = [];
  for (const reference of references.paths) {
    if (!reference.guarded && isAskedFor(reference, references)) continue;
    const lines = await pathProblem(reference, { ...options, definition: place.definition });
    if (lines === undefined) continue;
    problems.push([...lines, ...await placeLine(place, cel.sourceIndex(reference.start), options)]);
  }
  return problems;
}

/** Cycles are told once, at the first expression that leads into them. */
async function cycleProblems(
  parsed: ParsedExpression,
  { cycles, ...place }: ExpressionPlace & { readonly cycles: CycleSearch },
  options: ExpressionProblemOptions,
): Promise<ProblemLines[]> {
  const isSeen = place.path[0] === "globalArguments" || place.path[0] === "tags";
  const cycle = cycles.from(parsed, isSeen);
  return cycle === undefined ? [] : [[cycle, ...await placeLine(place, 0, options)]];
}

/** The line that says where in its file an expression, or a part of it, stands. */
async function placeLine(
  place: ExpressionPlace,
  index: number,
  options: ExpressionProblemOptions,
): Promise<string[]> {
  const position = await positionText(place, index, options);
  return position === undefined ? [] : [`at ${position}`];
}

/** `models/a.yaml:5:24` */
async function positionText(
  { expression: { text, sourceStart, start }, path, file }: ExpressionPlace,
  index: number,
  { positionOf }: ExpressionProblemOptions,
): Promise<string | undefined> {
  const position = await positionOf(path, text, sourceStart - start + index);
  return position && `${file}:${position.line}:${position.column}`;
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
