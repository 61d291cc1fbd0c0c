import { typeNoun } from "../../../domain/extensions/kinds.ts";
import type { ProviderKind } from "../../../domain/extensions/shapes/provider_shape.ts";
import { searchProviders } from "../../../libswamp/types/search_providers.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { warnOfFailures } from "../../output/types/failures.ts";
import { providerTypes, renderTypes, REPORTS } from "../../output/types/search.ts";

/** `swamp <kind> type search [query]` (contract: cli-automation 6.2). */
export function searchCommand(kind: ProviderKind): CommandSpec {
  const noun = typeNoun(kind);
  return {
    arguments: "[query:string]",
    repository: "optional",
    examples: [
      { title: `Every ${noun}`, command: `swamp ${kind} type search` },
      { title: "Those that mention a text", command: `swamp ${kind} type search aws` },
    ],
    async run({ output, services }, _options, [query = ""]) {
      const types = await services.providerTypes(kind);
      warnOfFailures(types, output);
      const { document, ranked } = searchProviders(types, query);
      output.result(document, (found, page) => {
        return renderTypes(found, ranked, kind === "report" ? REPORTS : providerTypes(noun), page);
      });
    },
  };
}
