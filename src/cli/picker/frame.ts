/** Size of a terminal in characters. */
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** All that is to be seen in a terminal. */
export interface Frame {
  /** From the top, at most as many as there are rows; none wider than the terminal. */
  readonly lines: readonly string[];
  /** Where the cursor stands, both from 0. */
  readonly cursor: { readonly row: number; readonly column: number };
}

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const ERASE_SCREEN = "\x1b[2J";
const ERASE_LINE = "\x1b[2K";

/**
 * What to write so that a terminal shows a frame (ECMA-48 control sequences).
 *
 * @param previous the frame that it shows; everything is drawn if it shows anything else
 */
export function frameText(previous: Frame | undefined, next: Frame): string {
  const rows = Math.max(next.lines.length, previous?.lines.length ?? 0);
  let text = previous === undefined ? ERASE_SCREEN : "";
  for (let row = 0; row < rows; row++) {
    const line = next.lines[row] ?? "";
    if (previous !== undefined && previous.lines[row] === line) continue;
    // Erased first: at the end of a full line some terminals would erase its last character.
    text += `${moveTo(row, 0)}${ERASE_LINE}${line}`;
  }
  return `${HIDE_CURSOR}${text}${moveTo(next.cursor.row, next.cursor.column)}${SHOW_CURSOR}`;
}

function moveTo(row: number, column: number): string {
  return `\x1b[${row + 1};${column + 1}H`;
}
