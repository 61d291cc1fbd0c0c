import type { ReportScope } from "../../domain/reports/report.ts";
import { normalizeProviderName } from "../../domain/extensions/type_name.ts";
import type { ReportTypesSource } from "./report_types.ts";
import {
  type ReportPlace,
  reportsOf,
  type StoredReport,
  storedReports,
  type StoredReportsDependencies,
} from "./stored_reports.ts";

/** What searching reports needs. */
export interface SearchReportsDependencies extends StoredReportsDependencies {
  /** Asked for only where labels are wanted: those are known of installed reports alone. */
  readonly types: ReportTypesSource;
}

/** Which reports are wanted. */
export interface SearchReportsRequest extends ReportPlace {
  /** Part of the report's name, of its data's name or of its variant, in whatever case. */
  readonly query: string;
  readonly scope?: ReportScope | undefined;
  /** One of these, if there are any. */
  readonly labels: readonly string[];
}

/** JSON document of `report search` (contract: cli-automation 7). */
export interface ReportSearchDocument {
  readonly query: string;
  /** Newest first. */
  readonly results: readonly StoredReport[];
}

/**
 * The reports that were kept, the latest version of each, that meet every condition.
 *
 * @throws {UserError} `model_not_found`, `ambiguous_model`
 */
export async function searchReports(
  dependencies: SearchReportsDependencies,
  { query, scope, labels, ...place }: SearchReportsRequest,
): Promise<ReportSearchDocument> {
  const wanted = query.toLowerCase();
  const all = await reportsOf(dependencies, place, await storedReports(dependencies));
  const matching = all.filter(({ reportName, reportScope, dataName, varySuffix = "" }) =>
    (scope === undefined || reportScope === scope) &&
    [reportName, dataName, varySuffix].some((text) => text.toLowerCase().includes(wanted))
  );
  const results = labels.length === 0
    ? matching
    : await withLabels(matching, labels, dependencies.types);
  return { query, results };
}

async function withLabels(
  reports: readonly StoredReport[],
  wanted: readonly string[],
  openTypes: ReportTypesSource,
): Promise<StoredReport[]> {
  const types = await openTypes();
  return reports.filter(({ reportName }) => {
    const { labels = [] } = types.describe(normalizeProviderName(reportName)) ?? {};
    return wanted.some((label) => labels.includes(label));
  });
}
