import { searchTypes, searchTypesForPeople } from "../../../../libswamp/types/search.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import { warnOfFailures } from "../../../output/types/failures.ts";
import { listOrPick, PICK_OPTION } from "../../../picker/list_or_pick.ts";

/** `swamp model type search [query]` (contract: cli-core 5.1). */
export const command: CommandSpec = {
  arguments: "[query:string]",
  options: [PICK_OPTION],
  repository: "optional",
  examples: [
    { title: "Every type", command: "swamp model type search" },
    { title: "Types about subnets", command: "swamp model type search subnet" },
  ],
  async run(context, options, [query = ""]) {
    const { output, services } = context;
    const types = await services.modelTypes();
    warnOfFailures(types, output);
    await listOrPick(context, options, {
      query,
      list: async () => {
        const document = searchTypes(types, query);
        const list = output.mode === "json"
          ? undefined
          : await import("../../../output/types/search.ts");
        output.result(document, (found, page) => {
          const ranked = searchTypesForPeople(types, query);
          return list!.renderTypes(found, ranked, list!.MODEL_TYPES, page);
        });
      },
      open: async () => (await import("./choice.ts")).modelTypeChoice(types),
    });
  },
};
