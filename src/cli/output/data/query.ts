import type { DataQueryDocument, QueriedRecord } from "../../../libswamp/data/query.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";
import { table } from "../table.ts";
import { hiddenNote } from "./hidden_note.ts";
import { sizeText } from "./size.ts";
import { stateText } from "./state.ts";

/** Records as a table; of a selection one value a line, or a table where the values are maps or lists. */
export function renderDataQuery(document: DataQueryDocument, page: Page): string {
  const { style } = page;
  const { predicate, results, hidden } = document;
  if (results.length === 0) {
    return ["No matching data found.", ...hiddenNote(hidden, style)].join("\n");
  }
  const asTable = predicate === undefined
    ? selectionTable(results, page)
    : recordTable(results as readonly QueriedRecord[], page);
  // Values by themselves are for other programs, which want nothing else.
  if (asTable === undefined) return lines(results, page);
  return [asTable, "", style.dim(countText(document)), ...hiddenNote(hidden, style)].join("\n");
}

function countText({ results, total, limited }: DataQueryDocument): string {
  if (limited) return `Showing ${results.length} of ${total} results (limit reached)`;
  return `${total} result${total === 1 ? "" : "s"}`;
}

function recordTable(records: readonly QueriedRecord[], page: Page): string {
  const states = records.map(stateText);
  const headings = ["NAME", "MODEL", "SPEC", "TYPE", "VERSION", "SIZE", "STATE"];
  const rows = records.map((record, index) => [
    page.style.cyan(record.name),
    record.modelName,
    record.specName,
    record.dataType,
    `v${record.version}`,
    sizeText(record.size),
    states[index]!,
  ]);
  const isShown = states.some((state) => state !== "");
  return table(isShown ? headings : headings.slice(0, -1), rows, page);
}

/** A table of maps or lists; `undefined` for other values. */
function selectionTable(values: readonly unknown[], page: Page): string | undefined {
  if (values.every(isMap)) {
    const headings = [...new Set(values.flatMap((value) => Object.keys(value)))];
    const rows = values.map((value) => headings.map((heading) => cell(value[heading])));
    return headings.length === 0 ? undefined : table(headings, rows, page);
  }
  if (!values.every((value) => Array.isArray(value))) return undefined;
  const columns = Math.max(...values.map((value) => value.length));
  const headings = Array.from({ length: columns }, (_, index) => String(index + 1));
  return columns === 0 ? undefined : table(headings, values.map((value) => value.map(cell)), page);
}

function lines(values: readonly unknown[], { width }: Page): string {
  const text = values.map(cell).join("\n");
  return width === undefined ? text : printable(text, true);
}

/** A value on one line: a text as it is, everything else as JSON. */
function cell(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "";
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
