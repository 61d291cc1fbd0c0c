import type { RankableType, RankedTypes } from "../../../domain/extensions/type_ranking.ts";
import type { TypeSummary } from "../../../domain/models/model_types.ts";
import type { RankedProvider } from "../../../libswamp/types/search_providers.ts";
import type { Listing } from "../listing.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";
import { oneLine } from "./schema_lines.ts";

/** How model types are listed. */
export const MODEL_TYPES: Listing<TypeSummary> = {
  noun: "model type",
  headings: ["TYPE", "VERSION", "DESCRIPTION"],
  cells: ({ normalized, version, description, builtIn }, style) => [
    style.cyan(normalized),
    version,
    builtIn && description === "" ? "built in" : oneLine(description),
  ],
};

/** How vault, driver or datastore types are listed. */
export function providerTypes(noun: string): Listing<RankedProvider> {
  return {
    noun,
    headings: ["TYPE", "NAME", "DESCRIPTION"],
    cells: ({ normalized, name, description }, style) => [
      style.cyan(normalized),
      name,
      oneLine(description),
    ],
  };
}

/** How reports are listed. */
export const REPORTS: Listing<RankedProvider> = {
  noun: "report",
  headings: ["REPORT", "SCOPE", "DESCRIPTION"],
  cells: ({ name, scope, description }, style) => [
    style.cyan(name),
    scope ?? "",
    oneLine(description),
  ],
};

/** Types for people: those that match, then, under a heading of their own, those that are near. */
export function renderTypes<T extends RankableType>(
  { query, hint }: { readonly query: string; readonly hint?: string },
  { matches, related }: RankedTypes<T>,
  { noun, headings, cells }: Listing<T>,
  page: Page,
): string {
  const { style } = page;
  const listed = (types: readonly T[]) =>
    table(headings, types.map((type) => cells(type, style)), page);
  const parts: string[] = [];
  if (matches.length > 0) parts.push(listed(matches));
  else parts.push(query === "" ? `No ${noun}s.` : `No ${noun} is called "${query}".`);
  if (related.length > 0) parts.push(`${style.bold("Related")}\n${listed(related)}`);
  if (matches.length > 0) {
    const counted = `${matches.length} ${noun.split(" ").at(-1)}${matches.length === 1 ? "" : "s"}`;
    parts.push(style.dim(`${counted}${query === "" ? "" : ` matching "${query}"`}`));
  } else if (hint !== undefined) parts.push(hint);
  return parts.join("\n\n");
}
