import type { Command } from "../command.ts";
import { StringType } from "./string.ts";

/** The name of a completion action of the command. */
export class ActionListType extends StringType {
  readonly #cmd: Command;

  constructor(cmd: Command) {
    super();
    this.#cmd = cmd;
  }

  override complete(): string[] {
    return this.#cmd.getCompletions().map((completion) => completion.name);
  }
}
