import type { Argument, Option, OptionOptions } from "../types.ts";
import { parseArguments } from "./arguments.ts";
import { dedent } from "./names.ts";
import { splitWords, valuesStart, withoutDashes } from "./words.ts";

/** An option as it was declared; read only when its command runs or shows its help. */
export interface OptionDeclaration {
  /** Flags and value definitions, e.g. `-f, --flag <value:string>`. */
  flags: string;
  description: string;
  options: OptionOptions;
  groupName?: string | undefined;
}

/**
 * Reads a declaration: `-f, --flag, --alias <value:type> [more...]`, or `--flag=[value]` when an
 * optional value must be attached with `=`.
 */
export function readOption(declaration: OptionDeclaration): Option {
  const { flags, description, options, groupName } = declaration;
  const start = valuesStart(flags);
  const head = flags.slice(0, start).trimEnd();
  const hasEquals = head.endsWith("=");
  const rawFlags = splitWords(hasEquals ? head.slice(0, -1) : head);
  const [name = "", ...aliases] = readNames(rawFlags);
  const typeDefinition = start === flags.length ? undefined : flags.slice(start).trim();
  return {
    ...options,
    name,
    aliases,
    flags: rawFlags,
    description: dedent(description),
    typeDefinition,
    args: typeDefinition === undefined ? [] : readValues(typeDefinition, options.separator),
    groupName,
    equalsSign: options.equalsSign ?? hasEquals,
  };
}

/** The names of `flags` without dashes; the one that names the option comes first. */
function readNames(flags: string[]): string[] {
  const long = flags.findIndex((flag) => flag.startsWith("--"));
  const names = flags.map(withoutDashes);
  if (long > 0) names.unshift(...names.splice(long, 1));
  return names;
}

function readValues(definition: string, separator: string | undefined): Argument[] {
  const args = parseArguments(definition);
  return separator === undefined ? args : args.map((argument) => ({ ...argument, separator }));
}
