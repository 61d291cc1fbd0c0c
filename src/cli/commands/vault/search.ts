import { searchVaults } from "../../../libswamp/vaults/search.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderVaultSearch } from "../../output/vaults/search.ts";

/** `swamp vault search [query]` (contract: cli-automation 6.2). */
export const command: CommandSpec = {
  arguments: "[query:string]",
  repository: "required",
  examples: [
    { title: "Every vault", command: "swamp vault search" },
    { title: "Vaults whose name, type or id contains a text", command: "swamp vault search aws" },
  ],
  async run({ output, services }, _options, [query = ""]) {
    const document = await searchVaults(await services.vaults(), query);
    output.result(document, renderVaultSearch);
  },
};
