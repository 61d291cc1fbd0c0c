import { palette } from "../ansi.ts";
import type { Command } from "../command.ts";
import { registerDefaultOptions } from "../definition/default_options.ts";
import {
  DefaultCommandNotFoundError,
  NoArgumentsAllowedError,
  TooManyArgumentsError,
  UnknownCommandError,
  ValidationError,
} from "../errors.ts";
import type { CommandResult, ErrorContext } from "../types.ts";
import { newContext, type ParseContext } from "./context.ts";
import { readEnvVars } from "./env_vars.ts";
import { finalOptions, validateOptions } from "./options.ts";
import { Positionals } from "./positionals.ts";
import { scanCommandLine, scanLeadingOptions } from "./scan.ts";

/**
 * Parses a command line and runs the command that it names.
 *
 * @param args The words after the program's name.
 */
export async function run(main: Command, args: string[]): Promise<CommandResult> {
  const context = newContext(main, args);
  try {
    registerDefaultOptions(main.getMainCommand());
    findCommand(context);
    return await runCommand(context);
  } catch (error) {
    return handleError(context.command, error, context);
  }
}

/** Walks down the sub-commands that the words name, past the global options between them. */
function findCommand(context: ParseContext): void {
  while (true) {
    const { command } = context;
    command.definition.rawArgs = context.rest;
    if (!command.hasCommands(true)) return;
    if (!command.definition.useRawArgs) scanLeadingOptions(context);
    const [word] = context.rest;
    const child = word === undefined ? undefined : command.getCommand(word, true);
    if (!child) return;
    context.rest = context.rest.slice(1);
    context.command = child;
  }
}

/** Parses what is left of the command line for the command that was found, and runs it. */
async function runCommand(context: ParseContext): Promise<CommandResult> {
  const { command } = context;
  const isBare = context.rest.length === 0;
  if (command.definition.useRawArgs) parseRaw(context);
  else await parseWords(context);
  const { options, args, literal } = context;
  command.definition.literalArgs = literal;
  const result: CommandResult = { options, args, literal, cmd: command };
  if (!(await runOptionActions(context))) return result;
  for (const owner of [...command.getParents(), command]) {
    await owner.definition.globalAction?.call(command, options, ...args);
  }
  const { action, defaultCommand } = command.definition;
  if (action) await action.call(command, options, ...args);
  else if (defaultCommand !== undefined && !command.hasArguments()) {
    return await runDefault(context);
  } else if (isBare && command.getBaseCommands(true).length > 0) command.showAutoHelp();
  return result;
}

function parseRaw(context: ParseContext): void {
  const env = readEnvVars(context.command);
  context.options = finalOptions({ context, options: [], env });
  context.args = context.rest;
}

async function parseWords(context: ParseContext): Promise<void> {
  const { command } = context;
  const { stopEarly, allowEmpty } = command.definition;
  const isEmpty = context.rest.length === 0 && context.given.size === 0;
  const options = command.getOptions(true);
  const positionals = new Positionals(command);
  scanCommandLine(context, options, positionals, stopEarly);
  const { standalone } = context;
  const env = standalone ? new Map<string, unknown>() : readEnvVars(command);
  const state = { context, options, env };
  if (!standalone) validateOptions(state, isEmpty && allowEmpty);
  context.options = finalOptions(state);
  if (!command.hasArguments()) checkNoArguments(command, positionals.surplus);
  context.args = await positionals.finish(!standalone);
}

/** Words given to a command without arguments: misplaced or misspelt sub-commands, or too much. */
function checkNoArguments(command: Command, words: string[]): void {
  const [word] = words;
  if (word === undefined) return;
  if (!command.hasCommands(true)) {
    throw new NoArgumentsAllowedError(command.getPath());
  }
  if (command.getCommand(word, true)) throw new TooManyArgumentsError(words);
  throw new UnknownCommandError(word, command.getCommands(false));
}

/** Runs the actions of the given options; tells whether the command's own action follows. */
async function runOptionActions(context: ParseContext): Promise<boolean> {
  const { command, standalone, options, args } = context;
  const action = standalone?.action;
  for (const each of action ? [action] : context.actions) {
    await each.call(command, options, ...args);
  }
  return !action;
}

/** Runs the sub-command that `default()` names. */
async function runDefault(context: ParseContext): Promise<CommandResult> {
  const { command } = context;
  const name = command.definition.defaultCommand!;
  const child = command.getCommand(name, true);
  if (!child) {
    throw new DefaultCommandNotFoundError(name, command.getCommands(false));
  }
  context.command = child;
  context.actions = [];
  return await runCommand(context);
}

/**
 * Shows an error to the nearest error handler, then throws it, or, for wrong usage, prints help and
 * message and ends the process.
 */
export function handleError(command: Command, error: unknown, context: ErrorContext): never {
  if (error instanceof ValidationError) error.cmd = command;
  const owner = [command, ...command.getParents().reverse()].find(
    (candidate) => candidate.definition.errorHandler,
  );
  const { options, args } = context;
  owner?.definition.errorHandler?.(error as Error, command, { options, args });
  if (command.shouldThrowErrors() || !(error instanceof ValidationError)) {
    throw error;
  }
  command.showHelp();
  const { red, bold } = palette();
  console.error(red(`  ${bold("error")}: ${error.message}\n`));
  Deno.exit(error.exitCode);
}
