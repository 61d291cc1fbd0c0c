import type { Command } from "../command.ts";
import { CommandIdentity } from "./identity.ts";
import { type Inheritable, inherited, visible } from "../definition/inherited.ts";
import { findOption, readOptions } from "../definition/options.ts";
import type { Completion, EnvVar, Option, TypeDef } from "../types.ts";

/** What a command has: options, sub-commands, environment variables, types and completions. */
export abstract class CommandMembers extends CommandIdentity {
  /** Whether there are options, own or inherited ones. */
  hasOptions(hidden?: boolean): boolean {
    return this.getOptions(hidden).length > 0;
  }

  /** All options, the inherited ones first. */
  getOptions(hidden?: boolean): Option[] {
    return [...this.getGlobalOptions(hidden), ...this.getBaseOptions(hidden)];
  }

  /** The options declared on this command. */
  getBaseOptions(hidden?: boolean): Option[] {
    return visible(readOptions(this.definition), hidden);
  }

  /** The global options of the commands above. */
  getGlobalOptions(hidden?: boolean): Option[] {
    const { helpOptionName } = this.getMainCommand().definition;
    const isHelp = (option: Option) => option.name === helpOptionName;
    const own = (command: Command) => command.getBaseOptions(true);
    return visible(inherited(this.self, own, isHelp), hidden);
  }

  /** Whether there is an option of that name. */
  hasOption(name: string, hidden?: boolean): boolean {
    return this.getOption(name, hidden) !== undefined;
  }

  /** The option of that name, own or inherited. */
  getOption(name: string, hidden?: boolean): Option | undefined {
    return this.getBaseOption(name, hidden) ?? this.getGlobalOption(name, hidden);
  }

  /** The option of that name if this command declares it. */
  getBaseOption(name: string, hidden?: boolean): Option | undefined {
    return findOption(this.getBaseOptions(hidden), name);
  }

  /** The option of that name if it is inherited. */
  getGlobalOption(name: string, hidden?: boolean): Option | undefined {
    return findOption(this.getGlobalOptions(hidden), name);
  }

  /** Whether there are sub-commands, own or inherited ones. */
  hasCommands(hidden?: boolean): boolean {
    return this.getBaseCommands(hidden).length > 0 || this.getGlobalCommands(hidden).length > 0;
  }

  /** All sub-commands, the inherited ones first. */
  getCommands(hidden?: boolean): Command[] {
    return [...this.getGlobalCommands(hidden), ...this.getBaseCommands(hidden)];
  }

  /** The sub-commands declared on this command. */
  getBaseCommands(hidden?: boolean): Command[] {
    return visible(commandMembers(this.self), hidden).map(({ command }) => command);
  }

  /** The global commands of the commands above. */
  getGlobalCommands(hidden?: boolean): Command[] {
    const isHelp = ({ name }: CommandMember) => name === "help";
    const members = inherited(this.self, commandMembers, isHelp).filter(
      ({ command }) => command !== this.self,
    );
    return visible(members, hidden).map(({ command }) => command);
  }

  /** Whether there is a sub-command of that name or alias. */
  hasCommand(name: string, hidden?: boolean): boolean {
    return this.getCommand(name, hidden) !== undefined;
  }

  /** The sub-command of that name or alias, own or inherited. */
  getCommand(name: string, hidden?: boolean): Command | undefined {
    return this.getBaseCommand(name, hidden) ?? this.getGlobalCommand(name, hidden);
  }

  /** The sub-command of that name or alias if this command declares it. */
  getBaseCommand(name: string, hidden?: boolean): Command | undefined {
    return byCommandName(this.getBaseCommands(hidden), name);
  }

  /** The sub-command of that name or alias if it is inherited. */
  getGlobalCommand(name: string, hidden?: boolean): Command | undefined {
    return byCommandName(this.getGlobalCommands(hidden), name);
  }

  /** Whether there are environment variables, own or inherited ones. */
  hasEnvVars(hidden?: boolean): boolean {
    return this.getEnvVars(hidden).length > 0;
  }

  /** All environment variables, the inherited ones first. */
  getEnvVars(hidden?: boolean): EnvVar[] {
    return [...this.getGlobalEnvVars(hidden), ...this.getBaseEnvVars(hidden)];
  }

  /** The environment variables declared on this command. */
  getBaseEnvVars(hidden?: boolean): EnvVar[] {
    return visible(this.definition.envVars, hidden);
  }

  /** The global environment variables of the commands above. */
  getGlobalEnvVars(hidden?: boolean): EnvVar[] {
    return visible(
      inherited(this.self, (command) => command.definition.envVars),
      hidden,
    );
  }

  /** Whether there is an environment variable of that name. */
  hasEnvVar(name: string, hidden?: boolean): boolean {
    return this.getEnvVar(name, hidden) !== undefined;
  }

  /** The environment variable of that name, own or inherited. */
  getEnvVar(name: string, hidden?: boolean): EnvVar | undefined {
    return this.getEnvVars(hidden).findLast((envVar) => envVar.names.includes(name));
  }

  /** All registered types, the inherited ones first, without the built-in ones. */
  getTypes(): TypeDef[] {
    return [...this.getGlobalTypes(), ...this.getBaseTypes()];
  }

  /** The types registered on this command. */
  getBaseTypes(): TypeDef[] {
    return [...(this.definition.types?.values() ?? [])];
  }

  /** The global types of the commands above. */
  getGlobalTypes(): TypeDef[] {
    return inherited(this.self, (command) => command.getBaseTypes());
  }

  /** The type registered under that name, here or above. */
  getType(name: string): TypeDef | undefined {
    return (
      this.definition.types?.get(name) ?? this.getGlobalTypes().find((type) => type.name === name)
    );
  }

  /** All completion actions, the inherited ones first. */
  getCompletions(): Completion[] {
    return [...this.getGlobalCompletions(), ...this.getBaseCompletions()];
  }

  /** The completion actions registered on this command. */
  getBaseCompletions(): Completion[] {
    return [...(this.definition.completions?.values() ?? [])];
  }

  /** The global completion actions of the commands above. */
  getGlobalCompletions(): Completion[] {
    return inherited(this.self, (command) => command.getBaseCompletions());
  }

  /** The completion action of that name, own or inherited. */
  getCompletion(name: string): Completion | undefined {
    return (
      this.definition.completions?.get(name) ??
        this.getGlobalCompletions().find((completion) => completion.name === name)
    );
  }
}

interface CommandMember extends Inheritable {
  command: Command;
}

function commandMembers(parent: Command): CommandMember[] {
  return [...(parent.definition.children?.values() ?? [])].map((command) => ({
    name: command.getName(),
    global: command.definition.isGlobal,
    hidden: command.definition.isHidden,
    command,
  }));
}

function byCommandName(commands: Command[], name: string): Command | undefined {
  return (
    commands.find((command) => command.getName() === name) ??
      commands.find((command) => command.getAliases().includes(name))
  );
}
