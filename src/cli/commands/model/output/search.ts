import { searchOutputs } from "../../../../libswamp/outputs/search.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import { renderOutputSearch } from "../../../output/outputs/search.ts";
import { listOrPick, PICK_OPTION } from "../../../picker/list_or_pick.ts";

/**
 * `swamp model output search [query]`, also as `model method history search` (contract: cli-core 7.3
 * and 8.2).
 */
export const command: CommandSpec = {
  arguments: "[query:string]",
  options: [PICK_OPTION],
  repository: "required",
  examples: [
    { title: "Every run, the newest first", command: "swamp model output search" },
    { title: "Runs that failed", command: "swamp model output search failed" },
  ],
  async run(context, options, [query = ""]) {
    const { output, services } = context;
    await listOrPick(context, options, {
      query,
      list: async () => {
        const document = await searchOutputs({
          definitions: await services.definitions(),
          history: await services.runHistory(),
        }, query);
        output.result(document, renderOutputSearch);
      },
      open: async () => (await import("./choice.ts")).runChoice(context),
    });
  },
};
