import type { Command } from "../command.ts";
import { parseArgument } from "../definition/arguments.ts";
import { readEnvVar } from "../definition/env_var.ts";
import { splitWords, valuesStart } from "../definition/words.ts";
import { CommandError, CommandNotFoundError } from "../errors.ts";
import type {
  CommandArgumentOptions,
  CompleteHandler,
  CompleteOptions,
  EnvVarOptions,
  GlobalEnvVarOptions,
  GlobalOptionOptions,
  OptionOptions,
  OptionValueHandler,
  TypeOptions,
  TypeOrTypeHandler,
} from "../types.ts";
import { CommandSettings } from "./settings.ts";

/**
 * What a command is built of: arguments, options, environment variables, types, completions and
 * sub-commands, declared on the selected command.
 */
export abstract class CommandBuilder extends CommandSettings {
  /** Declares the arguments, e.g. `<input:file> [output:file] [...rest]`. */
  arguments(args: string, descriptions: string[] = []): Command {
    const { target } = this;
    target.argumentsDefinition = args;
    target.argumentDescriptions = descriptions;
    target.arguments = undefined;
    return this.self;
  }

  /** Declares one more argument. */
  argument(definition: string, description: string, options: CommandArgumentOptions = {}): Command {
    const argument = {
      ...parseArgument(definition.trim(), description),
      ...options,
    };
    const { target } = this;
    target.addedArguments.push(argument);
    target.arguments = undefined;
    return this.self;
  }

  /** Registers a type for this command and all sub-commands. */
  globalType(name: string, handler: TypeOrTypeHandler, options: TypeOptions = {}): Command {
    return this.type(name, handler, { ...options, global: true });
  }

  /** Registers a type under the name by which definitions refer to it. */
  type(name: string, handler: TypeOrTypeHandler, options: TypeOptions = {}): Command {
    const types = (this.target.types ??= new Map());
    if (types.has(name) && !options.override) throw duplicate("Type", name);
    types.set(name, { ...options, name, handler });
    return this.self;
  }

  /** Registers a completion action for this command and all sub-commands. */
  globalComplete(name: string, complete: CompleteHandler, options: CompleteOptions = {}): this {
    return this.complete(name, complete, { ...options, global: true });
  }

  /** Registers where the candidates of `<argument:type:name>` come from. */
  complete(name: string, complete: CompleteHandler, options: CompleteOptions = {}): this {
    const completions = (this.target.completions ??= new Map());
    if (completions.has(name) && !options.override) throw duplicate("Completion", name);
    completions.set(name, { ...options, name, complete });
    return this;
  }

  /** Declares an option of this command and all sub-commands. */
  globalOption(
    flags: string,
    description: string,
    options: GlobalOptionOptions | OptionValueHandler = {},
  ): Command {
    const settings = typeof options === "function" ? { value: options } : options;
    return this.option(flags, description, { ...settings, global: true });
  }

  /** Declares an option, e.g. `-p, --port <port:integer>`. */
  option(
    flags: string,
    description: string,
    options: OptionOptions | OptionValueHandler = {},
  ): Command {
    const { target } = this;
    target.optionDeclarations.push({
      flags,
      description,
      options: typeof options === "function" ? { value: options } : options,
      groupName: target.groupName,
    });
    target.options = undefined;
    return this.self;
  }

  /** Adds an example to help. */
  example(name: string, description: string): this {
    if (this.target.examples.some((example) => example.name === name)) {
      throw duplicate("Example", name);
    }
    this.target.examples.push({ name, description });
    return this;
  }

  /** Declares an environment variable of this command and all sub-commands. */
  globalEnv(definition: string, description: string, options: GlobalEnvVarOptions = {}): Command {
    return this.env(definition, description, { ...options, global: true });
  }

  /** Declares an environment variable, e.g. `SOME_VAR=<value:number>`; it arrives as an option. */
  env(definition: string, description: string, options: EnvVarOptions = {}): Command {
    const { envVars } = this.target;
    const envVar = readEnvVar(definition, description, options);
    const taken = envVars.flatMap((other) => other.names);
    const name = envVar.names.find((candidate) => taken.includes(candidate));
    if (name !== undefined) throw duplicate("Environment variable", name);
    envVars.push(envVar);
    return this.self;
  }

  /** Gives the command another name. */
  alias(alias: string): this {
    const { name, aliases } = this.target;
    if (alias === name || aliases.includes(alias)) {
      throw new CommandError(`Duplicate command alias "${alias}".`);
    }
    aliases.push(alias);
    return this;
  }

  /**
   * Adds a sub-command and selects it: what is declared next is declared on it.
   *
   * @param nameAndArguments Name, aliases and arguments, e.g. `remove, rm <file>`.
   * @param command The sub-command, or the description of a new one.
   * @throws {CommandError} when the name is empty or taken.
   */
  command(
    nameAndArguments: string,
    command?: Command | string,
    options: { override?: boolean } = {},
  ): Command {
    const start = valuesStart(nameAndArguments);
    const [name, ...aliases] = splitWords(nameAndArguments.slice(0, start));
    const children = (this.definition.children ??= new Map());
    if (name === undefined) throw new CommandError("Missing command name.");
    if (children.has(name) && !options.override) {
      throw new CommandError(`Duplicate command name "${name}".`);
    }
    const child = typeof command === "object" ? command : this.createCommand();
    child.reset();
    child.definition.name = name;
    child.definition.parent = this.self;
    children.set(name, child);
    this.selected = child;
    if (typeof command === "string") this.description(command);
    const args = nameAndArguments.slice(start);
    if (args !== "") this.arguments(args);
    for (const alias of aliases) this.alias(alias);
    return this.self;
  }

  /**
   * Selects a sub-command: what is declared next is declared on it.
   *
   * @throws {CommandError} when there is none of that name.
   */
  select(name: string): Command {
    const child = this.getBaseCommand(name, true);
    if (!child) {
      throw new CommandNotFoundError(name, this.getBaseCommands(true));
    }
    this.selected = child;
    return this.self;
  }

  /** Selects the command itself again. */
  reset(): Command {
    this.selected = this;
    return this.self;
  }

  /** A new command for `command()`. */
  protected abstract createCommand(): Command;
}

function duplicate(kind: string, name: string): CommandError {
  return new CommandError(`${kind} with name "${name}" already exists.`);
}
