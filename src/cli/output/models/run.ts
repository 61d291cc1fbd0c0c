import type { RunDocument } from "../../../libswamp/models/run_document.ts";
import { durationText } from "../duration_text.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";
import { renderReportResults } from "../reports/report.ts";

/**
 * What a run's reports say, what it has written, and where to look further. Its log was shown while it
 * ran.
 */
export function renderRun(
  { modelName, methodName, duration, dataArtifacts, logFile, reports = {} }: RunDocument,
  page: Page,
): string {
  const { style } = page;
  const title = `${style.green("✓")} ${style.bold(printable(methodName))} on ` +
    `${style.bold(printable(modelName))} succeeded in ${durationText(duration)}`;
  const data = dataArtifacts.map(({ name, version }) => `${printable(name)} v${version}`);
  const failed = Object.values(reports).filter((report) => !report.success)
    .map(({ name }) => printable(name));
  return [
    ...renderReportResults(reports, page).map((report) => `${report}\n`),
    `${title}${data.length === 0 ? ", writing no data" : `, writing ${data.join(", ")}`}`,
    ...(failed.length === 0 ? [] : [style.yellow(`Failed reports: ${failed.join(", ")}`)]),
    style.dim(`Log: ${logFile}`),
  ].join("\n");
}
