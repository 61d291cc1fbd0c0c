import { Command } from "../command.ts";
import { CompleteCommand } from "./complete.ts";
import {
  BashCompletionsCommand,
  FishCompletionsCommand,
  ZshCompletionsCommand,
} from "./shell_command.ts";

/**
 * Prints completion scripts; to be registered under the name `completions`.
 *
 * @example
 * ```ts
 * new Command().name("tool").command("completions", new CompletionsCommand());
 * ```
 */
export class CompletionsCommand extends Command {
  constructor(cmd?: Command) {
    super();
    const path = () => (cmd ?? this.getMainCommand()).getPath();
    this.description(
      () =>
        `Generate shell completions.\n\nTo switch them on, add this line to ~/.bashrc or similar:\n\n` +
        `    source <(${path()} completions [shell])\n\n` +
        `More about a shell: ${path()} completions [shell] --help`,
    )
      .action(() => this.showHelp())
      .command("bash", new BashCompletionsCommand(cmd))
      .command("fish", new FishCompletionsCommand(cmd))
      .command("zsh", new ZshCompletionsCommand(cmd))
      .command("complete", new CompleteCommand(cmd))
      .hidden()
      .reset();
  }
}
