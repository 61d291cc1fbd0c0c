import type { OutputSummary } from "../../../libswamp/outputs/output_summary.ts";
import type { OutputSearchDocument } from "../../../libswamp/outputs/search.ts";
import { durationText } from "../duration_text.ts";
import type { Listing } from "../listing.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";
import { statusText } from "./status.ts";

/** How runs are listed. */
export const RUNS: Listing<OutputSummary> = {
  noun: "run",
  headings: ["STARTED (UTC)", "MODEL", "METHOD", "STATUS", "TOOK", "TYPE", "ID"],
  cells: (run, style) => [
    run.startedAt.replace("T", " ").replace(/\.\d+Z$/, ""),
    style.cyan(run.modelName ?? run.definitionId),
    run.methodName,
    statusText(run.status, style),
    run.durationMs === undefined ? "" : durationText(run.durationMs),
    run.type,
    style.dim(run.id),
  ],
};

/** Runs as a table, the newest first. */
export function renderOutputSearch({ query, results }: OutputSearchDocument, page: Page): string {
  const { style } = page;
  if (results.length === 0) {
    return query === ""
      ? `No runs yet. ${style.cyan("swamp model method run <model> <method>")} makes one.`
      : `No run matches "${query}".`;
  }
  return table(RUNS.headings, results.map((run) => RUNS.cells(run, style)), page);
}
