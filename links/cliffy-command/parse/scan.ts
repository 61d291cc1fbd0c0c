import {
  duplicateOption,
  invalidOptionValue,
  optionNotCombinable,
  unknownOption,
} from "../errors.ts";
import { optionKey } from "../definition/names.ts";
import type { Option } from "../types.ts";
import type { ParseContext } from "./context.ts";
import {
  indexOptions,
  looksLikeOption,
  type OptionIndex,
  type OptionToken,
  readOptionTokens,
} from "./option_token.ts";
import { takeOptionValue, type WordSource } from "./option_value.ts";

/** Takes the words that are not options. */
export interface PositionalSink {
  /** Whether a word that looks like an unknown option can be an argument. */
  hasRoom(): boolean;
  add(word: string): void;
}

/**
 * Consumes the global options in front of the name of a sub-command; stops at the first word that
 * is anything else.
 */
export function scanLeadingOptions(context: ParseContext): void {
  const [first] = context.rest;
  if (first === undefined || !looksLikeOption(first)) return;
  const options = context.command.getOptions(true).filter((option) => option.global);
  const index = indexOptions(options);
  const source: WordSource = { words: context.rest, next: 0 };
  const given = new Set<Option>();
  while (true) {
    const word = source.words[source.next];
    if (word === undefined || word === "--" || !looksLikeOption(word)) break;
    const tokens = readOptionTokens(word, index);
    if (typeof tokens === "string") break;
    source.next++;
    for (const token of tokens) {
      given.add(giveOption(context, token, source, index));
    }
  }
  checkStandalone(context, given);
  context.rest = context.rest.slice(source.next);
}

/** Consumes all words of the command that runs: options, arguments and what follows `--`. */
export function scanCommandLine(
  context: ParseContext,
  options: Option[],
  positionals: PositionalSink,
  stopEarly: boolean,
): void {
  const index = indexOptions(options);
  const source: WordSource = { words: context.rest, next: 0 };
  const given = new Set<Option>();
  let onlyArguments = false;
  while (source.next < source.words.length) {
    const word = source.words[source.next]!;
    if (word === "--") break;
    source.next++;
    const tokens = onlyArguments || !looksLikeOption(word)
      ? undefined
      : readOptionTokens(word, index);
    if (tokens instanceof Array) {
      for (const token of tokens) {
        given.add(giveOption(context, token, source, index));
      }
      continue;
    }
    if (tokens !== undefined && !positionals.hasRoom()) {
      throw unknownOption(tokens, options);
    }
    positionals.add(word);
    onlyArguments ||= stopEarly;
  }
  checkStandalone(context, given);
  context.literal = context.rest.slice(source.next + 1);
  context.rest = [];
}

/**
 * A standalone option tolerates no other option in its own stretch of the command line, nor in one
 * further right.
 */
function checkStandalone({ standalone }: ParseContext, given: ReadonlySet<Option>): void {
  if (!standalone) return;
  for (const option of given) {
    if (option !== standalone && !option.standalone) {
      throw optionNotCombinable(standalone.name);
    }
  }
}

/** Stores what one option on the command line means, and gives the option back. */
function giveOption(
  context: ParseContext,
  token: OptionToken,
  source: WordSource,
  index: OptionIndex,
): Option {
  const { option } = token;
  const key = optionKey(option.name);
  if (context.values.has(key) && !option.collect) {
    throw duplicateOption(option.name);
  }
  const { value } = takeOptionValue(context.command, token, source, index);
  context.given.set(option.name, option);
  if (option.standalone) context.standalone = option;
  if (option.action) context.actions.push(option.action);
  if (value !== undefined) {
    context.values.set(key, mapValue(option, value, context.values.get(key)));
  }
  return option;
}

/** The value as the option's `value` setting maps it; collected values become an array. */
export function mapValue(option: Option, value: unknown, previous: unknown): unknown {
  if (!option.value) {
    return option.collect ? [...((previous as unknown[] | undefined) ?? []), value] : value;
  }
  const mapped: unknown = option.value(value, previous);
  if (mapped === undefined) {
    throw invalidOptionValue(option.name, option.args[0]?.type ?? "boolean", value);
  }
  return mapped;
}
