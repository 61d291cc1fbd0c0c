import type { Command } from "../command.ts";
import { isNegated } from "../definition/names.ts";
import { flagOf, missingOptionValue, unexpectedOptionValue } from "../errors.ts";
import type { Argument, Option } from "../types.ts";
import {
  looksLikeOption,
  type OptionIndex,
  type OptionToken,
  readOptionTokens,
} from "./option_token.ts";
import { parseArgumentValue, resolveDefault } from "./value.ts";

/** The words from which an option takes its values. */
export interface WordSource {
  words: readonly string[];
  /** Index of the next word; moved on by whatever is consumed. */
  next: number;
}

/** The value of a given option; `undefined` when an empty text was given for it. */
export interface TakenValue {
  value: unknown;
}

/** Takes the values of an option from its own word and from the words that follow it. */
export function takeOptionValue(
  command: Command,
  { option, inline }: OptionToken,
  source: WordSource,
  index: OptionIndex,
): TakenValue {
  if (option.args.length === 0) return { value: flagValue(option, inline) };
  const values = new OptionValues(command, option, inline, source, index);
  for (const argument of option.args) {
    if (!values.take(argument)) break;
  }
  return { value: values.result() };
}

/** The value of an option without value definitions. */
function flagValue(option: Option, inline: string | undefined): unknown {
  if (inline) throw unexpectedOptionValue(option.name, inline);
  return isNegated(option.name) ? false : withoutValue(option);
}

/** What an option means that is given without its value: its default if that is truthy, or `true`. */
function withoutValue(option: Option): unknown {
  return option.default ? resolveDefault(option.default) : true;
}

/** Collects the values of one option. */
class OptionValues {
  readonly #command: Command;
  readonly #option: Option;
  readonly #source: WordSource;
  readonly #index: OptionIndex;
  readonly #values: unknown[] = [];
  #inline: string | undefined;
  #sawWord = false;

  constructor(
    command: Command,
    option: Option,
    inline: string | undefined,
    source: WordSource,
    index: OptionIndex,
  ) {
    this.#command = command;
    this.#option = option;
    this.#inline = inline;
    this.#source = source;
    this.#index = index;
  }

  /** Takes the value or values of one definition; `false` when there is none. */
  take(argument: Argument): boolean {
    const word = this.#takeWord(argument, !argument.optional);
    if (word === undefined) {
      if (!argument.optional) throw missingOptionValue(this.#option.name);
      return false;
    }
    this.#add(argument, word);
    while (argument.variadic) {
      const more = this.#takeWord(argument, false);
      if (more === undefined) break;
      this.#add(argument, more);
    }
    return true;
  }

  /** All values as the option's value: one by itself, several as an array. */
  result(): unknown {
    const { args, required } = this.#option;
    if (!this.#sawWord) return withoutValue(this.#option);
    const isList = args.length > 1 || args[0]!.variadic;
    const value = isList ? this.#values : this.#values[0];
    const empty = isList ? this.#values.length === 0 : value === undefined;
    if (empty && required && !args[0]!.optional) {
      throw missingOptionValue(this.#option.name);
    }
    return empty ? undefined : value;
  }

  #add(argument: Argument, word: string): void {
    this.#sawWord = true;
    if (word === "" && argument.variadic) return;
    const label = flagOf(this.#option.name);
    this.#values.push(
      word === "" ? undefined : parseArgumentValue(this.#command, argument, "Option", label, word),
    );
  }

  /** A needed value is the next word whatever it looks like; any other must not look like a flag. */
  #takeWord(argument: Argument, needed: boolean): string | undefined {
    if (this.#inline !== undefined) {
      const inline = this.#inline;
      this.#inline = undefined;
      return inline;
    }
    const word = this.#source.words[this.#source.next];
    if (word === undefined) return undefined;
    if (!needed && (this.#option.equalsSign || !this.#isValue(argument, word))) return undefined;
    this.#source.next++;
    return word;
  }

  #isValue(argument: Argument, word: string): boolean {
    if (!word.startsWith("-")) return true;
    const isNumber = argument.type === "number" || argument.type === "integer";
    return (
      isNumber &&
      looksLikeOption(word) &&
      Number.isFinite(Number(word)) &&
      typeof readOptionTokens(word, this.#index) === "string"
    );
  }
}
