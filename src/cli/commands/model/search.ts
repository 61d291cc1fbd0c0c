import { searchModels } from "../../../libswamp/models/search.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderModelSearch } from "../../output/models/search.ts";
import { listOrPick, PICK_OPTION } from "../../picker/list_or_pick.ts";

/** `swamp model search [query]` and `swamp model list [query]` (contract: cli-core 6.3). */
export const command: CommandSpec = {
  arguments: "[query:string]",
  options: [PICK_OPTION],
  repository: "required",
  examples: [
    { title: "Every model", command: "swamp model search" },
    { title: "Models whose name, type or id contains a text", command: "swamp model search vpc" },
    { title: "One of them, in full", command: "swamp model search vpc --pick main-vpc" },
  ],
  async run(context, options, [query = ""]) {
    const { output, services } = context;
    await listOrPick(context, options, {
      query,
      list: async () => {
        const document = await searchModels(await services.definitions(), query);
        output.result(document, renderModelSearch);
      },
      open: async () => (await import("./choice.ts")).modelChoice(context),
    });
  },
};
