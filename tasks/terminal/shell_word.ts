/**
 * A text as one word of a shell command, quoted where it has to be.
 *
 * @example
 * ```ts
 * shellWord("run=echo 'x'"); // 'run=echo '\''x'\'''
 * ```
 */
export function shellWord(text: string): string {
  return /^[\w@/.=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
