import type { RunDocument } from "../../../libswamp/runs/run_document.ts";
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
  const failed = Object.values(reports).filter((report) => !report.success)
    .map(({ name }) => printable(name));
  return [
    ...renderReportResults(reports, page).map((report) => `${report}\n`),
    `${title}, ${dataText(dataArtifacts)}`,
    ...(failed.length === 0 ? [] : [style.yellow(`Failed reports: ${failed.join(", ")}`)]),
    style.dim(`Log: ${logFile}`),
  ].join("\n");
}

/** What was written, and what was marked as deleted. */
function dataText(artifacts: RunDocument["dataArtifacts"]): string {
  const isMarker = ({ lifecycle }: RunDocument["dataArtifacts"][number]) => lifecycle === "deleted";
  const written = artifacts.filter((one) => !isMarker(one))
    .map(({ name, version }) => `${printable(name)} v${version}`);
  const deleted = artifacts.filter(isMarker).map(({ name }) => printable(name));
  const parts = [
    ...(written.length === 0 ? [] : [`writing ${written.join(", ")}`]),
    ...(deleted.length === 0 ? [] : [`marking ${deleted.join(", ")} as deleted`]),
  ];
  return parts.length === 0 ? "writing no data" : parts.join(", ");
}
