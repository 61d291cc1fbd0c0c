import { childCalled } from "../command_line.ts";
import { commandSchema } from "../command_schema.ts";
import type { CommandNode, CommandSpec } from "../command_spec.ts";
import { unknownCommandError } from "../usage_error.ts";
import { ROOT } from "./mod.ts";

/** `swamp help` (contract: cli-core 3.2): JSON in both modes. */
export const command: CommandSpec = {
  arguments: "[command...:string]",
  repository: "none",
  run: async ({ output }, _options, words) => {
    const path = findPath(words as readonly string[]);
    const schema = await commandSchema(path);
    output.result(schema, () => JSON.stringify(schema, null, 2));
  },
};

function findPath(words: readonly string[]): CommandNode[] {
  const path: CommandNode[] = [ROOT];
  for (const word of words) {
    const here = path.at(-1)!;
    const next = here.kind === "group" ? childCalled(here, word) : undefined;
    if (next === undefined) throw unknownCommandError(path, word);
    path.push(next);
  }
  return path;
}
