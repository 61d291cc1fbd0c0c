import type { Command } from "../command.ts";
import type { HelpOptions } from "../help/help.ts";
import type {
  ActionHandler,
  Argument,
  Completion,
  Description,
  EnvVar,
  ErrorHandler,
  Example,
  HelpHandler,
  Option,
  TypeDef,
  VersionHandler,
} from "../types.ts";
import type { OptionDeclaration } from "./option.ts";

/** Everything that was declared on one command. Options and arguments stay unread until needed. */
export interface CommandDefinition {
  name: string;
  aliases: string[];
  parent: Command | undefined;
  children: Map<string, Command> | undefined;

  description: Description;
  version: VersionHandler | undefined;
  usage: string | undefined;
  examples: Example[];
  meta: Record<string, string>;
  help: HelpHandler | HelpOptions | undefined;
  groupName: string | undefined;

  optionDeclarations: OptionDeclaration[];
  /** The declarations once read. */
  options: Option[] | undefined;
  argumentsDefinition: string;
  argumentDescriptions: string[];
  /** Arguments that `argument()` added after those of `argumentsDefinition`. */
  addedArguments: Argument[];
  /** All arguments once read. */
  arguments: Argument[] | undefined;
  envVars: EnvVar[];
  types: Map<string, TypeDef> | undefined;
  completions: Map<string, Completion> | undefined;

  action: ActionHandler | undefined;
  globalAction: ActionHandler | undefined;
  errorHandler: ErrorHandler | undefined;
  defaultCommand: string | undefined;
  /** How `--help` and `--version` are declared; `false` switches one off. */
  helpOption: OptionDeclaration | false | undefined;
  versionOption: OptionDeclaration | false | undefined;
  /** The main command has got its `--help` and `--version`. */
  hasDefaultOptions: boolean;
  /** Name of the main command's help option: `noGlobals()` does not end its inheritance. */
  helpOptionName: string | undefined;

  isHidden: boolean;
  isGlobal: boolean;
  noGlobals: boolean;
  useRawArgs: boolean;
  stopEarly: boolean;
  allowEmpty: boolean;
  throwErrors: boolean;
  noExit: boolean;

  rawArgs: string[];
  literalArgs: string[];
}

/** The definition of a command nothing was declared on yet. */
export function newDefinition(): CommandDefinition {
  return {
    name: "COMMAND",
    aliases: [],
    parent: undefined,
    children: undefined,
    description: "",
    version: undefined,
    usage: undefined,
    examples: [],
    meta: {},
    help: undefined,
    groupName: undefined,
    optionDeclarations: [],
    options: undefined,
    argumentsDefinition: "",
    argumentDescriptions: [],
    addedArguments: [],
    arguments: undefined,
    envVars: [],
    types: undefined,
    completions: undefined,
    action: undefined,
    globalAction: undefined,
    errorHandler: undefined,
    defaultCommand: undefined,
    helpOption: undefined,
    versionOption: undefined,
    hasDefaultOptions: false,
    helpOptionName: undefined,
    isHidden: false,
    isGlobal: false,
    noGlobals: false,
    useRawArgs: false,
    stopEarly: false,
    allowEmpty: false,
    throwErrors: false,
    noExit: false,
    rawArgs: [],
    literalArgs: [],
  };
}
