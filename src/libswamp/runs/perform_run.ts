/**
 * A run from its first record to its last (contract: authoring 7.1).
 *
 * @module
 */
import { messageOf, UserError } from "../../domain/errors.ts";
import { selectDriver } from "../../domain/drivers/driver_selection.ts";
import { methodKind } from "../../domain/models/method_kind.ts";
import type { RunLogFile, RunRecord } from "../../domain/models/run_record.ts";
import { runReports } from "../reports/method_reports.ts";
import type { RunProgress } from "./follow_ups.ts";
import { cancelled } from "./guarded_execution.ts";
import { type MethodRun, warn } from "./method_run.ts";
import { artifactDocuments, type RunDocument } from "./run_document.ts";
import { RunLog } from "./run_log.ts";
import { SecretTokens } from "../../domain/expressions/secret_tokens.ts";
import { onStrayFailure } from "../../domain/stray_failures.ts";
import { redactedFailure } from "./redacted_failure.ts";
import { performMethods } from "./perform_methods.ts";
import { finalRecord, type RunEnding, runningRecord } from "./run_records.ts";
import type { PreparedRun } from "./run_preparation.ts";
import type { RunMethodDependencies, RunMethodRequest } from "./run_request.ts";
import { evaluateRun, type RunValues } from "./run_values.ts";
import { WrittenData } from "./written_data.ts";

/** What the parts of this module share. */
interface StartedRun {
  readonly dependencies: RunMethodDependencies;
  readonly request: RunMethodRequest;
  readonly prepared: PreparedRun;
  /** The values of the run, or why there are none. */
  readonly values: RunValues | { readonly failure: unknown };
  readonly run: MethodRun;
  readonly logFile: RunLogFile;
  readonly startedAt: Date;
}

/**
 * Performs a prepared run. The caller holds the model's lock.
 *
 * @throws {UserError} for a run that failed; its fields are those of the result.
 */
export async function performRun(
  dependencies: RunMethodDependencies,
  request: RunMethodRequest,
  prepared: PreparedRun,
): Promise<RunDocument> {
  const { definition, type } = prepared;
  const startedAt = new Date();
  const logFile = await dependencies.runs.openLog(
    type.type,
    request.method,
    definition.id,
    startedAt.toISOString(),
  );
  try {
    const log = openRunLog(dependencies, request, prepared, logFile);
    dependencies.watchConsole((text) => log.note("info", text));
    using _strays = onStrayFailure((error) => {
      log.note("error", `Nobody waited for this failure: ${messageOf(error)}`);
    });
    const values = await attempt(() => evaluateRun(dependencies, request, prepared));
    const run = newRun(dependencies, request, prepared, values, log);
    return await record({ dependencies, request, prepared, values, run, logFile, startedAt });
  } finally {
    dependencies.watchConsole(() => {});
    logFile.close();
  }
}

/** The log with its first lines. */
function openRunLog(
  { log: sinks, redactor }: RunMethodDependencies,
  { method, lastEvaluated }: RunMethodRequest,
  { definition: { name, type } }: PreparedRun,
  logFile: RunLogFile,
): RunLog {
  const log = new RunLog(sinks, logFile, ["model", "method", "run", name, method], redactor);
  log.add("info", `Found model "${name}" ("${type}")`);
  log.add("info", lastEvaluated ? "Loading last evaluated definition" : "Evaluating expressions");
  return log;
}

async function attempt(
  evaluate: () => Promise<RunValues>,
): Promise<RunValues | { readonly failure: unknown }> {
  try {
    return await evaluate();
  } catch (failure) {
    return { failure };
  }
}

function newRun(
  dependencies: RunMethodDependencies,
  { method: methodName, tags, checks, driverLevels = [] }: RunMethodRequest,
  { definition: raw, descriptor, type }: PreparedRun,
  values: StartedRun["values"],
  log: RunLog,
): MethodRun {
  const { repoDir, data, openCatalog, definitions, runs, locks } = dependencies;
  const { openVaults, vaultNames, redactor, signal } = dependencies;
  const method = type.methods[methodName]!;
  const { definition, tokens } = "definition" in values
    ? values
    : { definition: raw, tokens: new SecretTokens() };
  const driver = selectDriver([...driverLevels, definition]);
  return {
    ...{ repoDir, descriptor, type, methodName, method, tags, data, definitions },
    ...{
      openCatalog,
      runs,
      locks,
      openVaults,
      vaultNames,
      redactor,
      log,
      definition,
      tokens,
      checks,
    },
    driver: { ...driver, config: tokens.reveal(driver.config) },
    kind: methodKind(methodName, method.kind),
    scope: { type: type.type, modelId: raw.id },
    written: new WrittenData(),
    warnings: [],
    signal: signal(),
  };
}

