/**
 * A run from its first record to its last (contract: authoring 7.1).
 *
 * @module
 */
import { messageOf, UserError } from "../../domain/errors.ts";
import { definitionHash } from "../../domain/models/definition_hash.ts";
import { methodKind } from "../../domain/models/method_kind.ts";
import type { RunLogFile, RunRecord } from "../../domain/models/run_record.ts";
import { requireLivingResources, writeDeletionMarkers } from "./deletion_markers.ts";
import { validGlobalArguments, validMethodArguments } from "./method_arguments.ts";
import { createCheckContext, createMethodContext } from "./method_context_factory.ts";
import { executeMethod, reportedData } from "./method_execution.ts";
import { runReports } from "./method_reports.ts";
import { type MethodRun, warn } from "./method_run.ts";
import { applicableChecks, runChecks } from "./preflight_checks.ts";
import { artifactDocuments, type RunDocument } from "./run_document.ts";
import { RunLog } from "./run_log.ts";
import { SecretTokens } from "../../domain/expressions/secret_tokens.ts";
import { redactedFailure } from "./redacted_failure.ts";
import { type PreparedRun, requireDriver } from "./run_preparation.ts";
import type { RunMethodDependencies, RunMethodRequest } from "./run_request.ts";
import { evaluateRun, guardedArguments, requireResolved, type RunValues } from "./run_values.ts";
import { onStrayFailure } from "./stray_failures.ts";
import { type Written, WrittenData } from "./written_data.ts";

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

/** How the method's code ended. */
interface Ending {
  readonly written: readonly Written[];
  /** Absent when all went well. */
  readonly failure?: { readonly error: unknown; readonly message: string };
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
  { method: methodName, tags }: RunMethodRequest,
  { definition: raw, descriptor, type }: PreparedRun,
  values: StartedRun["values"],
  log: RunLog,
): MethodRun {
  const { repoDir, data, definitions, openVaults, redactor, signal } = dependencies;
  const method = type.methods[methodName]!;
  const isEvaluated = "definition" in values;
  return {
    ...{ repoDir, descriptor, type, methodName, method, tags, data, definitions },
    ...{ openVaults, redactor, log },
    definition: isEvaluated ? values.definition : raw,
    tokens: isEvaluated ? values.tokens : new SecretTokens(),
    kind: methodKind(methodName, method.kind),
    scope: { type: type.type, modelId: raw.id },
    written: new WrittenData(),
    warnings: [],
    signal: signal(),
  };
}

/** Runs, and writes down before and after. */
async function record(started: StartedRun): Promise<RunDocument> {
  const { dependencies: { runs }, prepared, request, run, values } = started;
  const { definition: { type } } = prepared;
  for (const warning of prepared.warnings) warn(run, warning);
  if ("evaluated" in values && !request.lastEvaluated) await runs.saveEvaluated(values.evaluated);
  const begun = await runningRecord(started);
  await runs.save(type, begun);
  const ending = await runAndTell(started);
  const durationMs = Date.now() - started.startedAt.getTime();
  await runs.save(type, finalRecord(begun, ending, durationMs));
  return await conclude(started, begun.id, ending, durationMs);
}

async function runningRecord(started: StartedRun): Promise<RunRecord> {
  const { dependencies: { process }, prepared, request, logFile, startedAt } = started;
  const { stored, type } = prepared;
  return {
    id: crypto.randomUUID(),
    definitionId: stored.definition.id,
    methodName: request.method,
    status: "running",
    startedAt: startedAt.toISOString(),
    retryCount: 0,
    provenance: {
      definitionHash: await definitionHash(stored.definition),
      modelVersion: type.version,
      triggeredBy: "manual",
    },
    artifacts: { dataArtifacts: [] },
    logFile: logFile.relativePath,
    ...process,
  };
}

