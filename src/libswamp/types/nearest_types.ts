import { closest } from "../../domain/closest.ts";
import { rankTypes } from "../../domain/extensions/type_ranking.ts";
import type { ExtensionTypes } from "../../domain/extensions/extension_types.ts";

/** Shorter names are part of too many others to tell what was meant. */
const SHORTEST_PART = 3;

/**
 * Up to three existing types that somebody may have meant by `type`. Descriptions are not looked at: a
 * type that mentions a word is found by a search, but is not what its name was mistyped for.
 */
export function nearestTypes(
  types: Pick<ExtensionTypes<unknown, unknown>, "summaries">,
  type: string,
): string[] {
  const all = types.summaries().map(({ normalized }) => ({ normalized, description: "" }));
  const last = type.slice(type.lastIndexOf("/") + 1);
  const { matches, related } = last.length < SHORTEST_PART
    ? { matches: [], related: [] }
    : rankTypes(all, last);
  const candidates = [
    closest(type, all.map(({ normalized }) => normalized)),
    ...[...matches, ...related].map(({ normalized }) => normalized),
  ];
  return [...new Set(candidates.filter((name) => name !== undefined))].slice(0, 3);
}
