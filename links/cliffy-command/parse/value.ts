import type { Command } from "../command.ts";
import { unknownType } from "../errors.ts";
import { BUILT_IN_TYPES } from "../types/built_in.ts";
import type { Argument, ArgumentValue, DefaultValue } from "../types.ts";

/**
 * Parses one raw value with the type that its definition names.
 *
 * @throws {ValidationError} when the type does not accept the value.
 * @throws {CommandError} when no type of that name is registered.
 */
export function parseValue(command: Command, value: ArgumentValue): unknown {
  const handler = command.getType(value.type)?.handler ?? BUILT_IN_TYPES.get(value.type);
  if (!handler) {
    const registered = command.getTypes().map((type) => type.name);
    throw unknownType(value.type, [...registered, ...BUILT_IN_TYPES.keys()]);
  }
  return typeof handler === "function" ? handler(value) : handler.parse(value);
}

/** Parses one raw value, or every piece of it when the definition is a list. */
export function parseArgumentValue(
  command: Command,
  argument: Argument,
  label: string,
  name: string,
  value: string,
): unknown {
  const { type, list, separator = "," } = argument;
  const parse = (piece: string) => parseValue(command, { label, type, name, value: piece });
  return list ? value.split(separator).map(parse) : parse(value);
}

/** The default value, made now if it is a function. */
export function resolveDefault(value: DefaultValue): unknown {
  return typeof value === "function" ? value() : value;
}
