import { Command } from "@cliffy/command";
import type { CommandNode, CommandSpec, ExampleSpec } from "../command_spec.ts";
import { GLOBAL_OPTIONS } from "../global_options.ts";
import { addOptions } from "./options.ts";

/** What a help text is about, and how it is written. */
export interface HelpRequest {
  /** The groups on the way, and the group or command itself; the root first. */
  readonly path: readonly CommandNode[];
  /** The command, unless `path` ends at a group. */
  readonly spec: CommandSpec | undefined;
  readonly version: string;
  readonly colors: boolean;
}

/**
 * The help text of a group or command, laid out by Cliffy. Of commands that are not on the way only
 * names and descriptions are needed, so none of their modules is imported.
 */
export function helpText({ path, spec, version, colors }: HelpRequest): string {
  const last = described(path.at(-1)!, true);
  if (spec !== undefined) addSpec(last, spec);
  // Declared here and not at the root, so that they are listed after the command's own options.
  addOptions(last, GLOBAL_OPTIONS);
  const commands = [...path.slice(0, -1).map((node) => described(node, false)), last];
  commands.slice(1).forEach((command, at) => {
    commands[at]!.command(path[at + 1]!.name, command).reset();
  });
  commands[0]!.name(path[0]!.name).version(version);
  // Cliffy fills its columns up with blanks.
  return `${last.getHelp({ colors }).replaceAll(/ +$/gm, "").trimEnd()}\n`;
}

/** Adds what a command's module says about it. */
export function addSpec(
  // deno-lint-ignore no-explicit-any -- Cliffy infers option types from literals; these are data
  command: Command<any>,
  spec: CommandSpec,
): void {
  if (spec.arguments) command.arguments(spec.arguments);
  addOptions(command, spec.options ?? []);
  addExamples(command, spec.examples);
}

function addExamples(
  // deno-lint-ignore no-explicit-any -- as above
  command: Command<any>,
  examples: readonly ExampleSpec[] = [],
): void {
  for (const { title, command: line } of examples) command.example(title, line);
}

/** A command with its description and, if asked for, its children, as far as the tree knows them. */
// deno-lint-ignore no-explicit-any -- as above
function described(node: CommandNode, withChildren: boolean): Command<any> {
  // deno-lint-ignore no-explicit-any -- as above
  const command: Command<any> = new Command().description(node.description);
  for (const alias of node.aliases ?? []) command.alias(alias);
  if (node.hidden) command.hidden();
  if (withChildren && node.kind === "group") {
    command.usage("<command> [options]");
    addExamples(command, node.examples);
    for (const child of node.children) {
      // Cliffy's `command()` selects the child for the calls that follow, `reset()` goes back.
      command.command(child.name, described(child, false)).reset();
    }
  }
  return command;
}
