import type { Command } from "../command.ts";
import type { ArgumentValue, CompleteHandlerResult, ValuesHandlerResult } from "../types.ts";

/**
 * Base of a custom type: parses a value, and may offer candidates to the shell and possible values
 * to help.
 *
 * @example
 * ```ts
 * class ColorType extends Type<string> {
 *   parse({ value }: ArgumentValue): string {
 *     return value.toLowerCase();
 *   }
 *   override complete(): string[] {
 *     return ["red", "blue"];
 *   }
 * }
 * ```
 */
export abstract class Type<TValue = unknown> {
  /** The typed value; throws a `ValidationError` when the value is not one of this type. */
  abstract parse(type: ArgumentValue): TValue;

  /** The candidates that shell completion offers. */
  complete?(cmd: Command, parent?: Command): CompleteHandlerResult;

  /** The possible values that help lists. */
  values?(cmd: Command, parent?: Command): ValuesHandlerResult;
}

/** The value that a type parses to. */
export type InferType<TType> = TType extends Type<infer TValue> ? TValue : never;
