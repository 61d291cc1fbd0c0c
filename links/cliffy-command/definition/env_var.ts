import { CommandError } from "../errors.ts";
import type { EnvVar, EnvVarOptions } from "../types.ts";
import { parseArgument, parseArguments } from "./arguments.ts";
import { splitWords, valuesStart } from "./words.ts";

/**
 * Reads the definition of an environment variable: `NAME`, `NAME=<value:type>` or
 * `NAME, OTHER <value:type>`. Without a value definition the variable is a boolean.
 *
 * @throws {CommandError} when the value is optional or variadic, or when there is more than one.
 */
export function readEnvVar(
  definition: string,
  description: string,
  options: EnvVarOptions = {},
): EnvVar {
  const start = valuesStart(definition);
  const names = splitWords(definition.slice(0, start).replace("=", " "));
  const name = names[0] ?? "";
  const args = start === definition.length
    ? [parseArgument("<value:boolean>")]
    : parseArguments(definition.slice(start));
  const details = args[0]!;
  const refuse = (rule: string) => new CommandError(`An environment variable ${rule}`);
  if (args.length > 1) {
    throw refuse(`can only have one value, but "${name}" has more than one.`);
  }
  if (details.optional) {
    throw refuse(`cannot have an optional value, but "${name}" is defined as optional.`);
  }
  if (details.variadic) {
    throw refuse(`cannot have an variadic value, but "${name}" is defined as variadic.`);
  }
  return { ...options, name, names, description, type: details.type, details };
}
