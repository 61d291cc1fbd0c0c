import { outputData } from "../../../../libswamp/outputs/data.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import { positiveInteger } from "../../../integer_option.ts";
import { renderOutputData } from "../../../output/outputs/data.ts";

/** `swamp model output data <output_id>` (contract: cli-core 8.4). */
export const command: CommandSpec = {
  arguments: "<output_id_or_model_name:string>",
  options: [
    { flags: "--name <name:string>", description: "Which of the data that the run wrote" },
    { flags: "--field <field:string>", description: "Only this field, such as exitCode or a.b" },
    {
      flags: "--version <number:number>",
      description: "Another version than the one that the run wrote",
    },
  ],
  repository: "required",
  examples: [
    { title: "What a run wrote first", command: "swamp model output data babb655f" },
    {
      title: "One field of the latest run of a model",
      command: "swamp model output data hello --name result --field stdout",
    },
  ],
  async run({ output, services }, options, [run = ""]) {
    const version = positiveInteger(options, "version");
    const document = await outputData({
      definitions: await services.definitions(),
      history: await services.runHistory(),
      data: await services.data(),
    }, {
      run,
      name: options.name as string | undefined,
      field: options.field as string | undefined,
      version,
    });
    output.result(document, renderOutputData);
  },
};
