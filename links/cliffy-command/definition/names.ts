/** `some-name` as `someName`. */
export function camelCase(name: string): string {
  if (!name.includes("-")) return name;
  return name.replace(/-+([^-])/g, (_, letter: string) => letter.toUpperCase());
}

/** Whether a name is the negation of another: `no-color`. */
export function isNegated(name: string): boolean {
  return name.startsWith("no-");
}

/**
 * The path under which an option's value is kept: without `no-`, camel-cased, the parts of a dotted
 * name separated by dots.
 *
 * @example
 * ```ts
 * optionKey("no-color"); // "color"
 * optionKey("bit-rate.audio"); // "bitRate.audio"
 * ```
 */
export function optionKey(name: string): string {
  return camelCase(isNegated(name) ? name.slice(3) : name);
}

/** The name under which the value of an environment variable is kept: `SOME_VAR` as `someVar`. */
export function envVarKey(name: string, prefix = ""): string {
  const rest = prefix !== "" && name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return camelCase(rest.toLowerCase().replaceAll("_", "-"));
}

/** Without the indentation that all lines share, and without empty lines at both ends. */
export function dedent(text: string): string {
  if (!text.includes("\n")) return text.trim();
  const lines = text
    .replace(/^(\s*\n)+/, "")
    .trimEnd()
    .split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const shared = Math.min(...indents, Infinity);
  return lines.map((line) => (line.trim() === "" ? "" : line.slice(shared))).join("\n");
}
