import { getModel } from "../../../libswamp/models/get.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderModel } from "../../output/models/model.ts";
import { reportedTypes } from "./reported_types.ts";

/** `swamp model get <model_id_or_name>` (contract: cli-core 6.2). */
export const command: CommandSpec = {
  arguments: "<model_id_or_name:string>",
  repository: "required",
  examples: [
    { title: "By name", command: "swamp model get web" },
    { title: "By the beginning of its id", command: "swamp model get b37e8501" },
  ],
  async run(context, _options, [nameOrId = ""]) {
    const { output, services } = context;
    const definitions = await services.definitions();
    const document = await getModel({ definitions, types: reportedTypes(context) }, nameOrId);
    output.result(document, renderModel);
  },
};
