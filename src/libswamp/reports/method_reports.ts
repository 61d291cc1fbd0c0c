/**
 * Runs the reports of a method and keeps what they make (contract: authoring 6.5).
 *
 * @module
 */
import { normalizeProviderName } from "../../domain/extensions/type_name.ts";
import type { MethodReportContext } from "../../domain/reports/report.ts";
import { reportContent } from "../../domain/reports/report_content.ts";
import { hiddenTexts } from "../../domain/reports/argument_redaction.ts";
import {
  namedReports,
  reportCandidates,
  type ReportFilter,
  type ReportWishes,
} from "../../domain/reports/report_selection.ts";
import { isTemplate } from "../../domain/expressions/template.ts";
import { Redactor } from "../../domain/redactor.ts";
import { guarded } from "../runs/guarded_execution.ts";
import { type MethodRun, type RunWarning, warn } from "../runs/method_run.ts";
import { redactedFailure } from "../runs/redacted_failure.ts";
import { WrittenData } from "../runs/written_data.ts";
import { chooseReports, type UnusableReport } from "./choose_reports.ts";
import {
  createMethodReportContext,
  type MethodOutcome,
  methodRedaction,
} from "./method_report_context.ts";
import type { ReportResult } from "./report_result.ts";
import { storeReport } from "./report_storage.ts";
import { methodReportWishes, type ReportTypesSource, type UsableReport } from "./report_types.ts";

/**
 * The reports of a run by name; `undefined` when none are wanted at all. Whatever goes wrong with a
 * report is part of its result: the run ends as it would have ended without it.
 *
 * @param openTypes asked for only if a report is wanted that is not built in.
 */
export async function runReports(
  run: MethodRun,
  outcome: MethodOutcome,
  filter: ReportFilter,
  openTypes: ReportTypesSource,
): Promise<Readonly<Record<string, ReportResult>> | undefined> {
  if (filter.skipAll) return undefined;
  const wishes = methodReportWishes(run.type, run.definition, run.methodName);
  warnOfNoEffect(run, wishes, filter);
  const { usable, unusable } = await chooseReports(
    reportCandidates(wishes, filter),
    {
      scopes: outcome.error === undefined ? ["method", "model"] : ["method"],
      possible: ["method", "model"],
    },
    filter,
    openTypes,
  );
  const failed = unusable.flatMap((report) => unusableResult(run, report));
  const redactor = argumentRedactor(run, outcome);
  const results: ReportResult[] = [];
  for (const report of usable) {
    if (run.signal.aborted) break;
    results.push(await runReport(run, outcome, report, redactor));
  }
  return Object.fromEntries([...results, ...failed].map((result) => [result.name, result]));
}

/** Runs one report and keeps what it makes. */
async function runReport(
  run: MethodRun,
  outcome: MethodOutcome,
  { descriptor, isBuiltIn, load }: UsableReport,
  redactor: Redactor,
): Promise<ReportResult> {
  const { raw: name } = descriptor;
  const identity = { name, scope: descriptor.scope as "method" | "model" };
  const written = new WrittenData("report");
  if (!isBuiltIn) run.log.add("info", `Running report: "${name}"`);
  let isLoaded = false;
  try {
    const context = createMethodReportContext(run, outcome, { ...identity, redactor, written });
    const made = await guarded(run.signal, async () => {
      const execute = (await load()).create as (context: MethodReportContext) => unknown;
      isLoaded = true;
      return await execute(context);
    }, "report");
    const content = redactor.redactData(run.redactor.redactData(reportContent(made)));
    await storeReport(run, identity, content);
    return { ...identity, success: true, ...content };
  } catch (error) {
    const message = redactor.redact(redactedFailure(error, run.redactor).message);
    if (isLoaded) tellOfFailure(run, name, message, error, redactor);
    else warn(run, unusable(name, `Report "${name}" cannot be loaded: ${message}`));
    return { ...identity, success: false, error: message };
  } finally {
    await written.close(false);
  }
}

function tellOfFailure(
  run: MethodRun,
  name: string,
  message: string,
  error: unknown,
  redactor: Redactor,
): void {
  run.log.add("error", `Report "${name}" failed: ${message}`);
  if (error instanceof Error && error.stack !== undefined) {
    run.log.note("debug", redactor.redact(error.stack));
  }
}

/** Knows the values of sensitive arguments, as they were given: the run's own redactor does not. */
function argumentRedactor(run: MethodRun, { methodArguments }: MethodOutcome): Redactor {
  const redact = methodRedaction(run);
  const { globalArguments } = run.definition;
  const redactor = new Redactor();
  [
    ...hiddenTexts(globalArguments, redact(globalArguments, "global")),
    ...hiddenTexts(methodArguments, redact(methodArguments, "method")),
  ].filter((text) => !isTemplate(text)).forEach((text) => redactor.addSecret(text));
  return redactor;
}

function unusableResult(
  run: MethodRun,
  { name, problem, isIgnored }: UnusableReport,
): ReportResult[] {
  warn(run, unusable(name, problem));
  return isIgnored ? [] : [{ name, success: false, error: problem }];
}

function unusable(name: string, message: string): RunWarning {
  return { code: "report_unusable", message, report: name };
}

/** Says so when `--report` names a report that the model does not have: it is a filter. */
function warnOfNoEffect(run: MethodRun, wishes: ReportWishes, { names }: ReportFilter): void {
  const named = namedReports(wishes);
  for (const name of names.filter((one) => !named.includes(normalizeProviderName(one)))) {
    warn(run, {
      code: "report_not_selected",
      message: `--report ${name} selects nothing: neither type ${run.type.type} nor definition ` +
        `"${run.definition.name}" has that report (reports.require adds it)`,
      report: name,
    });
  }
}
