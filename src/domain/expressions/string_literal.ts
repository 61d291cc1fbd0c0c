/** A text as a string literal of CEL. */
export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u2028\u2029\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The text of a literal in quotes of which only quotes and backslashes are escaped. */
export function literalText(literal: string): string {
  return literal.slice(1, -1).replaceAll(/\\(["'\\])/g, "$1");
}