/** Runs, and writes down before and after. */
async function record(started: StartedRun): Promise<RunDocument> {
  const { dependencies: { runs, process }, prepared, request, run, values } = started;
  const { logFile, startedAt } = started;
  const { definition: { type } } = prepared;
  for (const warning of prepared.warnings) warn(run, warning);
  if ("evaluated" in values && !request.lastEvaluated) await runs.saveEvaluated(values.evaluated);
  const begun = await runningRecord({
    definition: prepared.stored.definition,
    methodName: request.method,
    modelVersion: prepared.type.version,
    startedAt,
    logFile: logFile.relativePath,
    process,
  });
  await runs.save(type, begun);
  const ending = await runAndTell(started);
  const durationMs = Date.now() - startedAt.getTime();
  const recorded = await recordEnding(started, begun, ending, durationMs);
  return await conclude(started, begun.id, recorded, durationMs);
}

/** Completes the record. A run whose end cannot be recorded fails, if it has not failed anyway. */
async function recordEnding(
  { dependencies: { runs }, prepared: { definition }, run }: StartedRun,
  begun: RunRecord,
  ending: RunEnding,
  durationMs: number,
): Promise<RunEnding> {
  try {
    await runs.save(definition.type, finalRecord(begun, ending, durationMs));
    return ending;
  } catch (cause) {
    const code = "run_not_recorded";
    const message = `The end of this run could not be recorded: ${messageOf(cause)}`;
    if (ending.failure === undefined) {
      return { ...ending, failure: { error: new UserError(code, message, { cause }), message } };
    }
    warn(run, { code, message });
    return ending;
  }
}

/** Runs, and tells in the log how it ended. */
async function runAndTell(started: StartedRun): Promise<RunEnding> {
  const { run, prepared: { definition }, values } = started;
  const progress: RunProgress = { stages: [run], retryCount: 0 };
  try {
    if ("failure" in values) throw values.failure;
    const written = await performMethods({ ...started, values }, progress);
    for (const { stored } of written) run.log.add("info", `Data saved to "${stored.path}"`);
    run.log.add("info", `Method "${run.methodName}" completed on "${definition.name}"`);
    return { written, retryCount: progress.retryCount };
  } catch (error) {
    for (const stage of progress.stages) await stage.written.close(false);
    const isCancelled = run.signal.aborted;
    const failure = redactedFailure(isCancelled ? cancelled(run.signal) : error, run.redactor);
    // Only noted: whoever asked for the run prints the error, last and once.
    run.log.note("error", `Method "${run.methodName}" failed: ${failure.message}`);
    const written = progress.stages.flatMap((stage) => stage.written.all);
    return { written, retryCount: progress.retryCount, failure };
  }
}

/** Reports on the run and makes its result, or its failure. */
async function conclude(
  started: StartedRun,
  outputId: string,
  { written, failure }: RunEnding,
  duration: number,
): Promise<RunDocument> {
  const { dependencies: { reportTypes }, request, prepared, values, run, logFile } = started;
  const { definition: { id, name, type } } = prepared;
  const methodArguments = "shownArguments" in values ? values.shownArguments : {};
  const handles = written.map(({ handle }) => handle);
  const error = failure === undefined ? {} : { error: failure.message };
  const reports = run.signal.aborted
    ? undefined
    : await runReports(run, { methodArguments, handles, ...error }, request.reports, reportTypes);
  const document: RunDocument = run.redactor.redactData({
    modelId: id,
    modelName: name,
    modelType: type,
    methodName: run.methodName,
    status: failure === undefined ? "succeeded" : "failed",
    duration,
    outputId,
    logFile: logFile.path,
    dataArtifacts: await artifactDocuments(run.data, written),
    ...(reports === undefined ? {} : { reports }),
    ...(run.warnings.length === 0 ? {} : { warnings: run.warnings }),
  });
  if (failure === undefined) return document;
  const known = failure.error instanceof UserError ? failure.error : undefined;
  throw new UserError(known?.code ?? "method_failed", failure.message, {
    ...(known === undefined ? {} : { exitCode: known.exitCode }),
    fields: { ...run.redactor.redactData(known?.fields), ...document },
    cause: failure.error,
  });
}
