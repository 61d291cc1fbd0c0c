import type { Page } from "./output.ts";
import { printableStyled } from "./printable_styled.ts";
import { displayWidth, padEnd, padStart, truncate } from "./text_width.ts";

const GAP = "  ";
const NUMBER = /^\d[\d,]*(?:\.\d+)?(?: ?[kMG]?B| ?ms| ?%)?$/;
/** A last column narrower than this says too little. */
const NARROWEST_LAST_COLUMN = 20;

/**
 * Rows under headings, in aligned columns; columns of numbers are aligned to the right. In a terminal
 * the last column is cut where it would be wrapped; where too little of it would be left, every row
 * becomes a block of lines instead. Elsewhere nothing is ever cut.
 *
 * @param headings one for each column
 * @param rows cells, each one line; colours are allowed, other control characters are made visible
 * @returns lines without a final line break
 *
 * @example
 * ```ts
 * table(["NAME", "SIZE"], [["log", "7"], ["result", "120"]], page);
 * // NAME    SIZE
 * // log        7
 * // result   120
 * ```
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { style, width }: Page,
): string {
  const cells = rows.map((row) => headings.map((_, at) => printableStyled(row[at] ?? "")));
  const widths = headings.map((heading, at) =>
    Math.max(displayWidth(heading), ...cells.map((row) => displayWidth(row[at]!)))
  );
  const room = lastColumnRoom(widths, width);
  if (room === undefined) return blocks(headings, cells, { style, width });
  widths[widths.length - 1] = room;

  const numeric = headings.map((_, at) => isNumeric(cells.map((row) => row[at]!)));
  const line = (row: readonly string[]) =>
    row.map((text, at) => {
      const shown = truncate(text, widths[at]!);
      if (numeric[at]) return padStart(shown, widths[at]!);
      return at === row.length - 1 ? shown : padEnd(shown, widths[at]!);
    }).join(GAP).trimEnd();
  return [style.bold(line(headings)), ...cells.map(line)].join("\n");
}

/** How wide the last column may be, `undefined` if columns make no sense in this width. */
function lastColumnRoom(widths: readonly number[], width: number | undefined): number | undefined {
  const last = widths.at(-1)!;
  if (width === undefined) return last;
  const before = widths.slice(0, -1).reduce((sum, column) => sum + column + GAP.length, 0);
  const room = Math.min(last, width - before);
  return room < Math.min(last, NARROWEST_LAST_COLUMN) ? undefined : room;
}

/** Every row as its first cell and, indented, the others with their headings. */
function blocks(
  headings: readonly string[],
  cells: readonly (readonly string[])[],
  { style }: Page,
): string {
  const labels = headings.slice(1).map((heading) => heading.toLowerCase());
  const labelWidth = Math.max(0, ...labels.map(displayWidth));
  return cells.map(([first = "", ...others]) =>
    [
      first,
      ...others.flatMap((text, at) =>
        text === "" ? [] : [`${GAP}${style.dim(padEnd(labels[at]!, labelWidth))}${GAP}${text}`]
      ),
    ].join("\n")
  ).join("\n");
}

function isNumeric(column: readonly string[]): boolean {
  return column.length > 0 && column.every((text) => text === "" || NUMBER.test(text)) &&
    column.some((text) => text !== "");
}
