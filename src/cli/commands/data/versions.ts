import { dataVersions } from "../../../libswamp/data/versions.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderDataVersions } from "../../output/data/versions.ts";

/** `swamp data versions <model_id_or_name> <data_name>` (contract: cli-core 9.5). */
export const command: CommandSpec = {
  arguments: "<model_id_or_name:string> <data_name:string>",
  repository: "required",
  examples: [
    { title: "Every version, newest first", command: "swamp data versions hello result" },
  ],
  async run({ output, services }, _options, [model = "", name = ""]) {
    const document = await dataVersions(
      {
        definitions: await services.definitions(),
        data: await services.data(),
      },
      model,
      name,
    );
    output.result(document, renderDataVersions);
  },
};
