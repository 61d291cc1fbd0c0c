import { renameData } from "../../../libswamp/data/rename.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderRenamedData } from "../../output/data/rename.ts";

/** `swamp data rename <model_id_or_name> <old_name> <new_name>` (contract: cli-core 9.7). */
export const command: CommandSpec = {
  arguments: "<model_id_or_name:string> <old_name:string> <new_name:string>",
  repository: "required",
  examples: [
    { title: "The old name leads to the new one", command: "swamp data rename web main state" },
  ],
  async run({ output, services }, _options, [model = "", oldName = "", newName = ""]) {
    const document = await renameData({
      definitions: await services.definitions(),
      data: await services.data(),
      locks: await services.locks(),
    }, { model, oldName, newName });
    output.result(document, renderRenamedData);
    output.log("warning", "data·rename", document.warning);
  },
};
