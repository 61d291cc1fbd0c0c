import type { FindRunDependencies } from "./find_run.ts";
import { modelNames } from "./model_names.ts";
import { type OutputSummary, outputSummary } from "./output_summary.ts";

/** JSON document of `model output search` and `model method history search` (contract: 8.2). */
export interface OutputSearchDocument {
  readonly query: string;
  /** Newest first. */
  readonly results: readonly OutputSummary[];
}

/**
 * The runs whose id, model name, type, method or status contains a text, in whatever case; all for an
 * empty one.
 */
export async function searchOutputs(
  { definitions, history }: FindRunDependencies,
  query: string,
): Promise<OutputSearchDocument> {
  const nameOf = await modelNames(definitions);
  const results = (await history.runs()).map((run) => outputSummary(run, nameOf(run)));
  return { query, results: results.filter((run) => mentionsOutput(run, query)) };
}

/** Whether id, model name, type, method or status of a run contains a text, in whatever case. */
export function mentionsOutput(
  { id, modelName = "", type, methodName, status }: OutputSummary,
  query: string,
): boolean {
  const wanted = query.toLowerCase();
  return [id, modelName, type, methodName, status].some((text) =>
    text.toLowerCase().includes(wanted)
  );
}
