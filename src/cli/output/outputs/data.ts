import type { OutputDataDocument } from "../../../libswamp/outputs/data.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** Only the value: a string as it is, anything else as JSON. */
export function renderOutputData({ data }: OutputDataDocument, { width }: Page): string {
  const text = typeof data === "string" ? data : JSON.stringify(data, null, 2);
  return width === undefined ? text : printable(text, true);
}
