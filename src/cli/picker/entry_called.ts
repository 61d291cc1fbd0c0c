import { closestName } from "../../domain/closest.ts";
import { UserError } from "../../domain/errors.ts";
import type { Choice } from "./choice.ts";

/** What tells how entries are called. */
export type Named<E> = Pick<Choice<E, never>, "listing" | "names" | "normalize" | "id">;

/** Shorter beginnings of an id are more likely a mistake. */
const SHORTEST_BEGINNING = 3;
const MOST_CANDIDATES = 10;

/**
 * The entry of a list with a certain name or id; where there is none, the one whose id begins so.
 *
 * @throws {UserError} `entry_not_found`, or `ambiguous_entry` when there are several.
 */
export function entryCalled<E>(
  wanted: string,
  entries: readonly E[],
  { listing, names, normalize = (name) => name, id = () => "" }: Named<E>,
): E {
  const name = normalize(wanted);
  const exact = entries.filter((entry) => names(entry).includes(name) || id(entry) === wanted);
  const found = exact.length > 0 || wanted.length < SHORTEST_BEGINNING
    ? exact
    : entries.filter((entry) => id(entry).startsWith(wanted.toLowerCase()));
  if (found.length > 1) {
    throw ambiguous(wanted, found.map((entry) => [...names(entry), id(entry)].join("  ")));
  }
  if (found.length === 1) return found[0]!;
  const meant = closestName(wanted, entries.flatMap((entry) => names(entry)));
  throw new UserError(
    "entry_not_found",
    `No ${listing.noun} in the list is called "${wanted}"`,
    meant === undefined ? {} : { fields: { hint: `Did you mean "${meant}"?` } },
  );
}

function ambiguous(wanted: string, candidates: readonly string[]): UserError {
  const more = candidates.length - MOST_CANDIDATES;
  return new UserError(
    "ambiguous_entry",
    [
      `"${wanted}" may be any of these:`,
      ...candidates.slice(0, MOST_CANDIDATES).map((line) => `  ${line}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join("\n"),
  );
}
