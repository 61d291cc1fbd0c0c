import type { ModelSearchDocument, ModelSummary } from "../../../libswamp/models/search.ts";
import type { Listing } from "../listing.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";

/** How definitions are listed. */
export const MODELS: Listing<ModelSummary> = {
  noun: "model",
  headings: ["NAME", "TYPE", "ID"],
  cells: ({ name, type, id }, style) => [style.cyan(name), type, style.dim(id)],
};

/** Definitions as a table. */
export function renderModelSearch({ query, results }: ModelSearchDocument, page: Page): string {
  const { style } = page;
  if (results.length === 0) {
    return query === ""
      ? `No models yet. ${style.cyan("swamp model create <type> <name>")} makes one.`
      : `No model matches "${query}".`;
  }
  return table(MODELS.headings, results.map((model) => MODELS.cells(model, style)), page);
}
