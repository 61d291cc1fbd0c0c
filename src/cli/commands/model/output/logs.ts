import { outputLogs } from "../../../../libswamp/outputs/logs.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import { positiveInteger } from "../../../integer_option.ts";
import { renderOutputLogs } from "../../../output/outputs/logs.ts";

/** `swamp model output logs <output_id>` (contract: cli-core 8.3). */
export const command: CommandSpec = {
  arguments: "<output_id_or_model_name:string>",
  options: [
    { flags: "--tail <lines:number>", description: "Only so many lines, the last ones" },
  ],
  repository: "required",
  examples: [
    { title: "Of the latest run of a model", command: "swamp model output logs web" },
    { title: "The end of a log", command: "swamp model output logs babb655f --tail 20" },
  ],
  async run({ output, services }, options, [argument = ""]) {
    const tail = positiveInteger(options, "tail");
    const document = await outputLogs(
      {
        definitions: await services.definitions(),
        history: await services.runHistory(),
        data: await services.data(),
      },
      argument,
      tail,
    );
    output.result(document, renderOutputLogs);
  },
};
