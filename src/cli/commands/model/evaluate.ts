import { UserError } from "../../../domain/errors.ts";
import {
  evaluateAllModels,
  type EvaluatedItem,
  evaluateModel,
} from "../../../libswamp/models/evaluate.ts";
import type { CommandSpec } from "../../command_spec.ts";
import type { Output } from "../../output/output.ts";
import { renderAllEvaluated, renderEvaluated } from "../../output/models/evaluation.ts";

/** `swamp model evaluate [model_id_or_name]` (contract: cli-core 6.7). */
export const command: CommandSpec = {
  arguments: "[model_id_or_name:string]",
  options: [{ flags: "--all", description: "Every model; the same as no argument" }],
  repository: "required",
  examples: [
    { title: "One model, and what it refers to", command: "swamp model evaluate web" },
    { title: "All models", command: "swamp model evaluate --all" },
  ],
  async run({ output, services }, { all }, [nameOrId]) {
    if (all === true && nameOrId !== undefined) {
      throw new UserError(
        "invalid_argument",
        `--all cannot be used together with the name of a model ("${nameOrId}")`,
      );
    }
    const dependencies = {
      definitions: await services.definitions(),
      openData: services.data,
      openCatalog: services.dataCatalog,
      openSecrets: services.vaultService,
      environment: () => Deno.env.toObject(),
      runs: await services.runs(),
      locks: await services.locks(),
    };
    if (nameOrId === undefined) {
      const document = await evaluateAllModels(dependencies);
      document.items.forEach((item) => logWarnings(item, output));
      output.result(document, renderAllEvaluated);
    } else {
      const document = await evaluateModel(dependencies, nameOrId);
      logWarnings(document, output);
      output.result(document, renderEvaluated);
    }
  },
};

function logWarnings({ warnings = [] }: EvaluatedItem, output: Output): void {
  for (const { message } of warnings) output.log("warning", "expressions", message);
}
