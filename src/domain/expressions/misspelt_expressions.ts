/**
 * Texts that were meant to be expressions but are none.
 *
 * @module
 */
import { expressionsIn } from "./template.ts";

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
