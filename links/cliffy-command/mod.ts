/**
 * Stand-in for the part of `@cliffy/command` that swamp uses.
 *
 * @module
 */
export { Command } from "./command.ts";
export { ValidationError, type ValidationErrorOptions } from "./errors.ts";
export { ActionListType } from "./types/action_list.ts";
export { BooleanType } from "./types/boolean.ts";
export { ChildCommandType } from "./types/child_command.ts";
export { CommandType } from "./types/command.ts";
export { EnumType } from "./types/enum.ts";
export { FileType } from "./types/file.ts";
export { IntegerType } from "./types/integer.ts";
export { NumberType } from "./types/number.ts";
export { SecretType } from "./types/secret.ts";
export { StringType } from "./types/string.ts";
export { type InferType, Type } from "./types/type.ts";
export type {
  ActionHandler,
  Argument,
  ArgumentValue,
  CommandResult,
  CompleteHandler,
  CompleteHandlerResult,
  CompleteOptions,
  Completion,
  DefaultValue,
  Description,
  DescriptionHandler,
  EnvVar,
  EnvVarOptions,
  EnvVarValueHandler,
  ErrorContext,
  ErrorHandler,
  Example,
  GlobalEnvVarOptions,
  GlobalOptionOptions,
  HelpHandler,
  Option,
  OptionOptions,
  OptionValueHandler,
  TypeDef,
  TypeHandler,
  TypeOptions,
  TypeOrTypeHandler,
  ValuesHandlerResult,
  VersionHandler,
} from "./types.ts";
