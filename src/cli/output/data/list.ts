import type { DataItem, DataListDocument } from "../../../libswamp/data/list.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";
import { table } from "../table.ts";
import { hiddenNote } from "./hidden_note.ts";
import { sizeText } from "./size.ts";
import { stateText } from "./state.ts";

/** Data of a model, a table for each type. */
export function renderDataList(document: DataListDocument, page: Page): string {
  const { style } = page;
  const { modelName, modelType, groups, hidden } = document;
  const title = `${style.bold("Data for")} ${style.bold(printable(modelName))} (${modelType})`;
  const parts = groups.map(({ type, items }) => {
    const count = `${items.length} item${items.length === 1 ? "" : "s"}`;
    return `${style.cyan(printable(type))} (${count}):\n${itemTable(items, page)}`;
  });
  const note = hiddenNote(hidden, style);
  if (groups.length === 0 && hidden === undefined) return `${title}\nNo data.`;
  return [title, ...parts, ...note].join("\n\n");
}

function itemTable(items: readonly DataItem[], page: Page): string {
  const headings = ["  NAME", "VERSION", "CONTENT TYPE", "SIZE", "CREATED", "STATE"];
  const states = items.map(stateText);
  const rows = items.map(({ name, version, contentType, size, createdAt }, index) => [
    `  ${name}`,
    `v${version}`,
    contentType,
    size === undefined ? "" : sizeText(size),
    createdAt.slice(0, 10),
    states[index]!,
  ]);
  const shown = states.some((state) => state !== "") ? headings : headings.slice(0, -1);
  return table(shown, rows, page);
}
