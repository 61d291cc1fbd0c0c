/**
 * How many single-character insertions, deletions and replacements lead from one text to the other
 * (Levenshtein distance, one row of the table at a time).
 */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replace = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      current[column] = Math.min(previous[column]! + 1, current[column - 1]! + 1, replace);
    }
    previous = current;
  }
  return previous[to.length]!;
}

/** The candidate closest to `word`, the first one on a tie. */
function closest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/**
 * The sentence that ends an "unknown …" message, with the space before it; empty without
 * candidates. There is no distance limit: the nearest candidate is always named.
 *
 * @example
 * ```ts
 * didYouMean("command", "c5x", ["c4", "c5"]); // ` Did you mean command "c5"?`
 * ```
 */
export function didYouMean(kind: string, word: string, candidates: Iterable<string>): string {
  const best = closest(word, candidates);
  return best === undefined ? "" : ` Did you mean ${kind} "${best}"?`;
}
