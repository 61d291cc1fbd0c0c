import { EXIT_CODES } from "../../../domain/errors.ts";
import { validateAllModels, validateModel } from "../../../libswamp/models/validate.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { once } from "../../once.ts";
import { renderAllValidations, renderValidation } from "../../output/models/validation.ts";
import { warnOfFailures } from "../../output/types/failures.ts";
import { reportedTypes } from "./reported_types.ts";

/** `swamp model validate [model_id_or_name]` (contract: cli-core 6.6). */
export const command: CommandSpec = {
  arguments: "[model_id_or_name:string]",
  options: [
    {
      flags: "--label <label:string>",
      description: "Only checks with this label (repeatable)",
      collect: true,
    },
    {
      flags: "--method <method:string>",
      description: "Also checks that are restricted to this method",
    },
  ],
  repository: "required",
  examples: [
    { title: "One model", command: "swamp model validate web" },
    { title: "All models", command: "swamp model validate" },
  ],
  async run(context, options, [nameOrId]) {
    const { output, services } = context;
    const dependencies = {
      openData: services.data,
      repoDir: (await services.repository()).root,
      signal: () => context.signal,
    };
    const filter = {
      labels: (options.label ?? []) as readonly string[],
      method: options.method as string | undefined,
    };
    if (nameOrId === undefined) {
      const types = once(() => services.modelTypes());
      const document = await validateAllModels({
        ...dependencies,
        definitions: await services.definitionsUnreported(),
        types,
      }, filter);
      warnOfFailures(await types(), output, document.models.map(({ type }) => type));
      output.result(document, renderAllValidations);
      return document.passed ? EXIT_CODES.success : EXIT_CODES.failure;
    }
    const definitions = await services.definitions();
    const document = await validateModel(
      { ...dependencies, definitions, types: reportedTypes(context) },
      nameOrId,
      filter,
    );
    output.result(document, renderValidation);
    return document.passed ? EXIT_CODES.success : EXIT_CODES.failure;
  },
};
