import { withoutDashes } from "../definition/words.ts";
import type { Option } from "../types.ts";

/** The options of a command by all of their names, without dashes. */
export type OptionIndex = ReadonlyMap<string, Option>;

/** An option found in a word of the command line. */
export interface OptionToken {
  option: Option;
  /** The value that the word itself carries: `--name=value`, `-n=value` or `-n5`. */
  inline?: string;
}

/** Makes the index; of two options with the same name the later one counts. */
export function indexOptions(options: Iterable<Option>): OptionIndex {
  const index = new Map<string, Option>();
  for (const option of options) {
    for (const name of [option.name, ...option.aliases]) {
      index.set(name, option);
    }
  }
  return index;
}

/** Whether a word can be an option: `-x`, `--long`, but not `-`. */
export function looksLikeOption(word: string): boolean {
  return word.length > 1 && word.startsWith("-");
}

/** The options of a word, or the name in it that the index does not know. */
export function readOptionTokens(word: string, index: OptionIndex): OptionToken[] | string {
  const equals = word.indexOf("=");
  const head = equals === -1 ? word : word.slice(0, equals);
  const inline = equals === -1 ? undefined : word.slice(equals + 1);
  const name = withoutDashes(head);
  const option = index.get(name);
  if (option) return [token(option, inline)];
  return head.startsWith("--") ? name : readCombined(name, inline, index);
}

/** Combined short flags: `-abc` is `-a -b -c`; a number at the end is the last one's value. */
function readCombined(
  letters: string,
  inline: string | undefined,
  index: OptionIndex,
): OptionToken[] | string {
  const tokens: OptionToken[] = [];
  for (let at = 0; at < letters.length; at++) {
    const option = index.get(letters[at]!);
    const last = tokens.at(-1);
    const number = letters.slice(at);
    if (!option && last && inline === undefined && /^\d+(\.\d+)?$/.test(number)) {
      last.inline = number;
      return tokens;
    }
    if (!option) return letters[at]!;
    tokens.push(token(option, undefined));
  }
  const last = tokens.at(-1);
  if (last && inline !== undefined) last.inline = inline;
  return tokens;
}

function token(option: Option, inline: string | undefined): OptionToken {
  return inline === undefined ? { option } : { option, inline };
}
