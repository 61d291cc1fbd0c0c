const SEPARATORS = [",", "|", "\n", "\t"];

/**
 * The words of a definition, which spaces, commas and bars separate.
 *
 * @example
 * ```ts
 * splitWords("-f, --flag"); // ["-f", "--flag"]
 * ```
 */
export function splitWords(text: string): string[] {
  let words = text;
  for (const separator of SEPARATORS) words = words.replaceAll(separator, " ");
  return words.split(" ").filter((word) => word !== "");
}

/** Where the first value definition of a text starts, its length without any. */
export function valuesStart(text: string): number {
  const required = text.indexOf("<");
  const optional = text.indexOf("[");
  if (required === -1) return optional === -1 ? text.length : optional;
  return optional === -1 ? required : Math.min(required, optional);
}

/** A flag without its dashes. */
export function withoutDashes(flag: string): string {
  if (flag.startsWith("--")) return flag.slice(2);
  return flag.startsWith("-") ? flag.slice(1) : flag;
}
