import { Command } from "../command.ts";
import { UnknownCompletionCommandError } from "../errors.ts";
import type { CompleteHandlerResult } from "../types.ts";
import { BUILT_IN_TYPES } from "../types/built_in.ts";

/**
 * The callback of the completion scripts: prints the candidates of a completion action, one a line.
 *
 * The arguments are the name of the action and the path of the command that is being completed.
 */
export class CompleteCommand extends Command {
  constructor(main?: Command) {
    super();
    this.description(
      "Print the candidates of a completion action, as the completion scripts need them.",
    )
      .noGlobals()
      .arguments("<action:string> [command...:string]")
      .action(async (_options: unknown, action: string, ...names: string[]) => {
        const { command, parent } = findCommand(main ?? this.getMainCommand(), names);
        const candidates = await complete(command, action, parent);
        if (candidates.length === 0) return;
        Deno.stdout.writeSync(new TextEncoder().encode(candidates.join("\n")));
      });
  }
}

function findCommand(main: Command, names: string[]): { command: Command; parent?: Command } {
  let found: { command: Command; parent?: Command } = { command: main };
  for (const name of names) {
    const parent = found.command;
    const command = parent.getCommand(name, true);
    if (!command) {
      throw new UnknownCompletionCommandError(name, parent.getCommands());
    }
    found = { command, parent };
  }
  return found;
}

function complete(command: Command, action: string, parent?: Command): CompleteHandlerResult {
  const completion = command.getCompletion(action);
  if (completion) return completion.complete(command, parent);
  const handler = command.getType(action)?.handler ?? BUILT_IN_TYPES.get(action);
  return typeof handler === "object" ? (handler.complete?.(command, parent) ?? []) : [];
}
