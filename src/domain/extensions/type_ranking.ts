import { editDistance } from "../closest.ts";
import type { TypeSummary } from "./extension_types.ts";

/** What people get to see for a query. */
export interface RankedTypes {
  /** Types whose name contains the query, the most likely first. */
  readonly matches: readonly TypeSummary[];
  /** Types that are near: a name that is almost the query, or a description that mentions it. */
  readonly related: readonly TypeSummary[];
}

/** At most this many related types are worth showing. */
const RELATED_LIMIT = 10;

/**
 * Orders types for people: an exact name first, then names whose last segment is the query, then
 * names or last segments that begin with it, then the other names that contain it.
 *
 * @param all every type
 */
export function rankTypes(all: readonly TypeSummary[], query: string): RankedTypes {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return { matches: all, related: [] };
  const matches = all.filter(({ normalized }) => normalized.includes(wanted));
  const others = all.filter(({ normalized }) => !normalized.includes(wanted));
  return {
    matches: sortedBy(matches, ({ normalized }) => nameRank(normalized, wanted)),
    related: sortedBy(others, (type) => relatedRank(type, wanted))
      .filter((type) => relatedRank(type, wanted) !== Infinity)
      .slice(0, RELATED_LIMIT),
  };
}

function nameRank(name: string, wanted: string): number {
  const last = lastSegment(name);
  if (name === wanted || last === wanted) return name === wanted ? 0 : 1;
  return name.startsWith(wanted) || last.startsWith(wanted) ? 2 : 3;
}

/** Distance of a name that was mistyped, a constant for a mention, infinity for neither. */
function relatedRank({ normalized, description }: TypeSummary, wanted: string): number {
  const limit = Math.floor(wanted.length / 3);
  const distance = Math.min(
    editDistance(wanted, lastSegment(normalized), limit),
    editDistance(wanted, normalized, limit),
  );
  if (distance <= limit) return distance;
  const about = `${normalized} ${description}`.toLowerCase();
  return wanted.split(/[\s/]+/).every((word) => about.includes(word)) ? 1000 : Infinity;
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function sortedBy(
  types: readonly TypeSummary[],
  rank: (type: TypeSummary) => number,
): TypeSummary[] {
  return types.map((type) => ({ type, rank: rank(type) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ type }) => type);
}
