import { getOutput, type OutputDocument } from "../../../../libswamp/outputs/get.ts";
import type { OutputSummary } from "../../../../libswamp/outputs/output_summary.ts";
import { mentionsOutput, searchOutputs } from "../../../../libswamp/outputs/search.ts";
import type { CommandContext } from "../../../context.ts";
import { renderOutput } from "../../../output/outputs/get.ts";
import { RUNS } from "../../../output/outputs/search.ts";
import type { Choice } from "../../../picker/choice.ts";

/** The runs that somebody may pick, the newest first. */
export async function runChoice(
  { services }: CommandContext,
): Promise<Choice<OutputSummary, OutputDocument>> {
  const runs = {
    definitions: await services.definitions(),
    history: await services.runHistory(),
  };
  const { results } = await searchOutputs(runs, "");
  return {
    listing: RUNS,
    find: (query) => results.filter((run) => mentionsOutput(run, query)),
    names: () => [],
    id: ({ id }) => id,
    get: ({ id }) => getOutput(runs, id),
    render: renderOutput,
  };
}
