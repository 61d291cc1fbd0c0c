/**
 * What swamp says when it does not understand a command line (contract: cli-core 2.5, IMP-6, IMP-9,
 * IMP-11).
 *
 * @module
 */
import { closest } from "../domain/closest.ts";
import { EXIT_CODES, UserError } from "../domain/errors.ts";
import type { CommandLine, Unknown } from "./command_line.ts";
import type { CommandGroup, CommandNode, CommandSpec } from "./command_spec.ts";
import { GLOBAL_OPTIONS } from "./global_options.ts";
import { readArguments, readOption } from "./notation.ts";

/** The words that name a command, the program's name first. */
function commandName(path: readonly CommandNode[]): string {
  return path.map((node) => node.name).join(" ");
}

/** A mistake on the command line, with a pointer to the help of the command it was made with. */
export function usageError(message: string, path: readonly CommandNode[]): UserError {
  return new UserError("usage_error", message, {
    fields: { hint: `Run "${commandName(path)} --help" for usage.` },
  });
}

/** The error for the first thing on a command line that swamp does not know. */
export function unknownError(line: CommandLine, unknown: Unknown): UserError {
  if (unknown.kind === "command") return unknownCommandError(line.path, unknown.word);
  return unknownFlagError(line, unknown.flag, unknown.beforeCommand);
}

/** The error for a word that names no child of the last node of `path`. */
export function unknownCommandError(path: readonly CommandNode[], word: string): UserError {
  const here = path.at(-1)!;
  const name = commandName(path);
  const told = here.kind === "group"
    ? alternatives(here, name, word)
    : [`"${word}" is not a subcommand of "${withoutProgram(name)}", which has none.`];
  const message = [...told, "", `  Run "${name} --help" for available subcommands.`].join("\n");
  return new UserError("unknown_command", message, { exitCode: EXIT_CODES.unknownCommand });
}

/** Throws unless there are as many values as the command takes. */
export function checkArguments(
  spec: CommandSpec,
  values: readonly string[],
  path: readonly CommandNode[],
): void {
  const shapes = readArguments(spec.arguments);
  const missing = shapes.slice(values.length).filter((shape) => shape.required);
  if (missing.length > 0) {
    const names = missing.map((shape) => shape.name).join(", ");
    throw usageError(`Missing argument(s): ${names}`, path);
  }
  const surplus = shapes.at(-1)?.variadic ? [] : values.slice(shapes.length);
  if (surplus.length > 0) throw usageError(surplusText(spec, surplus), path);
}

function surplusText({ confidential, surplus }: CommandSpec, values: readonly string[]): string {
  if (surplus !== undefined) return surplus(values);
  if (confidential) return "Too many arguments. Put quotes around a value that holds blanks.";
  return `Too many arguments: ${values.join(" ")}`;
}

/** The lines that say what is wrong and what may have been meant. */
function alternatives({ children, suggest }: CommandGroup, name: string, word: string): string[] {
  const visible = children.filter((child) => !child.hidden).map((child) => child.name);
  const near = closest(word, visible);
  if (near !== undefined) return [`Unknown command "${word}". Did you mean "${near}"?`];
  const wrong = `"${word}" is not a subcommand of "${withoutProgram(name)}".`;
  if (suggest !== undefined) {
    const lines = suggest(word).map((line) => `    ${line}`);
    return [wrong, "", "  Did you mean one of these?", "", ...lines];
  }
  const more = visible.length > 5 ? ", ..." : "";
  return [wrong, "", `  Available subcommands: ${visible.slice(0, 5).join(", ")}${more}`];
}

function withoutProgram(name: string): string {
  return name.replace(/^swamp /, "");
}

function unknownFlagError(line: CommandLine, flag: string, beforeCommand: boolean): UserError {
  const own = (line.spec?.options ?? []).map((option) => readOption(option.flags));
  if (beforeCommand && own.some((option) => option.forms.includes(flag))) {
    return usageError(`Option "${flag}" must stand after "${commandName(line.path)}".`, line.path);
  }
  const global = GLOBAL_OPTIONS.map((option) => readOption(option.flags));
  const longForms = [...own, ...global].map((option) => option.flag.replace(/^--/, ""));
  const near = flag.startsWith("--") ? closest(flag.slice(2), longForms) : undefined;
  if (line.spec?.confidential && near === undefined) {
    const advice = `Put "--" before a value that begins with "-".`;
    return usageError(`Unknown option. ${advice}`, line.path);
  }
  const advice = near !== undefined
    ? ` Did you mean option "--${near}"?`
    : flag.startsWith("--")
    ? ""
    : ` Put "--" before a value that begins with "-".`;
  return usageError(`Unknown option "${flag}".${advice}`, line.path);
}
