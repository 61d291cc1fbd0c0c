import { stripAnsi } from "../ansi.ts";

/** How the columns of a table are set. */
export interface TableLayout {
  /** Spaces in front of every line. */
  indent: number;
  /** Spaces after each column but the last. */
  padding: readonly number[];
  /** The widest a line may become; the columns that wrap share what is left. */
  width: number;
  /** Indexes of the columns whose text may be wrapped. */
  wraps: readonly number[];
}

/** The narrowest that a wrapped column becomes. */
const MIN_WRAP = 20;

/** Sets rows of texts in columns. Every cell is filled up to the width of its column. */
export function renderTable(rows: string[][], layout: TableLayout): string {
  const widths = columnWidths(rows, layout);
  return rows
    .map((row) => {
      const cells = row.map((text, column) =>
        layout.wraps.includes(column) ? wrap(text, widths[column]!) : text.split("\n")
      );
      const height = Math.max(...cells.map((lines) => lines.length));
      return Array.from({ length: height }, (_, line) => {
        const parts = cells.map((lines, column) => {
          const last = column === cells.length - 1;
          const padding = last ? 0 : (layout.padding[column] ?? 0);
          return fill(lines[line] ?? "", widths[column]! + padding);
        });
        return " ".repeat(layout.indent) + parts.join("");
      }).join("\n");
    })
    .join("\n");
}

function columnWidths(rows: string[][], { indent, padding, width, wraps }: TableLayout): number[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from(
    { length: columns },
    (_, column) => Math.max(...rows.flatMap((row) => row[column]!.split("\n").map(visibleLength))),
  );
  const gaps = padding.slice(0, columns - 1).reduce((sum, gap) => sum + gap, indent);
  let excess = widths.reduce((sum, each) => sum + each, gaps) - width;
  // The widest column gives first, so that a short one beside it stays on its line.
  while (excess > 0) {
    const widest = wraps
      .filter((column) => (widths[column] ?? 0) > MIN_WRAP)
      .sort((a, b) => widths[b]! - widths[a]!)[0];
    if (widest === undefined) break;
    widths[widest]!--;
    excess--;
  }
  return widths;
}

/** Breaks a text at spaces so that no line is longer than `width`, unless a single word is. */
function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => {
    if (visibleLength(line) <= width) return [line];
    const lines: string[] = [];
    let current = "";
    for (const word of line.split(" ")) {
      const longer = current === "" ? word : `${current} ${word}`;
      if (current !== "" && visibleLength(longer) > width) {
        lines.push(current);
        current = word;
      } else {
        current = longer;
      }
    }
    return [...lines, current];
  });
}

function fill(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - visibleLength(text)));
}

function visibleLength(text: string): number {
  return stripAnsi(text).length;
}
