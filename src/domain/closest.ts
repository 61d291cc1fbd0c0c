/**
 * The candidate that somebody most likely meant when typing `word`, by Levenshtein distance without
 * regard to case. A match needs a distance of at most `max(2, ⌊length of word / 2⌋)`; on a tie the
 * first candidate wins (contract: cli-core 2.5).
 *
 * @example
 * ```ts
 * closest("mdel", ["version", "model"]); // "model"
 * closest("zzz", ["version", "model"]); // undefined
 * ```
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = word.toLowerCase();
  let limit = Math.max(2, Math.floor(typed.length / 2));
  let best: string | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(typed, candidate.toLowerCase(), limit);
    if (distance > limit) continue;
    best = candidate;
    limit = distance - 1;
  }
  return best;
}

/**
 * As {@linkcode closest}, for names that people give: those are often so short that they are near any
 * other short name, so one that shares no letter with `word` is not meant.
 */
export function closestName(word: string, candidates: Iterable<string>): string | undefined {
  const letters = new Set(word.toLowerCase());
  const meant = closest(word, candidates);
  return [...(meant ?? "").toLowerCase()].some((letter) => letters.has(letter)) ? meant : undefined;
}

/** Levenshtein distance, or something above `limit` as soon as it cannot be within `limit`. */
export function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    if (Math.min(...current) > limit) return limit + 1;
    previous = current;
  }
  return previous[to.length]!;
}
