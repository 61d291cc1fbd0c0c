import { historyLogs } from "../../../../../libswamp/outputs/history_logs.ts";
import type { CommandSpec } from "../../../../command_spec.ts";
import { positiveInteger } from "../../../../integer_option.ts";
import { renderHistoryLogs } from "../../../../output/outputs/history_logs.ts";

/** `swamp model method history logs <output_id_or_model_name>` (contract: cli-core 7.3). */
export const command: CommandSpec = {
  arguments: "<output_id_or_model_name:string>",
  options: [
    { flags: "--tail <lines:number>", description: "Only so many lines, the last ones" },
  ],
  repository: "required",
  examples: [
    { title: "Of the latest run of a model", command: "swamp model method history logs web" },
    {
      title: "The end of a log",
      command: "swamp model method history logs babb655f --tail 20",
    },
  ],
  async run({ output, services }, options, [argument = ""]) {
    const tail = positiveInteger(options, "tail");
    const document = await historyLogs(
      {
        definitions: await services.definitions(),
        history: await services.runHistory(),
      },
      argument,
      tail,
    );
    output.result(document, renderHistoryLogs);
  },
};
