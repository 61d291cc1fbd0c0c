import { typeNoun } from "../../../domain/extensions/kinds.ts";
import type { ProviderKind } from "../../../domain/extensions/shapes/provider_shape.ts";
import { searchProviders } from "../../../libswamp/types/search_providers.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { warnOfFailures } from "../../output/types/failures.ts";
import { providerTypes, renderTypes, REPORTS } from "../../output/types/search.ts";
import { listOrPick, PICK_OPTION } from "../../picker/list_or_pick.ts";

/** `swamp <kind> type search [query]` (contract: cli-automation 6.2). */
export function searchCommand(kind: ProviderKind): CommandSpec {
  const noun = typeNoun(kind);
  return {
    arguments: "[query:string]",
    options: [PICK_OPTION],
    repository: "optional",
    examples: [
      { title: `Every ${noun}`, command: `swamp ${kind} type search` },
      { title: "Those that mention a text", command: `swamp ${kind} type search aws` },
    ],
    async run(context, options, [query = ""]) {
      const { output, services } = context;
      const types = await services.providerTypes(kind);
      warnOfFailures(types, output);
      const list = () => {
        const { document, ranked } = searchProviders(types, query);
        const listing = kind === "report" ? REPORTS : providerTypes(noun);
        output.result(document, (found, page) => renderTypes(found, ranked, listing, page));
      };
      if (kind === "report") {
        const open = async () => (await import("./choice.ts")).reportTypeChoice(types);
        return await listOrPick(context, options, { query, list, open });
      }
      const open = async () => (await import("./choice.ts")).providerTypeChoice(kind, types);
      await listOrPick(context, options, { query, list, open });
    },
  };
}
