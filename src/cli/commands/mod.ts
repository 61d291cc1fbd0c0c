/**
 * The command tree as data. A command's module is imported when that command is named, so a start of
 * swamp costs the same however many commands there are.
 *
 * @module
 */
import type { CommandGroup, CommandLeaf } from "../command_spec.ts";
import { data } from "./data/group.ts";
import { datastore } from "./datastore/group.ts";
import { doctor } from "./doctor/group.ts";
import { driver } from "./driver/group.ts";
import { methodHistory } from "./model/method/history/group.ts";
import { modelOutput } from "./model/output/group.ts";
import { report } from "./report/group.ts";
import { vault } from "./vault/group.ts";

const init: CommandLeaf = {
  kind: "command",
  name: "init",
  description: "Make a directory a swamp repository",
  load: () => import("./repo/init.ts"),
};

const repo: CommandGroup = {
  kind: "group",
  name: "repo",
  description: "Set up and upgrade repositories",
  // `swamp repo ./path` has always meant `init`; a bare word is more likely a mistyped sub-command.
  shorthand: { words: /^\.{1,2}$|[/\\]/, child: "init" },
  examples: [{ title: "Make the current directory a repository", command: "swamp init" }],
  children: [
    // Listed as `swamp init`.
    { ...init, hidden: true },
    {
      kind: "command",
      name: "upgrade",
      description: "Bring a repository up to date with this version of swamp",
      load: () => import("./repo/upgrade.ts"),
    },
  ],
};

const modelType: CommandGroup = {
  kind: "group",
  name: "type",
  description: "Find out what model types there are",
  children: [
    {
      kind: "command",
      name: "search",
      aliases: ["list"],
      description: "List model types, all or those whose name contains a text",
      load: () => import("./model/type/search.ts"),
    },
    {
      kind: "command",
      name: "describe",
      aliases: ["get"],
      description: "Show the arguments, methods and outputs of a model type",
      load: () => import("./model/type/describe.ts"),
    },
  ],
};

const modelMethod: CommandGroup = {
  kind: "group",
  name: "method",
  description: "Describe and run the methods of a model",
  suggest: (word) => [`swamp model method run ${word} <method>`],
  children: [
    {
      kind: "command",
      name: "describe",
      description: "Show what a method takes and writes",
      load: () => import("./model/method/describe.ts"),
    },
    {
      kind: "command",
      name: "run",
      description: "Run a method and store the data it writes",
      load: () => import("./model/method/run.ts"),
    },
    methodHistory,
  ],
};

const model: CommandGroup = {
  kind: "group",
  name: "model",
  description: "Create, inspect and run models",
  suggest: (word) => [
    `swamp model get ${word}`,
    `swamp model method run ${word} <method>`,
    `swamp model validate ${word}`,
  ],
  children: [
    modelType,
    {
      kind: "command",
      name: "create",
      description: "Create a model of a type",
      load: () => import("./model/create.ts"),
    },
    {
      kind: "command",
      name: "get",
      description: "Show a model",
      load: () => import("./model/get.ts"),
    },
    {
      kind: "command",
      name: "search",
      description: "List models, all or those whose name, type or id contains a text",
      load: () => import("./model/search.ts"),
    },
    {
      kind: "command",
      name: "list",
      description: "Same as search",
      hidden: true,
      load: () => import("./model/search.ts"),
    },
    {
      kind: "command",
      name: "edit",
      description: "Change a model in an editor, or replace it with YAML from stdin",
      load: () => import("./model/edit.ts"),
    },
    {
      kind: "command",
      name: "delete",
      description: "Delete a model",
      load: () => import("./model/delete.ts"),
    },
    {
      kind: "command",
      name: "validate",
      description: "Check a model, or all models",
      load: () => import("./model/validate.ts"),
    },
    {
      kind: "command",
      name: "evaluate",
      description: "Evaluate the expressions of a model, or of all models",
      load: () => import("./model/evaluate.ts"),
    },
    modelMethod,
    modelOutput,
  ],
};

const completionScript = (shell: "bash" | "zsh" | "fish") => async () => {
  const { scriptCommand } = await import("./completions/script.ts");
  return { command: scriptCommand(shell) };
};

const completions: CommandGroup = {
  kind: "group",
  name: "completions",
  description: "Print a completion script for a shell",
  children: [
    {
      kind: "command",
      name: "bash",
      description: "Print the completion script for bash",
      load: completionScript("bash"),
    },
    {
      kind: "command",
      name: "zsh",
      description: "Print the completion script for zsh",
      load: completionScript("zsh"),
    },
    {
      kind: "command",
      name: "fish",
      description: "Print the completion script for fish",
      load: completionScript("fish"),
    },
    {
      kind: "command",
      name: "complete",
      description: "Print the candidates for a completion",
      hidden: true,
      load: () => import("./completions/complete.ts"),
    },
  ],
};

/** `swamp` itself. */
export const ROOT: CommandGroup = {
  kind: "group",
  name: "swamp",
  description: "Typed automation from your terminal",
  examples: [
    { title: "Start in an empty directory", command: "swamp init" },
    { title: "Find a model type", command: "swamp model type search shell" },
    { title: "Create a model of it", command: "swamp model create command/shell hello" },
    {
      title: "Run one of its methods",
      command: 'swamp model method run hello execute --input run="echo hello"',
    },
    { title: "See what that wrote", command: "swamp data list hello" },
  ],
  children: [
    {
      kind: "command",
      name: "version",
      description: "Print the version of swamp",
      load: () => import("./version.ts"),
    },
    model,
    init,
    repo,
    vault,
    data,
    {
      kind: "command",
      name: "summarise",
      aliases: ["summarize"],
      description: "Show what was run and written lately",
      load: () => import("./summarise.ts"),
    },
    doctor,
    completions,
    driver,
    datastore,
    report,
    {
      kind: "command",
      name: "help",
      description: "Print the command line interface as JSON",
      hidden: true,
      load: () => import("./help.ts"),
    },
  ],
};
