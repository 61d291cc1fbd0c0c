import { closestName } from "../../domain/closest.ts";

/** So many names are listed in a message. */
const MOST_LISTED = 12;

/**
 * The end of a sentence about a name that is not there.
 *
 * @param listed whether all candidates are named where none is close.
 *
 * @example
 * ```ts
 * suggestion("regoin", ["region", "size"], true); // '. Did you mean "region"?'
 * suggestion("x", ["region", "size"], true); // ". Available: region, size"
 * ```
 */
export function suggestion(
  name: string,
  candidates: readonly string[],
  listed: boolean,
): string {
  const meant = closestName(name, candidates);
  if (meant !== undefined) return `. Did you mean "${meant}"?`;
  if (!listed || candidates.length === 0 || candidates.length > MOST_LISTED) return "";
  return `. Available: ${candidates.join(", ")}`;
}
