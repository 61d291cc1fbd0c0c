import type { CommandGroup, CommandNode, CommandSpec, OptionSpec } from "./command_spec.ts";
import { GLOBAL_OPTIONS } from "./global_options.ts";
import { type OptionShape, readOption } from "./notation.ts";

/** A known flag as it was found. */
export interface Flag {
  readonly option: OptionShape;
  /** As it was typed: one of the option's forms. */
  readonly form: string;
  /** The value, or `undefined` where there is none. */
  readonly value: string | undefined;
}

/** The first thing on a command line that swamp does not know. */
export type Unknown =
  | { readonly kind: "flag"; readonly flag: string; readonly beforeCommand: boolean }
  | { readonly kind: "command"; readonly word: string };

/** A command line, sorted into what it names, the flags, and the rest; nothing is judged yet. */
export interface CommandLine {
  /** The groups walked through and the command reached, the root first. */
  readonly path: readonly CommandNode[];
  /** The command, unless the words end at a group. */
  readonly spec: CommandSpec | undefined;
  readonly flags: readonly Flag[];
  readonly positionals: readonly string[];
  readonly unknown: Unknown | undefined;
}

/** Known to every command. */
const HELP: OptionShape = readOption("-h, --help");
/** Known to `swamp` alone. */
const VERSION: OptionShape = readOption("-V, --version");

/** The last flag of an option that was given, the option named by its long form. */
export function flagGiven(line: CommandLine, flag: string): Flag | undefined {
  return line.flags.findLast((given) => given.option.flag === flag);
}

/** Whether a boolean flag was given, and without a value. */
export function isSet(line: CommandLine, flag: string): boolean {
  const given = flagGiven(line, flag);
  return given !== undefined && given.value === undefined;
}

/**
 * Sorts a command line: finds the command that the words name, loads that command's module alone, and
 * tells flags from values. Flags may stand anywhere; `--` ends them. What is known last (a command's
 * own options) counts from that command's name on.
 *
 * @param argv words after the program's name.
 */
export async function readCommandLine(
  root: CommandGroup,
  argv: readonly string[],
): Promise<CommandLine> {
  const global = optionTable(GLOBAL_OPTIONS, [HELP]);
  const path: CommandNode[] = [root];
  const flags: Flag[] = [];
  const positionals: string[] = [];
  let spec: CommandSpec | undefined;
  let unknown: Unknown | undefined;
  let known = optionTable([], [...global.values(), VERSION]);

  const step = async (group: CommandGroup, word: string): Promise<void> => {
    const named = childCalled(group, word);
    const next = named ?? childTaking(group, word);
    if (next === undefined) {
      unknown ??= { kind: "command", word };
      return;
    }
    path.push(next);
    known = global;
    if (next.kind === "command") {
      spec = (await next.load()).command;
      known = optionTable(spec.options ?? [], [...global.values()]);
    }
    if (named === undefined) positionals.push(word);
  };

  for (const token of tokens(argv, (form) => known.get(form))) {
    const here = path.at(-1)!;
    if (token.kind === "flag") flags.push(token);
    else if (token.kind === "unknown") {
      unknown ??= { kind: "flag", flag: token.flag, beforeCommand: here.kind === "group" };
    } else if (here.kind === "group" && unknown?.kind !== "command") await step(here, token.word);
    else positionals.push(token.word);
  }
  return { path, spec, flags, positionals, unknown };
}

/** The child of a group with this name or alias, hidden ones included. */
export function childCalled(group: CommandGroup, word: string): CommandNode | undefined {
  return group.children.find((child) => child.name === word || child.aliases?.includes(word));
}

function childTaking({ children, shorthand }: CommandGroup, word: string) {
  if (!shorthand?.words.test(word)) return undefined;
  return children.find((child) => child.name === shorthand.child);
}

function optionTable(
  specs: readonly OptionSpec[],
  shapes: readonly OptionShape[],
): ReadonlyMap<string, OptionShape> {
  const own = specs.map((option) => readOption(option.flags));
  // A command's own options come last, so that they win over global ones of the same name.
  return new Map([...shapes, ...own].flatMap((shape) => shape.forms.map((form) => [form, shape])));
}

type Token =
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "unknown"; readonly flag: string }
  | ({ readonly kind: "flag" } & Flag);

/** Splits words into flags and others; `find` is asked anew for every flag. */
function* tokens(
  argv: readonly string[],
  find: (form: string) => OptionShape | undefined,
): Generator<Token> {
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      yield* rest.map((literal) => ({ kind: "word", word: literal }) as const);
      return;
    }
    if (word.startsWith("--")) yield longFlag(word, rest, find);
    else if (word.startsWith("-") && word !== "-") yield* shortFlags(word.slice(1), rest, find);
    else yield { kind: "word", word };
  }
}

function longFlag(
  word: string,
  rest: string[],
  find: (form: string) => OptionShape | undefined,
): Token {
  const equals = word.indexOf("=");
  const form = equals < 0 ? word : word.slice(0, equals);
  const option = find(form);
  if (option === undefined) return { kind: "unknown", flag: form };
  const attached = equals < 0 ? undefined : word.slice(equals + 1);
  return { kind: "flag", option, form, value: attached ?? followingValue(option, rest) };
}

/** Reads `-q`, `-qv`, `-n5` and `-n=5`, given without the dash. */
function* shortFlags(
  letters: string,
  rest: string[],
  find: (form: string) => OptionShape | undefined,
): Generator<Token> {
  for (let at = 0; at < letters.length; at++) {
    const form = `-${letters[at]}`;
    const option = find(form);
    if (option === undefined) {
      yield { kind: "unknown", flag: form };
      return;
    }
    const after = letters.slice(at + 1);
    if (after.startsWith("=") || (option.value !== "none" && after !== "")) {
      yield { kind: "flag", option, form, value: after.replace(/^=/, "") };
      return;
    }
    yield { kind: "flag", option, form, value: followingValue(option, rest) };
  }
}

/** The next word belongs to an option that must have a value, whatever it looks like. */
function followingValue(option: OptionShape, rest: string[]): string | undefined {
  return option.value === "required" ? rest.shift() : undefined;
}
