import { searchModels } from "../../../libswamp/models/search.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderModelSearch } from "../../output/models/search.ts";

/** `swamp model search [query]` and `swamp model list [query]` (contract: cli-core 6.3). */
export const command: CommandSpec = {
  arguments: "[query:string]",
  repository: "required",
  examples: [
    { title: "Every model", command: "swamp model search" },
    { title: "Models whose name, type or id contains a text", command: "swamp model search vpc" },
  ],
  async run({ output, services }, _options, [query = ""]) {
    const document = await searchModels(await services.definitions(), query);
    output.result(document, renderModelSearch);
  },
};