function finalRecord(
  { pid: _pid, hostname: _hostname, ...begun }: RunRecord,
  { written, failure }: Ending,
  durationMs: number,
): RunRecord {
  return {
    ...begun,
    status: failure === undefined ? "succeeded" : "failed",
    completedAt: new Date().toISOString(),
    durationMs,
    artifacts: {
      dataArtifacts: written.map(({ handle: { dataId, name, version, tags } }) => ({
        ...{ dataId, name, version, tags },
      })),
    },
    ...(failure === undefined ? {} : { error: errorOf(failure) }),
  };
}

function errorOf(
  { error, message }: NonNullable<Ending["failure"]>,
): NonNullable<RunRecord["error"]> {
  const stack = error instanceof Error && !(error instanceof UserError) ? error.stack : undefined;
  return { message, ...(stack === undefined ? {} : { stack }) };
}

/** Runs, and tells in the log how it ended. */
async function runAndTell(started: StartedRun): Promise<Ending> {
  const { run, prepared: { definition } } = started;
  try {
    const written = await perform(started);
    for (const { stored } of written) run.log.add("info", `Data saved to "${stored.path}"`);
    run.log.add("info", `Method "${run.methodName}" completed on "${definition.name}"`);
    return { written };
  } catch (error) {
    await run.written.close(false);
    const failure = redactedFailure(error, run.redactor);
    // Only noted: whoever asked for the run prints the error, last and once.
    run.log.note("error", `Method "${run.methodName}" failed: ${failure.message}`);
    return { written: run.written.all, failure };
  }
}

/** Everything between the first and the last record: validation, checks, the method, its data. */
async function perform({ dependencies, request, prepared, run, values }: StartedRun) {
  if ("failure" in values) throw values.failure;
  const { descriptor, type, stored, upgraded } = prepared;
  const { methodName, definition, tokens } = run;
  const warnings = await requireResolved(dependencies, prepared, values);
  for (const warning of [...values.warnings, ...warnings]) warn(run, warning);
  requireDriver(request.driver ?? definition.driver ?? "raw");
  const { unresolved } = values;
  const valid = await validGlobalArguments(
    type,
    descriptor,
    tokens.reveal(values.globalArguments),
    unresolved.map(({ path }) => path.slice(1)),
  );
  const globalArgs = guardedArguments(valid, unresolved);
  if (upgraded !== undefined) {
    await dependencies.definitions.replace(stored, upgraded);
    run.log.add("info", `Upgraded "${definition.name}" to version ${type.version} of ${type.type}`);
  }
  const args = await validMethodArguments(
    type,
    descriptor,
    methodName,
    tokens.reveal(values.methodArguments),
  );
  await checkFirst(run, request, globalArgs);
  run.log.add("info", `Executing method "${methodName}"`);
  const given = { globalArgs, unresolvedMethodArgs: values.methodArguments };
  const returned = await executeMethod(run, args, createMethodContext(run, given));
  await run.written.close(true);
  const reported = await reportedData(run, returned);
  return run.kind === "delete" ? [...reported, ...await writeDeletionMarkers(run)] : reported;
}

async function checkFirst(
  run: MethodRun,
  { checks: filter }: RunMethodRequest,
  globalArgs: Record<string, unknown>,
): Promise<void> {
  const checks = applicableChecks(run, filter);
  if (checks.length > 0) {
    run.log.add("info", `Running ${checks.length} pre-flight check(s)`);
    await runChecks(run, checks, createCheckContext(run, globalArgs));
  }
  if (run.kind === "read" || run.kind === "update") await requireLivingResources(run);
}

/** Reports on the run and makes its result, or its failure. */
async function conclude(
  started: StartedRun,
  outputId: string,
  { written, failure }: Ending,
  duration: number,
): Promise<RunDocument> {
  const { request, prepared: { definition: { id, name, type } }, values, run, logFile } = started;
  const methodArguments = "shownArguments" in values ? values.shownArguments : {};
  const handles = written.map(({ handle }) => handle);
  const error = failure === undefined ? {} : { error: failure.message };
  const reports = run.signal.aborted
    ? undefined
    : await runReports(run, { methodArguments, handles, ...error }, request.reports);
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
