import type { Command } from "./command.ts";
import { didYouMean } from "./did_you_mean.ts";
import type { ArgumentValue, EnvVar, Option } from "./types.ts";

/** Anything that a command refuses: wrong declarations as well as wrong usage. */
export class CommandError extends Error {}

/** Settings of a {@linkcode ValidationError}. */
export interface ValidationErrorOptions extends ErrorOptions {
  /** The exit code of the process when the error ends it, 2 by default. */
  exitCode?: number;
}

/**
 * The command line is wrong. Unless the command throws its errors, its help is printed on stdout,
 * the message on stderr, and the process exits with {@linkcode ValidationError.exitCode}.
 *
 * @example
 * ```ts
 * throw new ValidationError("Black is not supported.", { exitCode: 1 });
 * ```
 */
export class ValidationError extends CommandError {
  readonly exitCode: number;
  /** The command that failed, set when the error passes through `parse()`. */
  cmd?: Command;

  constructor(message: string, options: ValidationErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.exitCode = options.exitCode ?? 2;
  }
}

/** A word stands where only the name of a sub-command can stand. */
export class UnknownCommandError extends ValidationError {
  constructor(name: string, commands: Command[]) {
    super(`Unknown command "${name}".${suggestCommand(name, commands)}`);
  }
}

/** Arguments were given to a command that takes none. */
export class NoArgumentsAllowedError extends ValidationError {
  constructor(name: string) {
    super(`No arguments allowed for command "${name}".`);
  }
}

/** More arguments were given than the command takes. */
export class TooManyArgumentsError extends ValidationError {
  constructor(args: string[]) {
    super(`Too many arguments: ${args.join(" ")}`);
  }
}

/** A required environment variable is not set. */
export class MissingRequiredEnvVarError extends ValidationError {
  constructor(envVar: EnvVar) {
    super(`Missing required environment variable "${envVar.names[0]}".`);
  }
}

/** A completion was asked for a command that does not exist. */
export class UnknownCompletionCommandError extends CommandError {
  constructor(name: string, commands: Command[]) {
    super(`Auto-completion failed. Unknown command "${name}".${suggestCommand(name, commands)}`);
  }
}

/** `select()` or `default()` names a sub-command that does not exist. */
export class CommandNotFoundError extends CommandError {
  constructor(name: string, commands: Command[]) {
    super(`Unknown command "${name}".${suggestCommand(name, commands)}`);
  }
}

/** `default()` names a sub-command that does not exist. */
export class DefaultCommandNotFoundError extends CommandError {
  constructor(name: string, commands: Command[]) {
    super(`Default command "${name}" not found.${suggestCommand(name, commands)}`);
  }
}

function suggestCommand(name: string, commands: Command[]): string {
  return didYouMean(
    "command",
    name,
    commands.map((command) => command.getName()),
  );
}

/** A flag name with its dashes: one for a single letter, else two. */
export function flagOf(name: string): string {
  if (name.startsWith("-")) return name;
  return name.length === 1 ? `-${name}` : `--${name}`;
}

function suggestOption(name: string, options: Option[]): string {
  const names = options.flatMap((option) => [option.name, ...option.aliases]);
  return didYouMean("option", flagOf(name), names.map(flagOf));
}

/** An option that the command does not have; `name` without dashes. */
export function unknownOption(name: string, options: Option[]): ValidationError {
  return new ValidationError(`Unknown option "${flagOf(name)}".${suggestOption(name, options)}`);
}

/** An option given again that cannot be collected. */
export function duplicateOption(name: string): ValidationError {
  const flag = flagOf(name).replace(/^--no-/, "--");
  return new ValidationError(`Option "${flag}" can only occur once, but was found several times.`);
}

/** An option whose value is not there. */
export function missingOptionValue(name: string): ValidationError {
  return new ValidationError(`Missing value for option "${flagOf(name)}".`);
}

/** A value mapper that accepted nothing (it returned `undefined`). */
export function invalidOptionValue(name: string, type: string, value: unknown): ValidationError {
  return new ValidationError(
    `Option "${flagOf(name)}" must be of type "${type}", but got "${value}".`,
  );
}

/** A value attached to an option that takes none. */
export function unexpectedOptionValue(name: string, value: string): ValidationError {
  return new ValidationError(`Option "${flagOf(name)}" doesn't take a value, but got "${value}".`);
}

/** A standalone option next to others. */
export function optionNotCombinable(name: string): ValidationError {
  return new ValidationError(`Option "${flagOf(name)}" cannot be combined with other options.`);
}

/** Two options that exclude each other. */
export function conflictingOption(name: string, other: string): ValidationError {
  return new ValidationError(`Option "${flagOf(name)}" conflicts with option "${flagOf(other)}".`);
}

/** An option whose companion is missing. */
export function dependingOption(name: string, other: string): ValidationError {
  return new ValidationError(`Option "${flagOf(name)}" depends on option "${flagOf(other)}".`);
}

/** A required option that is not there. */
export function missingRequiredOption(name: string): ValidationError {
  return new ValidationError(`Missing required option "${flagOf(name)}".`);
}

/** All of the required arguments are missing. */
export function missingArguments(names: string[]): ValidationError {
  return new ValidationError(`Missing argument(s): ${names.join(", ")}`);
}

/** Some arguments are there, `name` is the first that is missing. */
export function missingArgument(name: string): ValidationError {
  return new ValidationError(`Missing argument: ${name}`);
}

/** A value that its type does not accept. */
export function invalidType(
  { label, name, type, value }: ArgumentValue,
  expected?: Array<string | number | boolean>,
): ValidationError {
  const values = expected?.map((item) => `"${item}"`).join(", ");
  return new ValidationError(
    `${label} "${name}" must be of type "${type}", but got "${value}".` +
      (values === undefined ? "" : ` Expected values: ${values}`),
  );
}

/** A definition names a type that is not registered. */
export function unknownType(name: string, types: string[]): CommandError {
  return new CommandError(`Unknown type "${name}".${didYouMean("type", name, types)}`);
}

/** `depends` or `conflicts` names an option that is not declared. */
export function unknownRelatedOption(
  relation: "required" | "conflicting",
  name: string,
  options: Option[],
): CommandError {
  return new CommandError(
    `Unknown ${relation} option "${flagOf(name)}".${suggestOption(name, options)}`,
  );
}
