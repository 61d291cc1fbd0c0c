import type { RankedTypes } from "../../../domain/extensions/type_ranking.ts";
import type { TypeSummary } from "../../../domain/models/model_types.ts";
import type { TypeSearchDocument } from "../../../libswamp/types/search.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";
import { oneLine } from "./schema_lines.ts";

/** Types for people: those that match, then, under a heading of their own, those that are near. */
export function renderTypes(
  { query, results, hint }: TypeSearchDocument,
  { matches, related }: RankedTypes,
  page: Page,
): string {
  const { style } = page;
  const parts: string[] = [];
  if (matches.length > 0) parts.push(typeTable(matches, page));
  else parts.push(query === "" ? "No model types." : `No model type is called "${query}".`);
  if (related.length > 0) parts.push(`${style.bold("Related")}\n${typeTable(related, page)}`);
  if (matches.length > 0) {
    const noun = results.length === 1 ? "type" : "types";
    parts.push(style.dim(`${results.length} ${noun}${query === "" ? "" : ` matching "${query}"`}`));
  } else if (hint !== undefined) parts.push(hint);
  return parts.join("\n\n");
}

function typeTable(types: readonly TypeSummary[], page: Page): string {
  return table(
    ["TYPE", "VERSION", "DESCRIPTION"],
    types.map(({ normalized, version, description, builtIn }) => [
      page.style.cyan(normalized),
      version,
      builtIn && description === "" ? "built in" : oneLine(description),
    ]),
    page,
  );
}
