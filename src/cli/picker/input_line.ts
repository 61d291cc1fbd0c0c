import type { Style } from "../output/output.ts";
import { printable } from "../output/printable.ts";
import { displayWidth } from "../output/text_width.ts";
import { fieldView, type TextField } from "./text_field.ts";

/**
 * A line to type into, behind a label if there is room for one.
 *
 * @param columns width of the terminal
 * @returns the line and the column of the cursor, from 0
 */
export function inputLine(
  label: string,
  field: TextField,
  columns: number,
  style: Style,
): { readonly line: string; readonly cursor: number } {
  const shown = displayWidth(label) <= columns / 2 ? label : "";
  const visible = { before: printable(field.before), after: printable(field.after) };
  const { text, cursor } = fieldView(visible, Math.max(1, columns - displayWidth(shown)));
  return { line: `${style.bold(shown)}${text}`, cursor: displayWidth(shown) + cursor };
}
