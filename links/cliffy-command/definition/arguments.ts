import { CommandError } from "../errors.ts";
import type { Argument } from "../types.ts";
import { splitWords } from "./words.ts";

/**
 * Reads one value definition: `<name>`, `<name:type>` or `<name:type:action>`, with square brackets
 * when the value is optional, `...` before or after the name when it is variadic and `[]` after the
 * type when it is a list.
 *
 * @example
 * ```ts
 * parseArgument("[files...:file]");
 * // { name: "files", type: "file", action: "file", optional: true, variadic: true, list: false, … }
 * ```
 */
export function parseArgument(raw: string, description?: string): Argument {
  const [label = "", typeName = "string", actionName] = raw.slice(1, -1).split(":");
  const list = typeName.endsWith("[]");
  const type = list ? typeName.slice(0, -2) : typeName;
  const before = label.startsWith("...");
  const after = label.endsWith("...");
  return {
    name: label.slice(before ? 3 : 0, after ? -3 : undefined),
    type,
    action: actionName ?? type,
    optional: raw.startsWith("["),
    variadic: before || after,
    list,
    raw,
    description,
  };
}

/**
 * Reads a row of value definitions, as `arguments()` and the flags of an option contain them.
 *
 * @throws {CommandError} when a definition is not in brackets.
 */
export function parseArguments(definition: string, descriptions: string[] = []): Argument[] {
  const args = splitWords(definition).map((raw, index) => {
    if (!isBracketed(raw)) {
      throw new CommandError(`An argument must be written as <name> or [name], but got "${raw}".`);
    }
    return parseArgument(raw, descriptions[index]);
  });
  checkOrder(args);
  return args;
}

function isBracketed(raw: string): boolean {
  return (raw.startsWith("<") && raw.endsWith(">")) || (raw.startsWith("[") && raw.endsWith("]"));
}

/**
 * Checks that nothing follows a variadic argument and nothing required follows an optional one.
 *
 * @throws {CommandError} when something does.
 */
export function checkOrder(args: readonly Argument[]): void {
  for (const [index, arg] of args.entries()) {
    const before = args[index - 1];
    if (before?.variadic) {
      throw new CommandError(
        `An argument cannot follow an variadic argument, but got "${arg.name}".`,
      );
    }
    if (before?.optional && !arg.optional) {
      throw new CommandError(
        `An required argument cannot follow an optional argument, but "${arg.name}"  is defined as required.`,
      );
    }
  }
}
