import { CommandError, flagOf } from "../errors.ts";
import { palette } from "../ansi.ts";
import type { Option } from "../types.ts";
import type { CommandDefinition } from "./command.ts";
import { readOption } from "./option.ts";

/**
 * The options of one command, read from their declarations on the first call: a tree of a hundred
 * commands then costs next to nothing until one of them runs.
 *
 * @throws {CommandError} when a flag is declared twice without `override`.
 */
export function readOptions(definition: CommandDefinition): Option[] {
  if (!definition.options) {
    definition.options = [];
    for (const declaration of definition.optionDeclarations) {
      definition.options = addOption(definition, readOption(declaration));
    }
  }
  return definition.options;
}

/** The option that has this name or alias. */
export function findOption(options: readonly Option[], name: string): Option | undefined {
  return options.find((option) => option.name === name || option.aliases.includes(name));
}

/** Adds `option` where its settings want it, in place of the options it overrides. */
function addOption({ options = [], name: command }: CommandDefinition, option: Option): Option[] {
  let others = options;
  for (const name of [option.name, ...option.aliases]) {
    const taken = findOption(others, name);
    if (!taken) continue;
    if (!option.override) throw duplicateName(name, command);
    others = others.filter((other) => other !== taken);
  }
  return option.prepend ? [option, ...others] : [...others, option];
}

function duplicateName(name: string, command: string): CommandError {
  const { bold } = palette();
  return new CommandError(
    `An option with name '${bold(flagOf(name))}' is already registered on command '${
      bold(
        command,
      )
    }'. If it is intended to override the option, set the '${bold("override")}' option of the '${
      bold(
        "option",
      )
    }' method to true.`,
  );
}
