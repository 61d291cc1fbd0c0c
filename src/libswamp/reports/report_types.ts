/**
 * Reports by their name. The built-in ones, which every run has, are found without looking at any
 * extension.
 *
 * @module
 */
import type { ProviderDescriptor } from "../../domain/extensions/descriptor.ts";
import type { ProviderTypes } from "../../domain/extensions/provider_types.ts";
import type { Provider } from "../../domain/extensions/shapes/provider_shape.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import { BUILT_IN_REPORTS } from "../../domain/reports/builtin/mod.ts";
import type { ReportScope } from "../../domain/reports/report.ts";
import type { ReportWishes } from "../../domain/reports/report_selection.ts";

/** Gives all reports; extensions are looked at then. */
export type ReportTypesSource = () => Promise<ProviderTypes>;

/** A report that can be run. */
export interface UsableReport {
  readonly descriptor: ProviderDescriptor;
  readonly isBuiltIn: boolean;
  /**
   * Loads its code.
   *
   * @throws {UserError} `type_broken` when that fails.
   */
  readonly load: () => Promise<Provider>;
}

/** Where the names of reports come from that may run after a method. */
export function methodReportWishes(
  type: Pick<ModelType, "reports">,
  { reports }: Pick<Definition, "reports">,
  methodName: string,
): ReportWishes {
  const builtIn = builtInNames("method");
  return { builtIn, byType: type.reports, own: reports, methodName };
}

/** The built-in report of a normalised name. */
export function builtInReport(name: string): UsableReport | undefined {
  const found = BUILT_IN_REPORTS.find(({ descriptor }) => descriptor.type === name);
  return found === undefined ? undefined : { ...found, isBuiltIn: true };
}

function builtInNames(scope: ReportScope): string[] {
  return BUILT_IN_REPORTS.filter(({ descriptor }) => descriptor.scope === scope)
    .map(({ descriptor }) => descriptor.type);
}
