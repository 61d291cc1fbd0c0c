import type { Command } from "../command.ts";
import type { ActionHandler, Option } from "../types.ts";

/** What is known about one command line; filled while the path of commands is walked down. */
export interface ParseContext {
  /** The command that is being parsed; the one that an error is about. */
  command: Command;
  /** The words that nothing has consumed yet. */
  rest: string[];
  /** Given option values by their key (see `optionKey`). */
  values: Map<string, unknown>;
  /** The options that were given, by name, in the order of the command line. */
  given: Map<string, Option>;
  /** The standalone option among them, the last one if there are several. */
  standalone: Option | undefined;
  /** Actions of the options, in the order of the command line. */
  actions: ActionHandler[];
  /** The words after `--`. */
  literal: string[];
  /** Options and arguments as far as they are final; what an error handler is shown. */
  options: Record<string, unknown>;
  args: unknown[];
}

/** The context at the start of a command line. */
export function newContext(command: Command, args: string[]): ParseContext {
  return {
    command,
    rest: [...args],
    values: new Map(),
    given: new Map(),
    standalone: undefined,
    actions: [],
    literal: [],
    options: {},
    args: [],
  };
}
