import { normalizeTypeName } from "../../../../domain/extensions/type_name.ts";
import { describeType } from "../../../../libswamp/types/describe.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import { renderType } from "../../../output/types/describe.ts";
import { warnOfFailures } from "../../../output/types/failures.ts";

/** `swamp model type describe <type>` (contract: cli-core 5.2). */
export const command: CommandSpec = {
  arguments: "<type:string>",
  repository: "optional",
  examples: [{ title: "The built-in shell", command: "swamp model type describe command/shell" }],
  async run({ output, services }, _options, [type = ""]) {
    const types = await services.modelTypes(normalizeTypeName(type));
    const document = describeType(types, type);
    warnOfFailures(types, output);
    output.result(document, renderType);
  },
};
