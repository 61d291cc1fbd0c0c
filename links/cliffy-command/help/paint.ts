import type { Palette } from "../ansi.ts";
import { flagOf } from "../errors.ts";
import type { Command } from "../command.ts";
import type { Argument, Option } from "../types.ts";
import { SecretType } from "../types/secret.ts";
import { resolveDefault } from "../parse/value.ts";
import { BUILT_IN_TYPES } from "../types/built_in.ts";
import { formatValue } from "./format_value.ts";

/** `<name>` or `[name...]`, with the type behind the name if it is wanted. */
export function formatArgument(argument: Argument, paint: Palette, types: boolean): string {
  const [open, close] = argument.optional ? ["[", "]"] : ["<", ">"];
  const type = types ? paint.yellow(":") + paint.red(typeName(argument)) : "";
  const name = paint.pink(argument.name + (argument.variadic ? "..." : ""));
  return paint.yellow(open) + name + type + paint.yellow(close);
}

function typeName({ type, list }: Argument): string {
  return list ? `${type}[]` : type;
}

/** All arguments in a row. */
export function formatArguments(args: Argument[], paint: Palette, types: boolean): string {
  return args.map((argument) => formatArgument(argument, paint, types)).join(" ");
}

/** What there is to know about an option besides its description, e.g. `(required, Default: 5)`. */
export function optionHints(command: Command, option: Option, paint: Palette): string {
  const hints: string[] = [];
  const flags = (names: string[]) => names.map(flagOf).join(", ");
  if (option.required) hints.push(paint.yellow("required"));
  hints.push(...defaultHint(command, option, option.args[0], paint));
  if (option.depends?.length) {
    hints.push(paint.yellow(paint.bold("Depends: ")) + flags(option.depends));
  }
  if (option.conflicts?.length) {
    hints.push(paint.red(paint.bold("Conflicts: ")) + flags(option.conflicts));
  }
  const values = possibleValues(command, option.args[0]);
  if (values) {
    const list = values.map((value) => formatValue(value, paint)).join(", ");
    hints.push(paint.bold("Values: ") + list);
  }
  return hints.length === 0 ? "" : `(${hints.join(", ")})`;
}

/** What there is to know about an argument besides its description. */
export function argumentHints(command: Command, argument: Argument, paint: Palette): string {
  const hints = defaultHint(command, argument, argument, paint);
  if (!argument.optional) hints.unshift(paint.yellow("required"));
  return hints.length === 0 ? "" : `(${hints.join(", ")})`;
}

function defaultHint(
  command: Command,
  owner: Pick<Argument, "default" | "defaultText">,
  argument: Argument | undefined,
  paint: Palette,
): string[] {
  if (owner.default === undefined && owner.defaultText === undefined) return [];
  const value = resolveDefault(owner.default);
  const text = typeof owner.defaultText === "function"
    ? owner.defaultText(value)
    : owner.defaultText;
  const shown = text ?? (isSecret(command, argument) ? "******" : value);
  return [paint.bold("Default: ") + formatValue(shown, paint)];
}

function isSecret(command: Command, argument: Argument | undefined): boolean {
  return typeHandler(command, argument) instanceof SecretType;
}

function possibleValues(command: Command, argument: Argument | undefined) {
  const handler = typeHandler(command, argument);
  return typeof handler === "object" ? handler.values?.(command, command.getParent()) : undefined;
}

function typeHandler(command: Command, argument: Argument | undefined) {
  if (!argument) return undefined;
  return command.getType(argument.type)?.handler ?? BUILT_IN_TYPES.get(argument.type);
}
