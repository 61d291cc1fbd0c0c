import { getReport } from "../../../libswamp/reports/get.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { positiveInteger } from "../../integer_option.ts";
import { renderStoredReport } from "../../output/reports/report.ts";
import { PLACE_OPTIONS, placeOf } from "./place_options.ts";

/** `swamp report get <name>` (contract: cli-automation 7). */
export const command: CommandSpec = {
  arguments: "<report_name:string>",
  options: [
    ...PLACE_OPTIONS,
    {
      flags: "--version <number:number>",
      description: "Which version of the report; the latest by default",
    },
    {
      flags: "--variant <name:string>",
      description: "Which of several turns of a step the report is on",
    },
  ],
  repository: "required",
  examples: [
    {
      title: "What the last run of a model did",
      command: "swamp report get @swamp/method-summary --model hello",
    },
    {
      title: "An older version, as JSON",
      command: "swamp report get @acme/cost --version 1 --json",
    },
  ],
  async run({ output, services }, options, [name = ""]) {
    const version = positiveInteger(options, "version");
    const definitions = await services.definitions();
    const data = await services.data();
    using catalog = await services.dataCatalog();
    const document = await getReport(
      { catalog, definitions, data },
      { name, version, variant: options.variant as string | undefined, ...placeOf(options) },
    );
    for (const { message } of document.warnings ?? []) output.warn(message);
    output.result(document, renderStoredReport);
  },
};
