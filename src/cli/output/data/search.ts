import type { DataSearchDocument, FoundData } from "../../../libswamp/data/search.ts";
import type { Listing } from "../listing.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";
import { hiddenNote } from "./hidden_note.ts";
import { sizeText } from "./size.ts";
import { stateText } from "./state.ts";

/** How data of all models are listed, with a column for what became of them or without. */
export function dataListing(hasStates: boolean): Listing<FoundData> {
  const headings = ["NAME", "MODEL", "TYPE", "VERSION", "SIZE", "CREATED (UTC)"];
  return {
    noun: "data",
    headings: hasStates ? [...headings, "STATE"] : headings,
    cells: (data, style) => [
      style.cyan(data.name),
      data.modelName,
      data.type,
      `v${data.version}`,
      sizeText(data.size),
      data.createdAt.replace("T", " ").replace(/(?:\.\d+)?Z$/, ""),
      ...(hasStates ? [stateText(data)] : []),
    ],
  };
}

/** Data of all models as a table, the newest first. */
export function renderDataSearch(document: DataSearchDocument, page: Page): string {
  const { style } = page;
  const { results, total, limited, hidden } = document;
  if (results.length === 0) {
    return ["No matching data.", ...hiddenNote(hidden, style)].join("\n");
  }
  const { headings, cells } = dataListing(results.some((data) => stateText(data) !== ""));
  const count = limited
    ? `${results.length} of ${total} results; --limit ${total} shows all.`
    : `${total} result${total === 1 ? "" : "s"}`;
  return [
    table(headings, results.map((data) => cells(data, style)), page),
    "",
    ...[style.dim(count), ...hiddenNote(hidden, style)],
  ].join("\n");
}
