import { Command } from "@cliffy/command";
import { generateShellCompletions } from "@cliffy/command/completions";
import type { CommandGroup, CommandNode, OptionSpec } from "../command_spec.ts";
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

/** The same for the values of options, by how these are declared. */
const ACTION_OF_OPTION: Readonly<Record<string, string>> = {
  "--driver <name:string>": "driver_type",
  "--model <name:string>": "model_name",
  "--report <name:string>": "report_name",
  "--skip-report <name:string>": "report_name",
};

/** What the commands of a group mean by an argument `type`, if not a model type. */
const TYPE_ACTION_OF_GROUP: Readonly<Record<string, string>> = {
  vault: "vault_type",
  driver: "driver_type",
  datastore: "datastore_type",
  report: "report_name",
};

/** Actions whose candidates the script asks for at the moment of completion. */
const ACTIONS = new Set([
  ...Object.values(ACTION_OF_ARGUMENT),
  ...Object.values(TYPE_ACTION_OF_GROUP),
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
    addSpec(command, {
      ...spec,
      arguments: withActions(spec.arguments, path[0]),
      options: (spec.options ?? []).map(withAction),
    });
    return command;
  }
  for (const child of node.children) {
    command.command(child.name, await fullCommand(child, [...path, child.name])).reset();
  }
  return command;
}

function withAction(option: OptionSpec): OptionSpec {
  const action = ACTION_OF_OPTION[option.flags];
  if (action === undefined) return option;
  return { ...option, flags: option.flags.replace(/>$/, `:${action}>`) };
}

function withActions(notation: string | undefined, group = ""): string {
  return readArguments(notation).map(({ name, type, required, variadic }) => {
    const ownType = name === "type" ? TYPE_ACTION_OF_GROUP[group] : undefined;
    const action = ownType ?? ACTION_OF_ARGUMENT[name];
    const inner = [`${name}${variadic ? "..." : ""}`, type, ...(action ? [action] : [])].join(":");
    return required ? `<${inner}>` : `[${inner}]`;
  }).join(" ");
}
