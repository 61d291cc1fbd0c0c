import { BUILT_IN_REPORTS } from "../../../domain/reports/builtin/mod.ts";
import type { StoredReportDocument } from "../../../libswamp/reports/get.ts";
import type { ReportResult } from "../../../libswamp/reports/report_result.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";
import { displayWidth } from "../text_width.ts";
import { renderMarkdown } from "./markdown.ts";

/** Length of a rule where the text between rules is shorter. */
const SHORTEST_RULE = 40;
/** Length of a rule where nobody knows how wide the page is. */
const LONGEST_RULE = 80;

/** A report that was kept: on what it is, between rules, and what it says. */
export function renderStoredReport(report: StoredReportDocument, page: Page): string {
  const { reportName, reportScope, modelName, modelType, version, createdAt, varySuffix } = report;
  const place = reportScope === "workflow"
    ? `Workflow: ${modelName}`
    : `Model: ${modelName} (${modelType})`;
  return framed(
    [
      ...[reportName, place, `Scope: ${reportScope}`],
      ...(varySuffix === undefined ? [] : [`Variant: ${varySuffix}`]),
      ...[`v${version}`, createdAt],
    ],
    report.markdown,
    page,
  );
}

/**
 * What reports of extensions have made of a run, a text each. The built-in report repeats what was shown
 * while the method ran, and is left out.
 */
export function renderReportResults(
  reports: Readonly<Record<string, ReportResult>>,
  page: Page,
): string[] {
  return Object.values(reports).flatMap(({ name, scope, markdown }) => {
    if (markdown === undefined || isBuiltIn(name)) return [];
    return [framed([name, `Scope: ${scope}`], markdown, page)];
  });
}

function isBuiltIn(name: string): boolean {
  return BUILT_IN_REPORTS.some(({ descriptor }) => descriptor.raw === name);
}

function framed(facts: readonly string[], markdown: string, page: Page): string {
  const { style } = page;
  const width = page.width ?? LONGEST_RULE;
  const title = `  ${facts.map((fact) => printable(fact)).join("  |  ")}`;
  const length = Math.min(Math.max(displayWidth(title) + 2, SHORTEST_RULE), width);
  const rule = style.dim("─".repeat(length));
  return [rule, style.bold(title), rule, "", renderMarkdown(markdown, page)].join("\n");
}
