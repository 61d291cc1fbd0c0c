import type { ValidationError } from "./errors.ts";
import type { Command } from "./command.ts";
import type { HelpOptions } from "./help/help.ts";
import type { Type } from "./types/type.ts";

/**
 * A type that the published package infers from the flag strings of a command. The stand-in infers
 * nothing: whoever declares a command types its own options and arguments.
 */
// deno-lint-ignore no-explicit-any -- `Command<any>` makes every one of these `any` in the published package too
export type Loose = any;

/** What a type is asked to parse: one raw value and where it stood. */
export interface ArgumentValue {
  /** What kind of thing the value was given to: `Option`, `Argument` or `Environment variable`. */
  label: string;
  /** Name of the type, as written in the definition. */
  type: string;
  /** The option with its dashes, or the name of the argument or environment variable. */
  name: string;
  /** The value as typed. */
  value: string;
}

/** Turns a raw value into a typed one; throws a `ValidationError` for a value it does not accept. */
export type TypeHandler<TReturn = unknown> = (value: ArgumentValue) => TReturn;

/** A type is registered as a class instance or as a parsing function. */
export type TypeOrTypeHandler<TValue = unknown> = Type<TValue> | TypeHandler<TValue>;

/** A value, or a function that makes it when it is needed. */
export type DefaultValue<TValue = unknown> = TValue | (() => TValue);

/** The text that help shows for a default value. */
export type DefaultText<TValue = Loose> = string | ((defaultValue: TValue) => string);

/** A description, or a function that makes it when help is shown. */
export type Description = string | DescriptionHandler;

/** Makes the description of a command. */
export type DescriptionHandler = (this: Command) => string;

/** Makes the version of a command. */
export type VersionHandler = (this: Command, cmd: Command) => string;

/** Makes the help text of a command. */
export type HelpHandler = (this: Command, cmd: Command, options: HelpOptions) => string;

/** Runs a command or an option. Called with the command as `this`. */
export type ActionHandler<TOptions = Loose, TArguments extends Array<unknown> = Loose> = (
  this: Command,
  options: TOptions,
  ...args: TArguments
) => unknown;

/** What was parsed when an error occurred. */
export interface ErrorContext<TOptions = Loose, TArguments extends Array<unknown> = Loose> {
  options: TOptions;
  args: TArguments;
}

/** Sees every error of a command first. When it returns, the default handling follows. */
export type ErrorHandler<TOptions = Loose, TArguments extends Array<unknown> = Loose> = (
  error: Error | ValidationError,
  cmd: Command,
  context: ErrorContext<TOptions, TArguments>,
) => unknown;

/** One argument of a command or of an option, as read from `<name:type:action>`. */
export interface Argument {
  name: string;
  /** Name of the completion action; the type's name unless the definition gives another. */
  action: string;
  type: string;
  optional: boolean;
  variadic: boolean;
  /** The value is split at `separator` and every piece is parsed (`<name:type[]>`). */
  list: boolean;
  /** The definition as written. */
  raw: string;
  description?: string | undefined;
  separator?: string | undefined;
  default?: DefaultValue;
  defaultText?: DefaultText | undefined;
  value?: ((value: Loose) => unknown) | undefined;
}

/** Settings of `Command.argument()`. */
export interface CommandArgumentOptions {
  /** Where a list is split, `,` by default. */
  separator?: string;
  /** Used when the argument is not given. */
  default?: DefaultValue;
  defaultText?: DefaultText;
  /** Maps the parsed value; may return a promise. */
  value?: (value: Loose) => unknown;
}

/** Maps a parsed value; with `collect`, `previous` is what was collected so far. */
export type OptionValueHandler<TValue = Loose, TReturn = Loose> = (
  value: TValue,
  previous?: TReturn,
) => TReturn;

/** Settings of `Command.globalOption()`. */
export interface GlobalOptionOptions {
  /** May occur more than once; the values are collected into an array. */
  collect?: boolean;
  /** Must be given. */
  required?: boolean;
  /** Used when the option is not given, and when it is given without its optional value. */
  default?: DefaultValue;
  defaultText?: DefaultText;
  /** Names of options that must not be given together with this one. */
  conflicts?: string[];
  /** Names of options that must have a value when this one is given. */
  depends?: string[];
  /** Left out of help and completions. */
  hidden?: boolean;
  value?: OptionValueHandler;
  /** Runs before the command's action; instead of it for a standalone option. */
  action?: ActionHandler;
  /** Cannot be combined with other options, and switches off every check for missing things. */
  standalone?: boolean;
  /** Replaces an option of the same name. */
  override?: boolean;
  /** Listed before the options declared earlier. */
  prepend?: boolean;
  /** Where a list is split, `,` by default. */
  separator?: string;
  /** An optional value must be attached with `=`. */
  equalsSign?: boolean;
}

/** Settings of `Command.option()`. */
export interface OptionOptions extends GlobalOptionOptions {
  /** Also an option of all sub-commands. */
  global?: boolean;
}

/** An option as read from its flags, e.g. `-f, --flag <value:string>`. */
export interface Option extends OptionOptions {
  /** The first long flag without its dashes; without one, the first short flag. */
  name: string;
  /** The other flags without dashes. */
  aliases: string[];
  /** All flags as written. */
  flags: string[];
  description: string;
  /** The part of the definition that describes the values. */
  typeDefinition?: string | undefined;
  args: Argument[];
  /** Heading that help lists the option under. */
  groupName?: string | undefined;
}

/** Maps the parsed value of an environment variable. */
export type EnvVarValueHandler<TValue = Loose, TReturn = Loose> = (value: TValue) => TReturn;

/** Settings of `Command.globalEnv()`. */
export interface GlobalEnvVarOptions {
  hidden?: boolean;
  required?: boolean;
  /** Start of the variable's name that is left out of the option's name. */
  prefix?: string | undefined;
  value?: EnvVarValueHandler;
}

/** Settings of `Command.env()`. */
export interface EnvVarOptions extends GlobalEnvVarOptions {
  global?: boolean;
}

/** An environment variable as read from `NAME=<value:type>`. */
export interface EnvVar extends EnvVarOptions {
  name: string;
  /** All names; the first that is set wins. */
  names: string[];
  description: string;
  type: string;
  details: Argument;
}

/** Settings of `Command.type()`. */
export interface TypeOptions {
  override?: boolean;
  global?: boolean;
}

/** A registered type. */
export interface TypeDef extends TypeOptions {
  name: string;
  handler: TypeOrTypeHandler;
}

/** An example of a command's help. */
export interface Example {
  name: string;
  description: string;
}

/** Settings of `Command.complete()`. */
export interface CompleteOptions {
  override?: boolean;
  global?: boolean;
}

/** What a completion handler gives: the candidates. */
export type CompleteHandlerResult =
  | Array<string | number | boolean>
  | Promise<Array<string | number | boolean>>;

/** What a type gives as its possible values. */
export type ValuesHandlerResult = Array<string | number | boolean>;

/** Gives the candidates of a completion action. */
export type CompleteHandler = (cmd: Command, parent?: Command) => CompleteHandlerResult;

/** A registered completion action. */
export interface Completion extends CompleteOptions {
  name: string;
  complete: CompleteHandler;
}

/** What `Command.parse()` resolves to. */
export interface CommandResult<TOptions = Loose, TArguments extends Array<unknown> = Loose> {
  /** Options and environment variables under their camel-cased names. */
  options: TOptions;
  /** The parsed arguments. */
  args: TArguments;
  /** Everything after `--`. */
  literal: string[];
  /** The command that ran. */
  cmd: Command;
}
