import { Command } from "@cliffy/command";
import { generateShellCompletions } from "@cliffy/command/completions";
import type { CommandGroup, CommandNode } from "../command_spec.ts";
import { GLOBAL_OPTIONS } from "../global_options.ts";
import { readArguments } from "../notation.ts";
import { addSpec } from "./help_text.ts";
import { addOptions } from "./options.ts";

/** The shells that swamp completes for. */
export type Shell = "bash" | "zsh" | "fish";

/** Which values an argument of this name is completed with; see `completions complete`. */
const ACTION_OF_ARGUMENT: Readonly<Record<string, string>> = {
  model_id_or_name: "model_name",
  type: "model_type",
  method_name: "method_name",
  data_name: "data_name",
  old_name: "data_name",
  output_id_or_model_name: "output_id",
  vault_name: "vault_name",
  vault_name_or_id: "vault_name",
  report_name: "report_name",
};

/** Groups whose commands mean types of their own by an argument `type`. */
const GROUPS_WITH_TYPES = ["vault", "driver", "datastore"];

const typeAction = (group: string) => `${group}_type`;

/** Actions whose candidates the script asks for at the moment of completion. */
const ACTIONS = new Set([
  ...Object.values(ACTION_OF_ARGUMENT),
  ...GROUPS_WITH_TYPES.map(typeAction),
  "log_level",
]);

/**
 * The completion script of all of swamp, made by Cliffy. Every command's module is imported for it.
 *
 * @param name what the command is called in the shell
 */
export async function completionScript(
  root: CommandGroup,
  shell: Shell,
  name: string,
): Promise<string> {
  const command = (await fullCommand(root)).name(root.name);
  addOptions(command, GLOBAL_OPTIONS, true);
  for (const action of ACTIONS) command.globalComplete(action, () => []);
  return generateShellCompletions(command, shell, { name }).trimEnd();
}

/** @param path names from the group right below `swamp` to the node. */
async function fullCommand(
  node: CommandNode,
  path: readonly string[] = [],
  // deno-lint-ignore no-explicit-any -- Cliffy infers option types from literals; these are data
): Promise<Command<any>> {
  // deno-lint-ignore no-explicit-any -- as above
  const command: Command<any> = new Command().description(node.description);
  for (const alias of node.aliases ?? []) command.alias(alias);
  if (node.hidden) command.hidden();
  if (node.kind === "command") {
    const { command: spec } = await node.load();
    addSpec(command, { ...spec, arguments: withActions(spec.arguments, path[0]) });
    return command;
  }
  for (const child of node.children) {
    command.command(child.name, await fullCommand(child, [...path, child.name])).reset();
  }
  return command;
}

function withActions(notation: string | undefined, group = ""): string {
  return readArguments(notation).map(({ name, type, required, variadic }) => {
    const isOwnType = name === "type" && GROUPS_WITH_TYPES.includes(group);
    const action = isOwnType ? typeAction(group) : ACTION_OF_ARGUMENT[name];
    const inner = [`${name}${variadic ? "..." : ""}`, type, ...(action ? [action] : [])].join(":");
    return required ? `<${inner}>` : `[${inner}]`;
  }).join(" ");
}
