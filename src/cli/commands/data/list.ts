import { UserError } from "../../../domain/errors.ts";
import { listData } from "../../../libswamp/data/list.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderDataList } from "../../output/data/list.ts";
import { requireNoWorkflow } from "./workflow_options.ts";

/** `swamp data list [model_id_or_name]` (contract: cli-core 9.2). */
export const command: CommandSpec = {
  arguments: "[model_id_or_name:string]",
  options: [
    { flags: "--type <type:string>", description: "Only data of this type, such as resource" },
    { flags: "--all", description: "Deleted data too" },
    { flags: "--workflow <name:string>", description: "Data of a run of this workflow" },
    { flags: "--run <id:string>", description: "Which run of the workflow; the latest by default" },
  ],
  repository: "required",
  examples: [
    { title: "What a model has written", command: "swamp data list hello" },
    { title: "Only its files", command: "swamp data list hello --type file" },
  ],
  async run({ output, services }, options, [model]) {
    if (model !== undefined && options.workflow !== undefined) {
      throw new UserError(
        "invalid_argument",
        "Cannot specify both a model and --workflow. Use one or the other.",
      );
    }
    requireNoWorkflow(options);
    if (model === undefined) {
      throw new UserError("missing_argument", "Either a model name or --workflow is required.");
    }
    const document = await listData({
      definitions: await services.definitions(),
      data: await services.data(),
    }, { model, type: options.type as string | undefined, all: options.all === true });
    output.result(document, renderDataList);
  },
};
