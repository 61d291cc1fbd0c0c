import type { ReportSearchDocument } from "../../../libswamp/reports/search.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";

/** Reports that were kept, as a table. */
export function renderReportSearch({ query, results }: ReportSearchDocument, page: Page): string {
  const { style } = page;
  if (results.length === 0) {
    return query === "" ? "No reports." : `No report matches "${query}".`;
  }
  const hasVariants = results.some(({ varySuffix }) => varySuffix !== undefined);
  const headings = ["REPORT", "SCOPE", "MODEL", "VERSION", "CREATED (UTC)", "VARIANT"];
  const rows = results.map((report) => [
    style.cyan(report.reportName),
    report.reportScope,
    report.modelName,
    `v${report.version}`,
    report.createdAt.replace("T", " ").replace(/(?:\.\d+)?Z$/, ""),
    report.varySuffix ?? "",
  ]);
  const count = `${results.length} report${results.length === 1 ? "" : "s"}`;
  const columns = hasVariants ? headings : headings.slice(0, -1);
  return [table(columns, rows, page), "", style.dim(count)].join("\n");
}
