import { searchTypes, searchTypesForPeople } from "../../../../libswamp/types/search.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import { warnOfFailures } from "../../../output/types/failures.ts";

/** `swamp model type search [query]` (contract: cli-core 5.1). */
export const command: CommandSpec = {
  arguments: "[query:string]",
  repository: "optional",
  examples: [
    { title: "Every type", command: "swamp model type search" },
    { title: "Types about subnets", command: "swamp model type search subnet" },
  ],
  async run({ output, services }, _options, [query = ""]) {
    const types = await services.modelTypes();
    warnOfFailures(types, output);
    const document = searchTypes(types, query);
    const list = output.mode === "json"
      ? undefined
      : await import("../../../output/types/search.ts");
    output.result(document, (found, page) => {
      return list!.renderTypes(found, searchTypesForPeople(types, query), list!.MODEL_TYPES, page);
    });
  },
};
