import type { Command } from "../command.ts";
import type { Argument } from "../types.ts";
import { BUILT_IN_TYPES } from "../types/built_in.ts";
import { FileType } from "../types/file.ts";

/** Where the candidates of one value come from. */
export interface ValueSource {
  /** Name of the completion action to call back for; `file` for the shell's own file names. */
  action: string;
  optional: boolean;
  variadic: boolean;
}

/** An option as a completion script needs it. */
export interface OptionNode {
  flags: string[];
  description: string;
  values: ValueSource[];
}

/** A command as a completion script needs it. */
export interface CommandNode {
  /** The names from below the main command down to this one, separated by spaces. */
  path: string;
  /** Name and aliases. */
  names: string[];
  description: string;
  options: OptionNode[];
  arguments: ValueSource[];
  children: CommandNode[];
}

/** The action of a value that the shell completes with file names. */
export const FILE_ACTION = "file";
/** The action of a value that nobody knows candidates for. */
export const NO_ACTION = "-";

/** The visible part of a tree of commands. */
export function commandTree(main: Command): CommandNode {
  return readNode(main, "", true);
}

/** All commands of a tree, parents first. */
export function allNodes(node: CommandNode): CommandNode[] {
  return [node, ...node.children.flatMap(allNodes)];
}

function readNode(command: Command, path: string, withGlobals: boolean): CommandNode {
  const own = new Set(command.getBaseCommands(false));
  const children = withGlobals ? command.getCommands(false) : [...own];
  return {
    path,
    names: [command.getName(), ...command.getAliases()],
    description: command.getShortDescription(),
    options: command.getOptions(false).map((option) => ({
      flags: option.flags,
      description: option.description.split("\n", 1)[0]!.trim(),
      values: option.args.map((argument) => readSource(command, argument)),
    })),
    arguments: command.getArguments().map((argument) => readSource(command, argument)),
    // Below an inherited command the global ones are left out: they would contain each other.
    children: children.map((child) =>
      readNode(child, `${path} ${child.getName()}`.trim(), own.has(child))
    ),
  };
}

function readSource(command: Command, argument: Argument): ValueSource {
  const { action, optional, variadic } = argument;
  return { action: resolveAction(command, action), optional, variadic };
}

function resolveAction(command: Command, action: string): string {
  if (command.getCompletion(action)) return action;
  const handler = command.getType(action)?.handler ?? BUILT_IN_TYPES.get(action);
  if (handler instanceof FileType) return FILE_ACTION;
  return typeof handler === "object" && handler.complete ? action : NO_ACTION;
}
