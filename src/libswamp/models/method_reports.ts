/**
 * Runs the reports of a method and keeps their results as data (contract: authoring 6.5).
 *
 * @module
 */
import { methodOwner } from "../../domain/data/ownership.ts";
import { messageOf } from "../../domain/errors.ts";
import type { DataHandle } from "../../domain/models/model_type.ts";
import type { MethodRun } from "./method_run.ts";
import { METHOD_SUMMARY, methodSummary, type ReportContent } from "./method_summary_report.ts";
import { storeBytes } from "./new_version.ts";
import { isSelected, type ReportFilter } from "./report_selection.ts";

/** The reports that are part of swamp. */
export const BUILT_IN_REPORTS = [METHOD_SUMMARY];

/** A report in the result of a run. */
export interface ReportDocument {
  readonly name: string;
  readonly scope: "method" | "model";
  readonly success: boolean;
  readonly markdown?: string;
  readonly json?: Readonly<Record<string, unknown>>;
  /** Only if the report failed. */
  readonly error?: string;
}

/** How a method ended. */
export interface MethodOutcome {
  readonly methodArguments: Readonly<Record<string, unknown>>;
  readonly handles: readonly DataHandle[];
  /** Absent when the method succeeded. */
  readonly error?: string;
}

/**
 * The reports of a run by name; `undefined` when none are wanted at all. A report that fails does not
 * make the run fail.
 */
export async function runReports(
  run: MethodRun,
  outcome: MethodOutcome,
  filter: ReportFilter,
): Promise<Readonly<Record<string, ReportDocument>> | undefined> {
  if (filter.skipAll) return undefined;
  const reports: Record<string, ReportDocument> = {};
  if (!isSelected(METHOD_SUMMARY, true, run, filter)) return reports;
  const { name } = METHOD_SUMMARY;
  const identity = { name, scope: "method" as const };
  try {
    const content = methodSummary({
      ...run,
      ...outcome,
      status: outcome.error === undefined ? "succeeded" : "failed",
    });
    const shown = run.redactor.redactData(content);
    await storeReport(run, identity, shown);
    reports[name] = { ...identity, success: true, ...shown };
  } catch (error) {
    run.log.add("error", `Report "${name}" failed: ${messageOf(error)}`);
    reports[name] = { ...identity, success: false, error: messageOf(error) };
  }
  return reports;
}

/** Name of the data that holds a report: `@swamp/x` is kept as `report-swamp-x`. */
function dataNameOf(reportName: string): string {
  return `report-${reportName.replaceAll("@", "").replaceAll("/", "-")}`;
}

async function storeReport(
  run: MethodRun,
  { name, scope }: { readonly name: string; readonly scope: string },
  { markdown, json }: ReportContent,
): Promise<void> {
  const forms = [
    { name: dataNameOf(name), contentType: "text/markdown", text: markdown },
    {
      name: `${dataNameOf(name)}-json`,
      contentType: "application/json",
      text: JSON.stringify(json),
    },
  ];
  for (const form of forms) {
    await storeBytes(run, form.name, new TextEncoder().encode(form.text), {
      id: crypto.randomUUID(),
      contentType: form.contentType,
      lifetime: "30d",
      garbageCollection: 5,
      streaming: false,
      tags: {
        type: "report",
        modelName: run.definition.name,
        reportName: name,
        reportScope: scope,
      },
      ownerDefinition: methodOwner(run.definition.id),
    });
  }
}
