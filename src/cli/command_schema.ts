import { getVersion } from "../libswamp/version.ts";
import type { CommandNode, CommandSpec, ExampleSpec, OptionSpec } from "./command_spec.ts";
import { GLOBAL_OPTIONS } from "./global_options.ts";
import { readArguments, readOption } from "./notation.ts";

/** The command line interface for machines (contract: cli-core 3.2, IMP-14). */
export interface CommandSchema {
  readonly version: string;
  readonly root: NodeSchema;
  /** What the exit codes of swamp mean. */
  readonly exitCodes: Readonly<Record<string, string>>;
}

/** One group or command. */
export interface NodeSchema {
  readonly name: string;
  readonly description: string;
  readonly aliases?: readonly string[];
  readonly arguments: readonly ArgumentSchema[];
  readonly options: readonly OptionSchema[];
  /** Whether the command needs a repository; absent for groups. */
  readonly repository?: CommandSpec["repository"];
  readonly examples?: readonly ExampleSpec[];
  readonly subcommands: readonly NodeSchema[];
}

/** One positional argument. */
export interface ArgumentSchema {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly variadic: boolean;
}

/** One option. */
export interface OptionSchema {
  /** Short and long form, without the value. */
  readonly flags: string;
  readonly description: string;
  /** `boolean` for an option without a value. */
  readonly type: string;
  readonly values?: readonly string[];
  readonly required: boolean;
  /** Whether the option may be repeated. */
  readonly collect: boolean;
  readonly default?: unknown;
}

const EXIT_CODE_MEANINGS: CommandSchema["exitCodes"] = {
  0: "success",
  1: "failure, or a mistake in flags, values or arguments",
  2: "unknown command",
  75: "a lock is held by somebody else",
  130: "interrupted",
};

/**
 * Describes the node that `path` ends at, and everything below it. Every command's module below is
 * imported for that. Global options are told at the root alone, hidden commands only if `path` ends
 * at one.
 */
export async function commandSchema(path: readonly CommandNode[]): Promise<CommandSchema> {
  const root = await nodeSchema(path.at(-1)!);
  const options = path.length === 1 ? visibleOptions(GLOBAL_OPTIONS) : root.options;
  return { ...getVersion(), root: { ...root, options }, exitCodes: EXIT_CODE_MEANINGS };
}

async function nodeSchema(node: CommandNode): Promise<NodeSchema> {
  const spec = node.kind === "command" ? (await node.load()).command : undefined;
  const examples = spec?.examples ?? (node.kind === "group" ? node.examples : undefined);
  const children = node.kind === "group" ? node.children.filter((child) => !child.hidden) : [];
  return {
    name: node.name,
    description: node.description,
    ...(node.aliases === undefined ? {} : { aliases: node.aliases }),
    arguments: readArguments(spec?.arguments),
    options: visibleOptions(spec?.options ?? []),
    ...(spec === undefined ? {} : { repository: spec.repository }),
    ...(examples === undefined ? {} : { examples }),
    subcommands: await Promise.all(children.map(nodeSchema)),
  };
}

function visibleOptions(specs: readonly OptionSpec[]): OptionSchema[] {
  return specs.filter((spec) => !spec.hidden).map((spec) => {
    const { forms, type } = readOption(spec.flags);
    return {
      flags: forms.join(", "),
      description: spec.description,
      type: spec.values === undefined ? type : "enum",
      ...(spec.values === undefined ? {} : { values: spec.values.allowed }),
      required: spec.required ?? false,
      collect: spec.collect ?? false,
      ...(spec.default === undefined ? {} : { default: spec.default }),
    };
  });
}
