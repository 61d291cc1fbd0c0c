import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** Lines of a log: as they are for other programs, made safe for a terminal. */
export function renderLines(
  { lines }: { readonly lines: readonly string[] },
  { width }: Page,
): string {
  const text = lines.join("\n");
  return width === undefined ? text : printable(text, true);
}
