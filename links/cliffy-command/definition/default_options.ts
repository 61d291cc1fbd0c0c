import type { Command } from "../command.ts";
import type { CommandDefinition } from "./command.ts";
import { type OptionDeclaration, readOption } from "./option.ts";
import { findOption, readOptions } from "./options.ts";
import { splitWords, withoutDashes } from "./words.ts";

/**
 * Gives the main command its `--help` (global) and, when it has a version, its `--version` option.
 * This happens when it first parses or shows its help, so that flags declared by then can take
 * `-h` and `-V` for themselves.
 */
export function registerDefaultOptions(main: Command): void {
  const { definition } = main;
  if (definition.hasDefaultOptions) return;
  definition.hasDefaultOptions = true;
  const { version, versionOption, helpOption } = definition;
  if (version && versionOption !== false) {
    register(definition, defaultVersionOption(main), versionOption);
  }
  if (helpOption !== false) {
    definition.helpOptionName = register(definition, DEFAULT_HELP_OPTION, helpOption);
  }
}

const DEFAULT_HELP_OPTION: OptionDeclaration = {
  flags: "-h, --help",
  description: "Show this help.",
  options: {
    global: true,
    standalone: true,
    action(this: Command) {
      const long = this.getMainCommand().getRawArgs().includes("--help");
      this.showHelp({ long });
      this.exit();
    },
  },
};

function defaultVersionOption(main: Command): OptionDeclaration {
  return {
    flags: "-V, --version",
    description: "Show the version number for this program.",
    options: {
      standalone: true,
      action(this: Command) {
        const long = main.getRawArgs().includes("--version");
        if (long) this.showLongVersion();
        else this.showVersion();
        this.exit();
      },
    },
  };
}

/** Registers a default option as its owner changed it; gives its name if there was room for it. */
function register(
  definition: CommandDefinition,
  base: OptionDeclaration,
  custom: OptionDeclaration | undefined,
): string | undefined {
  const declared = readOptions(definition);
  const { flags, description } = custom ?? base;
  const free = splitWords(flags).filter((flag) => !findOption(declared, withoutDashes(flag)));
  if (free.length === 0) return undefined;
  const option = readOption({
    flags: free.join(", "),
    description: description || base.description,
    options: { ...base.options, ...custom?.options },
  });
  definition.options = [option, ...declared];
  return option.name;
}
