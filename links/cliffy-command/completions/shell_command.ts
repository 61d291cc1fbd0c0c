import { Command } from "../command.ts";
import { generateShellCompletions, type Shell } from "./generate.ts";

/** Prints the completion script for one shell. */
abstract class ShellCommand extends Command {
  /**
   * @param install How the script is put to work; gets the path of the main command.
   * @param main The command to complete, the main command by default.
   */
  constructor(shell: Shell, install: (path: string) => string, main?: Command) {
    super();
    const target = () => main ?? this.getMainCommand();
    this.description(
      () => `Generate shell completions for ${shell}.\n\n${install(target().getPath())}`,
    )
      .noGlobals()
      .option("-n, --name <command-name>", "The name of the main command.")
      .action(({ name }: { name?: string }) => {
        const options = name === undefined ? {} : { name };
        console.log(generateShellCompletions(target(), shell, options).trimEnd());
      });
  }
}

/** Prints the bash completion script. */
export class BashCompletionsCommand extends ShellCommand {
  constructor(cmd?: Command) {
    super(
      "bash",
      (path) => `Add this line to ~/.bashrc:\n\n    source <(${path} completions bash)`,
      cmd,
    );
  }
}

/** Prints the fish completion script. */
export class FishCompletionsCommand extends ShellCommand {
  constructor(cmd?: Command) {
    super(
      "fish",
      (path) =>
        `Add this line to ~/.config/fish/config.fish:\n\n    source (${path} completions fish | psub)`,
      cmd,
    );
  }
}

/** Prints the zsh completion script. */
export class ZshCompletionsCommand extends ShellCommand {
  constructor(cmd?: Command) {
    super(
      "zsh",
      (path) => `Add this line to ~/.zshrc:\n\n    source <(${path} completions zsh)`,
      cmd,
    );
  }
}
