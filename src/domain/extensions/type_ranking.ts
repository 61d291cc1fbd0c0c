import { editDistance } from "../closest.ts";
import type { TypeSummary } from "./extension_types.ts";

/** What is looked at when types are put in order. */
export type RankableType = Pick<TypeSummary, "normalized" | "description">;

/** What people get to see for a query. */
export interface RankedTypes<T extends RankableType = TypeSummary> {
  /** Types whose name contains the query, the most likely first. */
  readonly matches: readonly T[];
  /** Types that are near: a name that is almost the query, or a description that mentions it. */
  readonly related: readonly T[];
}

/** At most this many related types are worth showing. */
export const RELATED_LIMIT = 10;

/** What decides whether a type whose name does not contain a query is near it. */
export interface Nearness {
  /** The query in lower case, without blanks around it. */
  readonly wanted: string;
  /** A name, or its last segment, may be at most this far from it, as `editDistance` counts. */
  readonly tolerance: number;
  /** Or name and description together have all of these, in any case. */
  readonly words: readonly string[];
}

/** What makes a type near a query. */
export function nearness(query: string): Nearness {
  const wanted = query.trim().toLowerCase();
  return { wanted, tolerance: Math.floor(wanted.length / 3), words: wanted.split(/[\s/]+/) };
}

/**
 * Orders types for people: an exact name first, then names whose last segment is the query, then
 * names or last segments that begin with it, then the other names that contain it.
 *
 * @param all every type, or at least those that contain the query or are near it; where `all` has
 * an order, types of the same rank keep it
 */
export function rankTypes<T extends RankableType>(
  all: readonly T[],
  query: string,
): RankedTypes<T> {
  const near = nearness(query);
  const { wanted } = near;
  if (wanted === "") return { matches: all, related: [] };
  const matches = all.filter(({ normalized }) => normalized.includes(wanted));
  const others = all.filter(({ normalized }) => !normalized.includes(wanted));
  return {
    matches: sortedBy(matches, ({ normalized }) => nameRank(normalized, wanted)),
    related: sortedBy(others, (type) => relatedRank(type, near)).slice(0, RELATED_LIMIT),
  };
}

function nameRank(name: string, wanted: string): number {
  const last = lastSegment(name);
  if (name === wanted || last === wanted) return name === wanted ? 0 : 1;
  return name.startsWith(wanted) || last.startsWith(wanted) ? 2 : 3;
}

/** Distance of a name that was mistyped, a constant for a mention, infinity for neither. */
function relatedRank(
  { normalized, description }: RankableType,
  { wanted, tolerance, words }: Nearness,
): number {
  const distance = Math.min(
    editDistance(wanted, lastSegment(normalized), tolerance),
    editDistance(wanted, normalized, tolerance),
  );
  if (distance <= tolerance) return distance;
  const about = `${normalized} ${description}`.toLowerCase();
  return words.every((word) => about.includes(word)) ? 1000 : Infinity;
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** The types that have a rank, by it. */
function sortedBy<T>(types: readonly T[], rank: (type: T) => number): T[] {
  return types.map((type) => ({ type, rank: rank(type) }))
    .filter(({ rank }) => rank !== Infinity)
    .sort((a, b) => a.rank - b.rank)
    .map(({ type }) => type);
}
