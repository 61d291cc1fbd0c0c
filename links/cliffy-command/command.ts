import { palette } from "./ansi.ts";
import { CommandBuilder } from "./command/builder.ts";
import { registerDefaultOptions } from "./definition/default_options.ts";
import { type HelpOptions, renderHelp } from "./help/help.ts";
import { handleError, run } from "./parse/run.ts";
import type { CommandResult, HelpHandler, Loose } from "./types.ts";

/**
 * A command with its options, arguments and sub-commands.
 *
 * The type parameters stand where the published package has them; the stand-in infers nothing.
 *
 * @example
 * ```ts
 * await new Command()
 *   .name("greet")
 *   .option("-l, --loud", "Shout.")
 *   .arguments("<name:string>")
 *   .action(({ loud }, name) => console.log(loud ? name.toUpperCase() : name))
 *   .parse(Deno.args);
 * ```
 */
export class Command<
  _TParentCommandGlobals = Loose,
  _TParentCommandTypes = Loose,
  _TCommandOptions = Loose,
  _TCommandArguments = Loose,
  _TCommandGlobals = Loose,
  _TCommandTypes = Loose,
  _TCommandGlobalTypes = Loose,
  _TParentCommand = Loose,
> extends CommandBuilder {
  /**
   * Parses a command line and runs the command that it names.
   *
   * @param args The words after the program's name, those of this process by default.
   * @throws {ValidationError} when the command line is wrong and the command throws its errors.
   */
  parse(args: string[] = Deno.args): Promise<CommandResult> {
    return run(this, args);
  }

  /** The help text. */
  getHelp(options: HelpOptions = {}): string {
    registerDefaultOptions(this.getMainCommand());
    const help = helpSettings(this);
    if (typeof help === "function") return help.call(this, this, options);
    return renderHelp(this, { ...help, ...options });
  }

  /** Prints the help text on stdout. */
  showHelp(options?: HelpOptions): void {
    console.log(this.getHelp(options));
  }

  /** Prints the help text on stdout unless `help({ auto: false })` forbids it. */
  showAutoHelp(): void {
    const help = helpSettings(this);
    if (typeof help === "object" && help.auto === false) return;
    this.showHelp();
  }

  /** Prints the version on stdout. */
  showVersion(): void {
    console.log(this.getVersion());
  }

  /** Name, version and what `meta()` added, a line each. */
  getLongVersion(): string {
    const { bold, blue } = palette();
    const main = this.getMainCommand();
    return [[main.getName(), this.getVersion() ?? ""], ...Object.entries(main.getMeta())]
      .map(([name, value]) => `${bold(name!)} ${blue(value!)}`)
      .join("\n");
  }

  /** Prints the long version on stdout. */
  showLongVersion(): void {
    console.log(this.getLongVersion());
  }

  /** Whether errors are thrown instead of ending the process, here or by a command above. */
  shouldThrowErrors(): boolean {
    return this.definition.throwErrors || (this.getParent()?.shouldThrowErrors() ?? false);
  }

  /** Whether the process may be ended. */
  shouldExit(): boolean {
    return !this.definition.noExit && (this.getParent()?.shouldExit() ?? true);
  }

  /** Ends the process unless `noExit()` was called. */
  exit(code = 0): void {
    if (this.shouldExit()) Deno.exit(code);
  }

  /** Handles an error as one that occurred while the command ran. */
  throw(error: Error): never {
    handleError(this, error, { options: {}, args: [] });
  }

  protected override createCommand(): Command {
    return new Command();
  }
}

/** How help is made, as the nearest command says that says anything. */
function helpSettings(command: Command): HelpHandler | HelpOptions | undefined {
  const { help } = command.definition;
  const parent = command.getParent();
  return help ?? (parent && helpSettings(parent));
}
