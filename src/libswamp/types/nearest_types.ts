import { closest } from "../../domain/closest.ts";
import { rankTypes } from "../../domain/extensions/type_ranking.ts";
import type { ExtensionTypes } from "../../domain/extensions/extension_types.ts";

/** Up to three existing types that somebody may have meant by `type`. */
export function nearestTypes(
  types: Pick<ExtensionTypes<unknown, unknown>, "summaries">,
  type: string,
): string[] {
  const all = types.summaries();
  const names = all.map(({ normalized }) => normalized);
  const last = type.slice(type.lastIndexOf("/") + 1);
  const { matches, related } = rankTypes(all, last);
  const candidates = [
    closest(type, names),
    ...[...matches, ...related].map(({ normalized }) => normalized),
  ];
  return [...new Set(candidates.filter((name) => name !== undefined))].slice(0, 3);
}
