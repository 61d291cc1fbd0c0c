import type { ProviderKind } from "../../../domain/extensions/shapes/provider_shape.ts";
import { describeProviderType } from "../../../libswamp/types/describe_provider.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { warnOfFailures } from "../../output/types/failures.ts";
import { renderProviderType, renderReport } from "../../output/types/provider.ts";

/** `swamp <kind> type describe <type>`. */
export function describeCommand(kind: ProviderKind): CommandSpec {
  return {
    arguments: "<type:string>",
    repository: "optional",
    examples: [
      { title: "A type of an extension", command: `swamp ${kind} type describe @acme/${kind}` },
    ],
    async run({ output, services }, _options, [type = ""]) {
      const types = await services.providerTypes(kind);
      const document = describeProviderType(kind, types, type);
      warnOfFailures(types, output);
      output.result(document, kind === "report" ? renderReport : renderProviderType);
    },
  };
}
