import type { Command } from "../command.ts";
import { registerDefaultOptions } from "../definition/default_options.ts";
import { CommandError } from "../errors.ts";
import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import { commandTree } from "./tree.ts";
import { zshScript } from "./zsh.ts";

/** The shells that scripts can be made for. */
export type Shell = "bash" | "fish" | "zsh";

/** Settings of {@linkcode generateShellCompletions}. */
export interface GenerateShellCompletionsOptions {
  /** Name of the program, the name of the command by default. */
  name?: string;
}

const SCRIPTS = { bash: bashScript, fish: fishScript, zsh: zshScript };

/**
 * The completion script of a command. The script completes sub-commands, options, arguments and
 * values; for dynamic values it calls `<name> completions complete <action> [command...]`, so the
 * program needs a `CompletionsCommand` called `completions`.
 *
 * @throws {CommandError} when neither the command nor the options have a name.
 */
export function generateShellCompletions(
  command: Command,
  shell: Shell,
  { name = command.getName() }: GenerateShellCompletionsOptions = {},
): string {
  if (name === "COMMAND") {
    throw new CommandError(
      `Failed to generate shell completions. Missing main command name. Use 'cmd.name("<name>")' ` +
        `or the '--name' option: '<command> completions ${shell} --name <cli-name>'.`,
    );
  }
  registerDefaultOptions(command.getMainCommand());
  const version = command.getVersion();
  return SCRIPTS[shell](name, commandTree(command), version === undefined ? "" : ` ${version}`);
}
