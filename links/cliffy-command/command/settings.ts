import type { CommandDefinition } from "../definition/command.ts";
import type { OptionDeclaration } from "../definition/option.ts";
import type { HelpOptions } from "../help/help.ts";
import type {
  ActionHandler,
  Description,
  ErrorHandler,
  HelpHandler,
  OptionOptions,
  VersionHandler,
} from "../types.ts";
import { CommandMembers } from "./members.ts";

/**
 * The settings of a command. Every method sets something on the selected command: on the command
 * itself at first, on the sub-command after `command()`, on the command itself again after
 * `reset()`.
 */
export abstract class CommandSettings extends CommandMembers {
  /** The command that the fluent methods change. */
  protected selected: CommandMembers = this;

  /** Names the command. */
  name(name: string): this {
    this.target.name = name;
    return this;
  }

  /** Sets the version; the main command gets a `--version` option with it. */
  version(version: string | VersionHandler): this {
    this.target.version = typeof version === "string" ? () => version : version;
    return this;
  }

  /** Adds a line to help and long version, e.g. `deno: 2.9.6`. */
  meta(name: string, value: string): this {
    this.target.meta[name] = value;
    return this;
  }

  /** Replaces the help text, or changes how it is made, here and for all sub-commands. */
  help(help: string | HelpHandler | HelpOptions): this {
    this.target.help = typeof help === "string" ? () => help : help;
    return this;
  }

  /** Describes the command. The first line is what the parent's help shows. */
  description(description: Description): this {
    this.target.description = description;
    return this;
  }

  /** Replaces arguments and required options in the usage line. */
  usage(usage: string): this {
    this.target.usage = usage;
    return this;
  }

  /** Leaves the command out of help, completions and suggestions. */
  hidden(): this {
    this.target.isHidden = true;
    return this;
  }

  /** Makes the command a sub-command of all sub-commands of its parent too. */
  global(): this {
    this.target.isGlobal = true;
    return this;
  }

  /** What the command does. */
  action(action: ActionHandler): this {
    this.target.action = action;
    return this;
  }

  /** What happens before the action of this command and of every sub-command. */
  globalAction(globalAction: ActionHandler): this {
    this.target.globalAction = globalAction;
    return this;
  }

  /** Required options may be missing when nothing at all is given. */
  allowEmpty(allowEmpty = true): this {
    this.target.allowEmpty = allowEmpty;
    return this;
  }

  /** Everything from the first argument on is an argument. */
  stopEarly(stopEarly = true): this {
    this.target.stopEarly = stopEarly;
    return this;
  }

  /** Ends the inheritance of global options, commands, types and variables, `--help` excepted. */
  noGlobals(): this {
    this.target.noGlobals = true;
    return this;
  }

  /** Hands all words to the action, unparsed. */
  useRawArgs(useRawArgs = true): this {
    this.target.useRawArgs = useRawArgs;
    return this;
  }

  /** Names the sub-command that runs when the command has no action of its own. */
  default(name: string): this {
    this.target.defaultCommand = name;
    return this;
  }

  /** Throws every error instead of printing help and message and ending the process. */
  throwErrors(): this {
    this.target.throwErrors = true;
    return this;
  }

  /** Sees every error first, of this command and of sub-commands without an own handler. */
  error(errorHandler: ErrorHandler): this {
    this.target.errorHandler = errorHandler;
    return this;
  }

  /** Like `throwErrors()`; `--help` and `--version` do not end the process either. */
  noExit(): this {
    this.target.noExit = true;
    return this.throwErrors();
  }

  /** Lists the options declared from here on under a heading of their own. */
  group(name: string): this {
    this.target.groupName = name;
    return this;
  }

  /** Changes the main command's `--version` option, or removes it. */
  versionOption(
    flags: string | false,
    description = "",
    options: ActionHandler | OptionOptions = {},
  ): this {
    this.target.versionOption = defaultOption(flags, description, options);
    return this;
  }

  /** Changes the main command's `--help` option, or removes it. */
  helpOption(
    flags: string | false,
    description = "",
    options: ActionHandler | OptionOptions = {},
  ): this {
    this.target.helpOption = defaultOption(flags, description, options);
    return this;
  }

  /** What was declared on the selected command. */
  protected get target(): CommandDefinition {
    return this.selected.definition;
  }
}

function defaultOption(
  flags: string | false,
  description: string,
  options: ActionHandler | OptionOptions,
): OptionDeclaration | false {
  if (flags === false) return false;
  const settings = typeof options === "function" ? { action: options } : options;
  return { flags, description, options: settings };
}
