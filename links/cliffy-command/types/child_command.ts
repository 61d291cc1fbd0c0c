import type { Command } from "../command.ts";
import { StringType } from "./string.ts";

/** The name of a visible sub-command of a command, by default of the one that is completed. */
export class ChildCommandType extends StringType {
  readonly #cmd: Command | undefined;

  constructor(cmd?: Command) {
    super();
    this.#cmd = cmd;
  }

  override complete(cmd: Command): string[] {
    return (this.#cmd ?? cmd).getCommands(false).map((child) => child.getName());
  }
}
