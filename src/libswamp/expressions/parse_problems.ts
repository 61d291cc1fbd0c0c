/**
 * What is said about an expression that cannot be made sense of (contract: authoring 4.8).
 *
 * @module
 */
import type { ExpressionError } from "../../domain/expressions/cel.ts";

/** Where an expression stands that cannot be made sense of. */
export interface ParseProblemPlace {
  /** The expression without its braces. */
  readonly source: string;
  /** `globalArguments.region` */
  readonly path: string;
  /** `models/a.yaml:5:24` */
  readonly position: string | undefined;
}

const USES = "model.<name>.resource.<specName>.<instanceName>.attributes.<field>, " +
  "model.<name>.definition.globalArguments.<field>, self.<field>, inputs.<name>, env.<NAME>, " +
  "data.latest(<model>, <name>) or vault.get(<vault>, <key>)";

/** Names that are no model, so that putting `model.` in front of them is no remedy. */
const NO_MODELS = ["model", "self", "workflow"];

/** The lines about an expression that cannot be made sense of: problem, suggestion, place. */
export function parseProblem(error: ExpressionError, place: ParseProblemPlace): string[] {
  const { path, position } = place;
  const isMisread = error.kind === "syntax" || misreading(error, place) === undefined;
  if (!isMisread) {
    return [...misreading(error, place)!, ...position === undefined ? [] : [`at ${position}`]];
  }
  const at = `"${path}"${position === undefined ? "" : ` (${position})`}`;
  const what = error.kind === "syntax" ? "Syntax error" : "Invalid expression";
  return [`${what} at ${at}: ${error.message}`, ...bracketAdvice(error, place)];
}

/** What somebody took for a reference that is none, and what a reference looks like. */
function misreading(
  { message }: ExpressionError,
  { source, path }: ParseProblemPlace,
): string[] | undefined {
  const isUnknownVariable = message.startsWith("Unknown variable");
  const suggested = message.match(/Did you mean .*$/s)?.slice() ?? [];
  if (isUnknownVariable && /^\w+$/.test(source)) {
    return [
      `Invalid expression "${source}" at "${path}". Expression must reference model, self, or env`,
      `Use: ${USES}`,
      ...suggested,
    ];
  }
  const [, model, field] = namePath(source);
  if (isUnknownVariable && model !== undefined) {
    if (NO_MODELS.includes(model)) return undefined;
    return [
      `Invalid expression "${source}" at "${path}". Missing "model." prefix and path structure`,
      `Use: model.${model}.resource.<specName>.<instanceName>.attributes.${field} or ` +
      `model.${model}.definition.globalArguments.${field}`,
      ...suggested,
    ];
  }
  const isUnknown = isUnknownVariable || message.startsWith("Unknown function");
  if (!isUnknown || /\b(?:model|self|env|inputs|data|file|vault)\s*[.[]/.test(source)) {
    return undefined;
  }
  return [
    `Expression "${source}" at "${path}" does not contain valid model, self, or env references`,
    `Expressions should use: ${USES}`,
    message,
  ];
}

/** A name with hyphens reads as a subtraction. */
function bracketAdvice({ message }: ExpressionError, { source }: ParseProblemPlace): string[] {
  const isModel = ["model", "self"].includes(namePath(source)[1] ?? "");
  const [, hyphenated] = /\.(\w+(?:-\w+)+)/.exec(source) ?? [];
  return isModel && hyphenated !== undefined && message.startsWith("Unknown variable")
    ? [`Put a name with hyphens in brackets: ["${hyphenated}"]`]
    : [];
}

/** First and last name of `first.….last`. */
function namePath(source: string): readonly (string | undefined)[] {
  return /^([A-Za-z_][\w-]*)(?:\.[\w-]+)*\.([\w-]+)$/.exec(source) ?? [];
}
