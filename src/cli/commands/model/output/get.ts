import { getOutput } from "../../../../libswamp/outputs/get.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import { renderOutput } from "../../../output/outputs/get.ts";

/**
 * `swamp model output get <output_id_or_model_name>`, also as `model method history get` (contract:
 * cli-core 7.3 and 8.1).
 */
export const command: CommandSpec = {
  arguments: "<output_id_or_model_name:string>",
  repository: "required",
  examples: [
    { title: "The latest run of a model", command: "swamp model output get web" },
    { title: "A run by the beginning of its id", command: "swamp model output get babb655f" },
  ],
  async run({ output, services }, _options, [argument = ""]) {
    const document = await getOutput({
      definitions: await services.definitions(),
      history: await services.runHistory(),
    }, argument);
    output.result(document, renderOutput);
  },
};
