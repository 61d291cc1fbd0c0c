import type { RefreshReport } from "../../../domain/extensions/refresh_report.ts";

/** What a refresh tells of itself, as one line. */
export function refreshText(report: RefreshReport): string {
  if (report.state === "building") return `Indexing ${report.sources} extension sources …`;
  const { built, adopted, removed, milliseconds } = report;
  return `Indexed extensions in ${(milliseconds / 1000).toFixed(1)} s: ` +
    `${built} built, ${adopted} adopted, ${removed} removed`;
}
