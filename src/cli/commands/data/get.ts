import { UserError } from "../../../domain/errors.ts";
import { shownPath } from "../../../domain/repository/shown_path.ts";
import { getData } from "../../../libswamp/data/get.ts";
import type { CommandSpec, OptionValues } from "../../command_spec.ts";
import { positiveInteger } from "../../integer_option.ts";
import { renderData } from "../../output/data/get.ts";
import { requireNoWorkflow } from "./workflow_options.ts";

const USAGE = "Usage: swamp data get <model> <data_name>";
const WORKFLOW_USAGE = "Usage: swamp data get --workflow <name> <data_name>";

/** `swamp data get [model_id_or_name] [data_name]` (contract: cli-core 9.1). */
export const command: CommandSpec = {
  arguments: "[model_id_or_name:string] [data_name:string]",
  options: [
    {
      flags: "--version <number:number>",
      description: "Which version of the data; the latest by default",
    },
    { flags: "--no-content", description: "What is known of the data, without its content" },
    { flags: "--workflow <name:string>", description: "Data of a run of this workflow" },
    { flags: "--run <id:string>", description: "Which run of the workflow; the latest by default" },
  ],
  repository: "required",
  examples: [
    { title: "The latest version", command: "swamp data get hello result" },
    {
      title: "An older version, as JSON",
      command: "swamp data get hello result --version 1 --json",
    },
  ],
  async run({ output, services }, options, args) {
    const version = positiveInteger(options, "version");
    const [model, name] = addressed(options, args);
    const { root } = await services.repository();
    const document = await getData({
      definitions: await services.definitions(),
      data: await services.data(),
      relativePath: (path) => shownPath(root, path),
    }, { model, name, version, withContent: options.content !== false });
    for (const { message } of document.warnings ?? []) output.warn(message);
    output.result(document, renderData);
  },
};

/** The model and the name of its data, which the arguments must give. */
function addressed(
  options: OptionValues,
  [first, second]: readonly (string | undefined)[],
): [model: string, name: string] {
  const wrong = (message: string) => new UserError("missing_argument", message);
  if (options.workflow !== undefined) {
    if (first === undefined) {
      throw wrong(`A data name is required when using --workflow. ${WORKFLOW_USAGE}`);
    }
    if (second !== undefined) {
      throw new UserError("too_many_arguments", `Too many arguments. ${WORKFLOW_USAGE}`);
    }
  }
  requireNoWorkflow(options);
  if (first === undefined) throw wrong("Either a model name or --workflow is required.");
  if (second === undefined) throw wrong(`A data name is required. ${USAGE}`);
  return [first, second];
}
