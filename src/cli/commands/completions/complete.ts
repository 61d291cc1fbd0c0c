import { LOG_LEVELS } from "../../../domain/repository/settings.ts";
import {
  completionCandidates,
  REPOSITORY_ACTIONS,
  type RepositoryAction,
} from "../../../libswamp/completions/candidates.ts";
import { childCalled } from "../../command_line.ts";
import type { CommandNode, CommandSpec } from "../../command_spec.ts";
import type { CommandContext } from "../../context.ts";
import { ROOT } from "../mod.ts";

/**
 * `swamp completions complete`, which completion scripts call (contract: cli-core 3.3, IMP-15). The
 * words after the action are the command that is being completed. Nothing that goes wrong is told: a
 * message in the middle of somebody's typing helps nobody.
 */
export const command: CommandSpec = {
  arguments: "<action:string> [words...:string]",
  repository: "none",
  run: async (context, _options, [action, ...words]) => {
    const found = await candidates(context, action!, words as string[]).catch(() => []);
    if (context.output.mode === "log" && found.length === 0) return;
    context.output.result(found, (names) => names.join("\n"));
  },
};

async function candidates(
  { services }: CommandContext,
  action: string,
  words: readonly string[],
): Promise<readonly string[]> {
  if (action === "log_level") return LOG_LEVELS;
  if (!REPOSITORY_ACTIONS.includes(action as RepositoryAction)) {
    return await allowedValues(action, words);
  }
  if (await services.repositoryIfAny() === undefined) return [];
  return await completionCandidates(action as RepositoryAction, services);
}

/** The values of an option whose type allows some only, such as `--tool`. */
async function allowedValues(type: string, words: readonly string[]): Promise<readonly string[]> {
  let node: CommandNode | undefined = ROOT;
  for (const word of words) {
    node = node?.kind === "group" ? childCalled(node, word) : undefined;
  }
  if (node?.kind !== "command") return [];
  const { command: spec } = await node.load();
  return spec.options?.find(({ values }) => values?.type === type)?.values?.allowed ?? [];
}
