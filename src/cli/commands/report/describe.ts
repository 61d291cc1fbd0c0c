import { describeReport } from "../../../libswamp/types/describe_provider.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { warnOfFailures } from "../../output/types/failures.ts";
import { renderReport } from "../../output/types/provider.ts";

/** `swamp report describe <name>` (contract: cli-automation 7). */
export const command: CommandSpec = {
  arguments: "<report_name:string>",
  repository: "optional",
  examples: [{ title: "A report of an extension", command: "swamp report describe @acme/cost" }],
  async run({ output, services }, _options, [name = ""]) {
    const types = await services.providerTypes("report");
    const document = describeReport(types, name);
    warnOfFailures(types, output);
    output.result(document, renderReport);
  },
};
