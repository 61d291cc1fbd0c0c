import { displayWidth, padEnd } from "./text_width.ts";

const GAP = "  ";

/**
 * Rows in aligned columns without headings. Nothing is ever cut.
 *
 * @param rows cells, each one printable line; colours are allowed
 * @param indent blanks in front of each line
 *
 * @example
 * ```ts
 * columns([["a.ts", "new"], ["long.ts", "gone"]], "  ");
 * // ["  a.ts     new", "  long.ts  gone"]
 * ```
 */
export function columns(rows: readonly (readonly string[])[], indent: string): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((text, at) => widths[at] = Math.max(widths[at] ?? 0, displayWidth(text)));
  }
  return rows.map((row) =>
    `${indent}${row.map((text, at) => padEnd(text, widths[at]!)).join(GAP)}`.trimEnd()
  );
}
