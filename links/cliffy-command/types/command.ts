import type { Command } from "../command.ts";
import { StringType } from "./string.ts";

/** The name of a visible command next to the one that is completed. */
export class CommandType extends StringType {
  override complete(_cmd: Command, parent?: Command): string[] {
    return parent?.getCommands(false).map((child) => child.getName()) ?? [];
  }
}
