import type { Command } from "../command.ts";
import { checkOrder, parseArguments } from "../definition/arguments.ts";
import { type CommandDefinition, newDefinition } from "../definition/command.ts";
import { dedent } from "../definition/names.ts";
import type { Argument, Example } from "../types.ts";

/** What a command is: its place in the tree, its texts and its arguments. */
export abstract class CommandIdentity {
  /** Everything declared so far; not part of the public API. */
  readonly definition: CommandDefinition = newDefinition();

  /** The command that this one is a sub-command of. */
  getParent(): Command | undefined {
    return this.definition.parent;
  }

  /** The topmost command. */
  getMainCommand(): Command {
    return this.definition.parent?.getMainCommand() ?? this.self;
  }

  /** The commands above this one, the topmost first. */
  getParents(): Command[] {
    const parent = this.definition.parent;
    return parent ? [...parent.getParents(), parent] : [];
  }

  /** The name, `COMMAND` as long as none was given. */
  getName(): string {
    return this.definition.name;
  }

  /** The other names. */
  getAliases(): string[] {
    return this.definition.aliases;
  }

  /** The names from the topmost command down to this one, e.g. `git remote add`. */
  getPath(): string {
    const parent = this.definition.parent;
    return parent ? `${parent.getPath()} ${this.getName()}` : this.getName();
  }

  /** The description without the indentation of the source. */
  getDescription(): string {
    const { description } = this.definition;
    return dedent(typeof description === "string" ? description : description.call(this.self));
  }

  /** The first line of the description. */
  getShortDescription(): string {
    return this.getDescription().split("\n", 1)[0]!.trim();
  }

  /** What replaces the arguments in the usage line, if `usage()` was called. */
  getUsage(): string | undefined {
    return this.definition.usage;
  }

  /** The version of this command or of the nearest command above that has one. */
  getVersion(): string | undefined {
    const command = this.self;
    const handler = this.definition.version ??
      this.getParents().findLast((parent) => parent.definition.version)?.definition.version;
    return handler?.call(command, command);
  }

  /** The arguments as this call of the command got them, before parsing. */
  getRawArgs(): string[] {
    return this.definition.rawArgs;
  }

  /** What followed `--` on the command line. */
  getLiteralArgs(): string[] {
    return this.definition.literalArgs;
  }

  /** The declared arguments. */
  getArguments(): Argument[] {
    const { definition } = this;
    if (!definition.arguments) {
      const { argumentsDefinition, argumentDescriptions, addedArguments } = definition;
      const declared = parseArguments(argumentsDefinition, argumentDescriptions);
      definition.arguments = [...declared, ...addedArguments];
      checkOrder(definition.arguments);
    }
    return definition.arguments;
  }

  /** The declared argument of that name. */
  getArgument(name: string): Argument | undefined {
    return this.getArguments().find((argument) => argument.name === name);
  }

  /** Whether arguments were declared. */
  hasArguments(): boolean {
    const { argumentsDefinition, addedArguments } = this.definition;
    return argumentsDefinition.trim() !== "" || addedArguments.length > 0;
  }

  /** The definitions of all arguments as written. */
  getArgsDefinition(): string | undefined {
    const raws = this.getArguments().map((argument) => argument.raw);
    return raws.length === 0 ? undefined : raws.join(" ");
  }

  /** The name–value pairs that `meta()` added. */
  getMeta(): Record<string, string>;
  /** The value that `meta()` stored under `name`. */
  getMeta(name: string): string | undefined;
  getMeta(name?: string): Record<string, string> | string | undefined {
    return name === undefined ? this.definition.meta : this.definition.meta[name];
  }

  /** Whether there are examples. */
  hasExamples(): boolean {
    return this.definition.examples.length > 0;
  }

  /** The examples that help shows. */
  getExamples(): Example[] {
    return this.definition.examples;
  }

  /** The example of that name. */
  getExample(name: string): Example | undefined {
    return this.definition.examples.find((example) => example.name === name);
  }

  /** This command as what it is: `Command` is the only class that is ever made of this one. */
  protected get self(): Command {
    return this as unknown as Command;
  }
}
