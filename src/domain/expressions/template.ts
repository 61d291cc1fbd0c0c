/**
 * Templates: texts of a definition with expressions in them, `${{ … }}` (contract: authoring 4.1).
 *
 * `$${{` stands for the text `${{`, and begins no expression.
 *
 * @module
 */

/** An expression as it stands in a text. */
export interface EmbeddedExpression {
  /** What is between the braces, without the blanks around it. */
  readonly source: string;
  /** The whole of it, `${{ … }}`. */
  readonly text: string;
  /** Index of its first character. */
  readonly start: number;
  /** Index of the first character of {@linkcode source}. */
  readonly sourceStart: number;
  /** Whether it has an end; one that has none goes on to the end of the text. */
  readonly closed: boolean;
}

/** A piece of a template: text that stands for itself, or an expression. */
export type TemplatePart = string | EmbeddedExpression;

const OPENING = "${{";
const ESCAPED = "$${{";
const CLOSING = "}}";

/**
 * The pieces of a template, in order; escapes are resolved. An expression ends at the first `}}` that
 * is neither inside a string literal nor closes a map. Where there is none because a literal has no
 * end, it is the first `}}` of all.
 *
 * @example
 * ```ts
 * parseTemplate("a-${{ self.name }}"); // ["a-", { source: "self.name", … }]
 * parseTemplate("$${{ x }}"); // ["${{ x }}"]
 * ```
 */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let plain = "";
  let at = 0;
  for (let start = text.indexOf(OPENING); start >= 0; start = text.indexOf(OPENING, at)) {
    if (start > at && text[start - 1] === "$") {
      plain += text.slice(at, start - 1) + OPENING;
      at = start + OPENING.length;
      continue;
    }
    plain += text.slice(at, start);
    if (plain !== "") parts.push(plain);
    plain = "";
    const expression = expressionAt(text, start);
    parts.push(expression);
    at = start + expression.text.length;
  }
  plain += text.slice(at);
  if (plain !== "") parts.push(plain);
  return parts;
}

/** Whether a text is more than itself: it holds an expression, or an escape. */
export function isTemplate(text: string): boolean {
  return text.includes(OPENING);
}

/** Whether a text holds an expression, complete or not. */
export function holdsExpression(text: string): boolean {
  return isTemplate(text) && parseTemplate(text).some((part) => typeof part !== "string");
}

/**
 * The expressions in a text, in order.
 *
 * @example
 * ```ts
 * expressionsIn("a-${{ self.name }}").map(({ source }) => source); // ["self.name"]
 * ```
 */
export function expressionsIn(text: string): EmbeddedExpression[] {
  if (!isTemplate(text)) return [];
  return parseTemplate(text).filter((part) => typeof part !== "string");
}

/**
 * The template that stands for exactly this text.
 *
 * @example
 * ```ts
 * escapeTemplate("${{ x }}"); // "$${{ x }}"
 * ```
 */
export function escapeTemplate(text: string): string {
  return text.replaceAll(OPENING, () => ESCAPED);
}

/**
 * A template put together from texts, which stand for themselves, and templates of which each begins
 * with an expression.
 */
export function joinTemplate(
  parts: readonly (string | { readonly template: string })[],
): string {
  let joined = "";
  let plain = "";
  for (const part of parts) {
    if (typeof part === "string") {
      plain += part;
      continue;
    }
    // Dollars right in front of an expression would make an escape of its opening.
    joined += escapeTemplate(plain).replace(/\$+$/, (dollars) => `\${{ "${dollars}" }}`) +
      part.template;
    plain = "";
  }
  return joined + escapeTemplate(plain);
}

function expressionAt(text: string, start: number): EmbeddedExpression {
  const from = start + OPENING.length;
  const end = endOfExpression(text, from) ?? indexOrUndefined(text.indexOf(CLOSING, from));
  const inner = text.slice(from, end);
  const source = inner.trim();
  return {
    source,
    text: text.slice(start, end === undefined ? undefined : end + CLOSING.length),
    start,
    sourceStart: from + (source === "" ? 0 : inner.indexOf(source)),
    closed: end !== undefined,
  };
}

/** String literals of CEL: raw or not, with three quotes or one, and names in backticks. */
const LITERAL =
  /(?:[rR][bB]?|[bB][rR])("""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')|"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|`[^`\n]*`/y;

/** Index after the literal at `at`, `at` itself where none begins, `undefined` where one has no end. */
export function afterLiteral(text: string, at: number): number | undefined {
  LITERAL.lastIndex = at;
  const [literal] = LITERAL.exec(text) ?? [];
  if (literal !== undefined) return at + literal.length;
  return "\"'`".includes(text[at]!) ? undefined : at;
}

/** Index of the `}}` that ends the expression whose inside begins at `from`. */
function endOfExpression(text: string, from: number): number | undefined {
  let openMaps = 0;
  for (let at = from; at < text.length;) {
    if (text.startsWith("//", at)) {
      at = endOfComment(text, at);
      continue;
    }
    const isInWord = at > from && /\w/.test(text[at - 1]!);
    const next = isInWord && /\w/.test(text[at]!) ? at : afterLiteral(text, at);
    if (next === undefined) return undefined;
    if (next > at) {
      at = next;
      continue;
    }
    if (text[at] === "{") openMaps++;
    else if (text[at] === "}") {
      if (openMaps > 0) openMaps--;
      else if (text[at + 1] === "}") return at;
    }
    at++;
  }
  return undefined;
}

/** A comment ends with its line; on the last line of an expression, with the expression. */
function endOfComment(text: string, at: number): number {
  const ends = [text.indexOf("\n", at), text.indexOf(CLOSING, at)].filter((index) => index >= 0);
  return ends.length === 0 ? text.length : Math.min(...ends);
}

function indexOrUndefined(index: number): number | undefined {
  return index < 0 ? undefined : index;
}
