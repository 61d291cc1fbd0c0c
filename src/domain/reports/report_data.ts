/**
 * Reports as data (contract: authoring 6.5): two names of the model or workflow that was reported on.
 *
 * @module
 */
import { RESERVED_TAGS, type Tags } from "../data/tags.ts";
import type { ReportScope } from "./report.ts";

/** Content types of the two forms of a report. */
export const REPORT_CONTENT_TYPES = {
  markdown: "text/markdown",
  json: "application/json",
} as const;

/** Days that reports are kept, and how many versions of one. */
export const REPORT_RETENTION = { lifetime: "30d", garbageCollection: 5 } as const;

/** Type of the scope in which workflows have their data. */
export const WORKFLOW_SCOPE_TYPE = "workflow";

/** Which report, and for which of several turns of a step. */
export interface ReportIdentity {
  readonly name: string;
  readonly scope: ReportScope;
  readonly varySuffix?: string;
}

/**
 * Name of the data with a report's Markdown; its JSON has the same name with `-json` after it.
 *
 * @param turn from 2 for a report whose name differs from that of another one only in what data names
 * leave out, such as `@acme/a-b` beside `@acme/a/b`.
 *
 * @example
 * ```ts
 * reportDataName({ name: "@acme/cost", scope: "model" }); // "report-acme-cost"
 * ```
 */
export function reportDataName({ name, varySuffix }: ReportIdentity, turn = 1): string {
  const plain = name.replaceAll("@", "").replaceAll("/", "-");
  return [
    `report-${plain}`,
    ...(varySuffix === undefined ? [] : [varySuffix]),
    ...(turn === 1 ? [] : [String(turn)]),
  ].join("-");
}

/** Name of the data with the JSON of a report whose Markdown is in `dataName`. */
export function reportJsonName(dataName: string): string {
  return `${dataName}-json`;
}

/**
 * Tags of a report's data.
 *
 * @param runtime tags for everything that the run writes.
 */
export function reportTags(
  { name, scope, varySuffix }: ReportIdentity,
  modelName: string,
  runtime: Tags,
): Tags {
  const own = {
    type: "report",
    modelName,
    reportName: name,
    reportScope: scope,
    ...(varySuffix === undefined ? {} : { varySuffix }),
  };
  const reserved: readonly string[] = [...RESERVED_TAGS, ...Object.keys(own)];
  const free = Object.entries(runtime).filter(([tag]) => !reserved.includes(tag));
  return { ...Object.fromEntries(free), ...own };
}

/** Whether data with these tags are some version of this report. */
export function isOfReport(
  tags: Tags,
  { name, varySuffix }: Omit<ReportIdentity, "scope">,
): boolean {
  return tags.type === "report" && tags.reportName === name && tags.varySuffix === varySuffix;
}
