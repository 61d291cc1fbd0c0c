import { searchVaults } from "../../../libswamp/vaults/search.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderVaultSearch } from "../../output/vaults/search.ts";
import { listOrPick, PICK_OPTION } from "../../picker/list_or_pick.ts";

/** `swamp vault search [query]` (contract: cli-automation 6.2). */
export const command: CommandSpec = {
  arguments: "[query:string]",
  options: [PICK_OPTION],
  repository: "required",
  examples: [
    { title: "Every vault", command: "swamp vault search" },
    { title: "Vaults whose name, type or id contains a text", command: "swamp vault search aws" },
  ],
  async run(context, options, [query = ""]) {
    const { output, services } = context;
    await listOrPick(context, options, {
      query,
      list: async () => {
        const document = await searchVaults(await services.vaults(), query);
        output.result(document, renderVaultSearch);
      },
      open: async () => (await import("./choice.ts")).vaultChoice(context),
    });
  },
};
