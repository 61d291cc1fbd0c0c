import type { ReportScope } from "../../../domain/reports/report.ts";
import { searchReports } from "../../../libswamp/reports/search.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderReportSearch } from "../../output/reports/search.ts";
import { reportedProviderTypes } from "../types/reported_types.ts";
import { PLACE_OPTIONS, placeOf } from "./place_options.ts";

/** `swamp report search [query]` (contract: cli-automation 7). */
export const command: CommandSpec = {
  arguments: "[query:string]",
  options: [
    ...PLACE_OPTIONS,
    {
      flags: "--scope <scope:reportScope>",
      description: "Only reports of this scope: method, model or workflow",
      values: { type: "reportScope", allowed: ["method", "model", "workflow"] },
    },
    {
      flags: "--label <label:string>",
      description: "Only reports that are installed and have this label (repeatable)",
      collect: true,
    },
  ],
  repository: "required",
  examples: [
    { title: "Every report that was kept", command: "swamp report search" },
    { title: "What there is on a model", command: "swamp report search --model hello" },
  ],
  async run(context, options, [query = ""]) {
    const { output, services } = context;
    const definitions = await services.definitions();
    using catalog = await services.dataCatalog();
    const document = await searchReports(
      { catalog, definitions, types: reportedProviderTypes(context, "report") },
      {
        query,
        ...placeOf(options),
        scope: options.scope as ReportScope | undefined,
        labels: (options.label ?? []) as readonly string[],
      },
    );
    output.result(document, renderReportSearch);
  },
};
