import { describeMethod } from "../../../../libswamp/models/describe_method.ts";
import type { CommandSpec } from "../../../command_spec.ts";
import { renderMethodDescription } from "../../../output/models/method.ts";
import { reportedTypes } from "../reported_types.ts";

/** `swamp model method describe <model_id_or_name> <method_name>` (contract: cli-core 7.1). */
export const command: CommandSpec = {
  arguments: "<model_id_or_name:string> <method_name:string>",
  repository: "required",
  examples: [
    { title: "What `execute` takes", command: "swamp model method describe hello execute" },
  ],
  async run(context, _options, [nameOrId = "", method = ""]) {
    const { output, services } = context;
    const definitions = await services.definitions();
    const dependencies = { definitions, types: reportedTypes(context) };
    output.result(await describeMethod(dependencies, nameOrId, method), renderMethodDescription);
  },
};
