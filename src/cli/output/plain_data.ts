import { printable } from "./printable.ts";

/**
 * Plain data for people, in the manner of YAML: one line a scalar, nested maps and lists indented.
 *
 * @param indent blanks in front of each line.
 *
 * @example
 * ```ts
 * dataLines({ region: "eu", tags: { env: "prod" }, ids: [1, 2] }, "  ");
 * // ["  region: eu", "  tags:", "    env: prod", "  ids:", "    - 1", "    - 2"]
 * ```
 */
export function dataLines(value: unknown, indent: string): string[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item) => {
      if (!isNested(item)) return [`${indent}- ${inline(item)}`];
      const [first = "", ...rest] = dataLines(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  if (isNested(value)) return Object.entries(value).flatMap((entry) => memberLines(entry, indent));
  return [`${indent}${inline(value)}`];
}

function memberLines([key, value]: [string, unknown], indent: string): string[] {
  const name = `${indent}${inline(key)}:`;
  if (typeof value === "string" && isProse(value)) {
    return [`${name} |`, ...value.trimEnd().split("\n").map((line) => `${indent}  ${line}`)];
  }
  return isNested(value)
    ? [name, ...dataLines(value, `${indent}  `)]
    : [`${name} ${inline(value)}`];
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** Several lines of printable text. */
function isProse(text: string): boolean {
  return text.trimEnd().includes("\n") && printable(text, true) === text;
}

/** A scalar, or an empty map or list, on one line; a string in quotes if it could be mistaken. */
function inline(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value) ?? "null";
  const isPlain = /^[^\s\-?:,[\]{}#&*!|>'"%@`](?:[^:#]|:(?=\S)|(?<=\S)#)*$/.test(value) &&
    value.trimEnd() === value && printable(value) === value;
  const isOther = /^(?:true|false|null|~|[-+.\d][\d.eE+_-]*)$/i.test(value);
  return isPlain && !isOther ? value : printable(JSON.stringify(value));
}
