/**
 * What a picker looks like.
 *
 * ```text
 * model> we                                  line to type into
 *   NAME  TYPE           ID                  headings
 * > web   command/shell  b37e8501-…          entries, one of them highlighted
 *   west  command/shell  0c1f7a55-…
 * ────────────────────────────────────       preview of the highlighted entry
 * Name: web (command/shell)
 * 2 of 116   ↑↓ move · Enter shows · Esc ends
 * ```
 *
 * Where there are few rows, preview, headings and the last line are left out, in this order.
 *
 * @module
 */
import type { Listing } from "../output/listing.ts";
import type { Style } from "../output/output.ts";
import { printableStyled } from "../output/printable_styled.ts";
import { displayWidth, padEnd, truncate } from "../output/text_width.ts";
import type { Frame, Size } from "./frame.ts";
import { inputLine } from "./input_line.ts";
import type { PickerState } from "./picker_state.ts";

const GAP = "  ";
const MARK = "> ";
const NO_MARK = "  ";
/** Rows below which a preview leaves too little for the list. */
const ROWS_WITH_PREVIEW = 15;

/** What a picker shows besides its state. */
export interface PickerLook<E> {
  readonly listing: Listing<E>;
  /** Of each column, see {@linkcode columnWidths}. */
  readonly widths: readonly number[];
  /** Number of entries that there are. */
  readonly total: number;
  /** What Enter does: `shows it`. */
  readonly effect: string;
  /** Lines about the highlighted entry, as many as there are. */
  readonly preview: readonly string[];
  readonly style: Style;
}

/** Which row of a terminal is for what. */
export interface PickerLayout {
  readonly hasHeadings: boolean;
  readonly hasStatus: boolean;
  /** Rows for entries. */
  readonly room: number;
  /** Rows for the preview, its line included. */
  readonly previewRows: number;
}

/**
 * Parts a terminal among the parts of a picker.
 *
 * @param total number of entries that there are
 */
export function pickerLayout({ rows }: Size, total: number): PickerLayout {
  const hasStatus = rows >= 4;
  const hasHeadings = rows >= 5;
  const rest = Math.max(0, rows - 1 - Number(hasStatus) - Number(hasHeadings));
  if (rows < ROWS_WITH_PREVIEW) return { hasHeadings, hasStatus, room: rest, previewRows: 0 };
  // A list that is short leaves more to the preview.
  const room = Math.min(Math.floor(rest / 2), Math.max(total, 1));
  return { hasHeadings, hasStatus, room, previewRows: rest - room };
}

/** How wide the columns of a list must be, headings included. */
export function columnWidths<E>(
  { headings, cells }: Listing<E>,
  entries: readonly E[],
  plain: Style,
): number[] {
  const widths = headings.map(displayWidth);
  for (const entry of entries) {
    cells(entry, plain).forEach((cell, at) =>
      widths[at] = Math.max(widths[at] ?? 0, displayWidth(printableStyled(cell)))
    );
  }
  return widths;
}

/** A picker in a terminal of some size. */
export function pickerFrame<E>(state: PickerState<E>, look: PickerLook<E>, size: Size): Frame {
  const { listing, style } = look;
  const layout = pickerLayout(size, look.total);
  const input = inputLine(`${listing.noun}> `, state.field, size.columns, style);
  // No column but the last may take more than half of the line.
  const widths = look.widths.map((width) => Math.min(width, Math.ceil(size.columns / 2)));
  const entries = entryLines(state, { ...look, widths }, layout.room);
  const headings = rowText(listing.headings, widths);
  const lines = [
    input.line,
    ...(layout.hasHeadings ? [style.bold(`${NO_MARK}${headings}`)] : []),
    ...entries,
    ...Array(layout.room - entries.length).fill(""),
    ...previewLines(look, layout.previewRows, size.columns),
    ...(layout.hasStatus ? [style.dim(statusText(state, look, size.columns))] : []),
  ];
  return {
    lines: lines.slice(0, size.rows).map((line) => truncate(line, size.columns)),
    cursor: { row: 0, column: input.cursor },
  };
}

function entryLines<E>(state: PickerState<E>, look: PickerLook<E>, room: number): string[] {
  const { listing, widths, style } = look;
  const { found, selected, top } = state;
  if (found.length === 0) {
    return room === 0 ? [] : [style.dim(`${NO_MARK}No ${listing.noun} matches.`)];
  }
  return found.slice(top, top + room).map((entry, at) => {
    const row = rowText(listing.cells(entry, style).map(printableStyled), widths);
    return top + at === selected ? `${style.cyan(MARK)}${style.bold(row)}` : `${NO_MARK}${row}`;
  });
}

function rowText(cells: readonly string[], widths: readonly number[]): string {
  return cells.map((cell, at) =>
    at === cells.length - 1 ? cell : padEnd(truncate(cell, widths[at]!), widths[at]!)
  ).join(GAP).trimEnd();
}

function previewLines<E>(
  { preview, style }: PickerLook<E>,
  rows: number,
  columns: number,
): string[] {
  if (rows === 0) return [];
  const lines = preview.slice(0, rows - 1);
  return [
    style.dim("─".repeat(columns)),
    ...lines,
    ...Array(rows - 1 - lines.length).fill(""),
  ];
}

/** How much was found and which keys there are, the one left out first that everybody guesses. */
function statusText<E>(
  { found }: PickerState<E>,
  { total, effect }: PickerLook<E>,
  columns: number,
): string {
  const count = found.length === total ? `${total}` : `${found.length} of ${total}`;
  const text = (keys: readonly string[]) => `${count}   ${keys.join(" · ")}`;
  const keys = ["↑↓ move", `Enter ${effect}`, "Esc ends"];
  return displayWidth(text(keys)) <= columns ? text(keys) : text(keys.slice(1));
}
