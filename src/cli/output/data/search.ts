import type { DataSearchDocument } from "../../../libswamp/data/search.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";
import { hiddenNote } from "./hidden_note.ts";
import { sizeText } from "./size.ts";
import { stateText } from "./state.ts";

/** Data of all models as a table, the newest first. */
export function renderDataSearch(document: DataSearchDocument, page: Page): string {
  const { style } = page;
  const { results, total, limited, hidden } = document;
  if (results.length === 0) {
    return ["No matching data.", ...hiddenNote(hidden, style)].join("\n");
  }
  const states = results.map(stateText);
  const headings = ["NAME", "MODEL", "TYPE", "VERSION", "SIZE", "CREATED (UTC)", "STATE"];
  const rows = results.map((data, index) => [
    style.cyan(data.name),
    data.modelName,
    data.type,
    `v${data.version}`,
    sizeText(data.size),
    data.createdAt.replace("T", " ").replace(/(?:\.\d+)?Z$/, ""),
    states[index]!,
  ]);
  const shown = states.some((state) => state !== "") ? headings : headings.slice(0, -1);
  const count = limited
    ? `${results.length} of ${total} results; --limit ${total} shows all.`
    : `${total} result${total === 1 ? "" : "s"}`;
  return [
    table(shown, rows, page),
    "",
    ...[style.dim(count), ...hiddenNote(hidden, style)],
  ].join("\n");
}
