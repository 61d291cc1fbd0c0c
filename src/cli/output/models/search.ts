import type { ModelSearchDocument } from "../../../libswamp/models/search.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";

/** Definitions as a table. */
export function renderModelSearch({ query, results }: ModelSearchDocument, page: Page): string {
  const { style } = page;
  if (results.length === 0) {
    return query === ""
      ? `No models yet. ${style.cyan("swamp model create <type> <name>")} makes one.`
      : `No model matches "${query}".`;
  }
  const rows = results.map(({ name, type, id }) => [style.cyan(name), type, style.dim(id)]);
  return table(["NAME", "TYPE", "ID"], rows, page);
}
