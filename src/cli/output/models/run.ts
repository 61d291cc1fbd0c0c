import type { RunDocument } from "../../../libswamp/models/run_document.ts";
import { durationText } from "../duration_text.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** What a run has written, and where to look further. Its log was shown while it ran. */
export function renderRun(
  { modelName, methodName, duration, dataArtifacts, logFile, reports }: RunDocument,
  { style }: Page,
): string {
  const title = `${style.green("✓")} ${style.bold(printable(methodName))} on ` +
    `${style.bold(printable(modelName))} succeeded in ${durationText(duration)}`;
  const data = dataArtifacts.map(({ name, version }) => `${printable(name)} v${version}`);
  const failed = Object.values(reports ?? {}).filter((report) => !report.success);
  return [
    `${title}${data.length === 0 ? ", writing no data" : `, writing ${data.join(", ")}`}`,
    ...failed.map(({ name, error }) => style.yellow(`Report ${name} failed: ${error}`)),
    style.dim(`Log: ${logFile}`),
  ].join("\n");
}
