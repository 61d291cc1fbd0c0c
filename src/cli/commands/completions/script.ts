import type { CommandSpec } from "../../command_spec.ts";
import { completionScript, type Shell } from "../../cliffy/completion_script.ts";
import { ROOT } from "../mod.ts";

/** `swamp completions bash`, `zsh` and `fish` (contract: cli-core 3.3). */
export function scriptCommand(shell: Shell): CommandSpec {
  return {
    options: [{
      flags: "-n, --name <command_name:string>",
      description: "Name by which the shell knows swamp, if it is not swamp",
    }],
    examples: [EXAMPLES[shell]],
    repository: "none",
    run: async ({ output }, options) => {
      const name = typeof options.name === "string" ? options.name : ROOT.name;
      const script = await completionScript(ROOT, shell, name);
      output.result({ shell, name, script }, (document) => document.script);
    },
  };
}

const EXAMPLES = {
  bash: { title: "Switch it on", command: "source <(swamp completions bash) # in ~/.bashrc" },
  zsh: { title: "Switch it on", command: "source <(swamp completions zsh) # in ~/.zshrc" },
  fish: {
    title: "Switch it on",
    command: "swamp completions fish | source # in ~/.config/fish/config.fish",
  },
};
