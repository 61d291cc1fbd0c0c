import { closest } from "../../domain/closest.ts";
import { UserError } from "../../domain/errors.ts";
import type { ProviderDescriptor } from "../../domain/extensions/descriptor.ts";
import { normalizeProviderName } from "../../domain/extensions/type_name.ts";
import { BUILT_IN_REPORTS } from "../../domain/reports/builtin/mod.ts";
import {
  namedReports,
  type ReportFilter,
  type ReportWishes,
} from "../../domain/reports/report_selection.ts";
import type { ReportTypesSource } from "./report_types.ts";

/**
 * Refuses names and labels that no report carries (contract: IMP-42). Extensions are looked at only if
 * the names and labels of built-in reports, and the names that the model gives, do not do.
 *
 * @throws {UserError} `unknown_report`, `unknown_report_label`
 */
export async function requireKnownReports(
  openTypes: ReportTypesSource,
  wishes: ReportWishes,
  filter: ReportFilter,
): Promise<void> {
  const names = new Set(namedReports(wishes));
  const labels = new Set<string>();
  const add = ({ type, labels: more = [] }: ProviderDescriptor) => {
    names.add(type);
    more.forEach((label) => labels.add(label));
  };
  BUILT_IN_REPORTS.forEach(({ descriptor }) => add(descriptor));
  const wantedNames = [...filter.skipNames, ...filter.names];
  const wantedLabels = [...filter.skipLabels, ...filter.labels];
  const isKnown = (name: string) => names.has(normalizeProviderName(name));
  if (wantedNames.every(isKnown) && wantedLabels.every((label) => labels.has(label))) return;
  const types = await openTypes();
  for (const { normalized } of types.summaries()) {
    const descriptor = types.describe(normalized);
    if (descriptor !== undefined) add(descriptor);
  }
  const name = wantedNames.find((wanted) => !isKnown(wanted));
  if (name !== undefined) throw unknown("unknown_report", "report", name, [...names]);
  const label = wantedLabels.find((wanted) => !labels.has(wanted));
  if (label !== undefined) {
    throw unknown("unknown_report_label", "report label", label, [...labels]);
  }
}

function unknown(code: string, what: string, name: string, known: readonly string[]): UserError {
  const meant = closest(name, known);
  const suggestion = meant === undefined ? "" : `Did you mean "${meant}"? `;
  return new UserError(
    code,
    `Unknown ${what} "${name}". ${suggestion}Available ${what}s: ${known.join(", ") || "none"}`,
  );
}
