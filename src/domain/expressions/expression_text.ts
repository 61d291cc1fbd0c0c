/**
 * Where expressions are in texts: `${{ … }}`, anywhere inside a string (contract: authoring 4.1).
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
}

const OPENING = "${{";

/** Whether a text holds an expression, or what looks like the beginning of one. */
export function holdsExpression(text: string): boolean {
  return text.includes(OPENING);
}

/**
 * The expressions in a text, in order. One ends at the first `}}` that is neither inside a string
 * literal nor closes a map. An opening without an end is plain text.
 *
 * @example
 * ```ts
 * expressionsIn("a-${{ self.name }}").map(({ source }) => source); // ["self.name"]
 * ```
 */
export function expressionsIn(text: string): EmbeddedExpression[] {
  const found: EmbeddedExpression[] = [];
  for (let start = text.indexOf(OPENING); start >= 0; start = text.indexOf(OPENING, start)) {
    const inner = start + OPENING.length;
    const end = endOfExpression(text, inner);
    if (end === undefined) break;
    found.push({
      source: text.slice(inner, end).trim(),
      text: text.slice(start, end + 2),
      start,
    });
    start = end + 2;
  }
  return found;
}

/** Index of the `}}` that ends the expression whose inside begins at `from`. */
function endOfExpression(text: string, from: number): number | undefined {
  let openMaps = 0;
  let quote: string | undefined;
  for (let at = from; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== undefined) {
      if (character === "\\") at++;
      else if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "{") openMaps++;
    else if (character === "}") {
      if (openMaps > 0) openMaps--;
      else if (text[at + 1] === "}") return at;
    }
  }
  return undefined;
}

/** Something that was meant to be an expression, but is none. */
export interface MisspeltExpression {
  readonly text: string;
  /** `{{...}}` or `${...}`: how it is written. */
  readonly form: "{{...}}" | "${...}";
  /** What to do about it, in one sentence. */
  readonly suggestion: string;
}

/**
 * What looks like an expression with braces or `$` missing. Parameters of a shell (`${HOME}`,
 * `${1:-x}`) and directives of other template languages (`{{.Name}}`, `{{#if}}`) are left alone.
 *
 * @param shellScript whether every `${name}` is a parameter of the shell.
 */
export function misspeltExpressions(text: string, shellScript = false): MisspeltExpression[] {
  const rest = expressionsIn(text).reduce((left, found) => left.replace(found.text, " "), text);
  const bare = [...rest.matchAll(/(?<!\$)\{\{\s*([^{}]*?)\s*\}\}/g)]
    .filter(([, inner]) => /^[\w"'([]/.test(inner!) && !TEMPLATE_WORD.test(inner!))
    .map(([all]): MisspeltExpression => ({
      text: all,
      form: "{{...}}",
      suggestion: 'Add "$" prefix: ${{...}}',
    }));
  const single = [...rest.matchAll(/\$\{(?!\{)([^{}]*)\}/g)]
    .filter(([, inner]) => !isShellParameter(inner!, shellScript))
    .map(([all]): MisspeltExpression => ({
      text: all,
      form: "${...}",
      suggestion: "Use double braces: ${{...}}",
    }));
  return [...bare, ...single];
}

/** Names that expressions start from (contract: authoring 4.2). */
const ROOT = /^\s*(?:self|inputs|model|data|file|env|vault|workflow)\s*[.[]/;

/** Words that begin directives of Go's templates. */
const TEMPLATE_WORD = /^(?:range|if|else|end|with|define|template|block|break|continue)\b/;

function isShellParameter(inner: string, shellScript: boolean): boolean {
  if (ROOT.test(inner)) return false;
  if (shellScript) return true;
  return /^[!#]?(?:[A-Z_][A-Z0-9_]*|\d+|[@*#?$!-])(?:[:+=?%#/^,@[-].*)?$/s.test(inner) ||
    /^[A-Za-z_]\w*(?::[-+=?]|[%#^,]|\/).*$/s.test(inner);
}

/** Names of the environment variables that an expression reads: `env.HOME`, `env["HOME"]`. */
export function environmentVariablesIn(source: string): string[] {
  const uses = source.matchAll(/(?<![\w.])env\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*(["'])(.*?)\2\s*\])/g);
  return [...new Set([...uses].map((use) => use[1] ?? use[3]!))];
}
