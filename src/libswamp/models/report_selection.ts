/**
 * Which reports run after a method (contract: authoring 6.5).
 *
 * @module
 */
import { closest } from "../../domain/closest.ts";
import { UserError } from "../../domain/errors.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { ModelType } from "../../domain/models/model_type.ts";

/** What the command line says about reports. */
export interface ReportFilter {
  readonly skipAll: boolean;
  readonly skipNames: readonly string[];
  readonly skipLabels: readonly string[];
  /** Only these, if there are any. */
  readonly names: readonly string[];
  /** Only those with one of these labels, if there are any. */
  readonly labels: readonly string[];
}

/** A report that could run. */
export interface ReportIdentity {
  readonly name: string;
  readonly scope: "method" | "model" | "workflow";
  readonly labels: readonly string[];
}

/**
 * Refuses names and labels that no report carries (contract: IMP-42).
 *
 * @param known reports that are installed.
 * @throws {UserError} `unknown_report`, `unknown_report_label`
 */
export function requireKnownReports(
  known: readonly ReportIdentity[],
  type: ModelType,
  definition: Definition,
  filter: ReportFilter,
): void {
  const names = [
    ...new Set([
      ...known.map(({ name }) => name),
      ...type.reports,
      ...requirements(definition).map(({ name }) => name),
    ]),
  ];
  const labels = [...new Set(known.flatMap((report) => report.labels))];
  for (const name of [...filter.skipNames, ...filter.names]) {
    if (!names.includes(name)) throw unknown("unknown_report", "report", name, names);
  }
  for (const label of [...filter.skipLabels, ...filter.labels]) {
    if (!labels.includes(label)) {
      throw unknown("unknown_report_label", "report label", label, labels);
    }
  }
}

/**
 * Whether a report runs after a method.
 *
 * @param always whether it is a candidate even if neither type nor definition names it.
 */
export function isSelected(
  { name, labels }: ReportIdentity,
  always: boolean,
  { type, definition, methodName }: {
    readonly type: ModelType;
    readonly definition: Definition;
    readonly methodName: string;
  },
  filter: ReportFilter,
): boolean {
  if (filter.skipAll || definition.reports?.skip?.includes(name)) return false;
  const requirement = requirements(definition).find((required) => required.name === name);
  if (requirement !== undefined) {
    return requirement.methods === undefined || requirement.methods.includes(methodName);
  }
  if (!always && !type.reports.includes(name)) return false;
  if (filter.skipNames.includes(name)) return false;
  if (labels.some((label) => filter.skipLabels.includes(label))) return false;
  if (filter.names.length > 0 && !filter.names.includes(name)) return false;
  return filter.labels.length === 0 || labels.some((label) => filter.labels.includes(label));
}

function requirements(
  { reports }: Definition,
): { readonly name: string; readonly methods?: readonly string[] }[] {
  return (reports?.require ?? []).map((entry) =>
    typeof entry === "string" ? { name: entry } : entry
  );
}

function unknown(
  code: string,
  what: string,
  name: string,
  known: readonly string[],
): UserError {
  const meant = closest(name, known);
  const suggestion = meant === undefined ? "" : `Did you mean "${meant}"? `;
  return new UserError(
    code,
    `Unknown ${what} "${name}". ${suggestion}Available ${what}s: ${known.join(", ") || "none"}`,
  );
}
