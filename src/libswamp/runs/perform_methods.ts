/**
 * Everything between the first and the last record of a run (contract: authoring 7.1).
 *
 * @module
 */
import { requireDriver } from "../../domain/drivers/driver_types.ts";
import { DriverSession } from "../drivers/driver_session.ts";
import { openDriver } from "../drivers/open_driver.ts";
import { runFollowUps, type RunProgress } from "./follow_ups.ts";
import { validGlobalArguments } from "../models/method_arguments.ts";
import { type MethodRun, warn } from "./method_run.ts";
import { runStage, type StageFrame } from "./method_stage.ts";
import type { PreparedRun } from "./run_preparation.ts";
import type { RunMethodDependencies, RunMethodRequest } from "./run_request.ts";
import {
  evaluateRun,
  guardedArguments,
  requireResolved,
  type RunValues,
  unresolvedTexts,
} from "./run_values.ts";
import type { Written } from "./written_data.ts";

/** A run whose values are known. */
export interface EvaluatedRun {
  readonly dependencies: RunMethodDependencies;
  readonly request: RunMethodRequest;
  readonly prepared: PreparedRun;
  readonly values: RunValues;
  readonly run: MethodRun;
}

/**
 * Runs the method and what follows it.
 *
 * @returns the data that they report.
 * @throws whatever is wrong with the arguments, the checks, the driver or a method.
 */
export async function performMethods(
  evaluated: EvaluatedRun,
  progress: RunProgress,
): Promise<readonly Written[]> {
  const { dependencies, request, prepared, run, values } = evaluated;
  const { drivers } = dependencies;
  const warnings = await requireResolved(dependencies, prepared, values);
  for (const warning of [...values.warnings, ...warnings]) warn(run, warning);
  await requireDriver(run.driver.raw, drivers.types);
  const opened = await openDriver(run.driver, drivers);
  for (const warning of opened.warnings) warn(run, warning);
  const globals = await validGlobals(evaluated);
  await saveUpgraded(evaluated);
  await using session = new DriverSession(opened, {
    signal: run.signal,
    host: drivers.host,
    warn: (message) => warn(run, { code: "driver_shutdown_failed", message }),
  });
  const executor = { session, bundle: remembered(drivers.bundle) };
  const frame = { executor, globals, checks: request.checks };
  const end = await runStage(frame, run, values);
  const valuesFor = (methodName: string) => valuesOf(evaluated, methodName);
  return [
    ...end.reported,
    ...await runFollowUps({ ...frame, progress, valuesFor }, run, end),
  ];
}

/** The values for another method; inputs are arguments of the first one only. */
async function valuesOf(
  { dependencies, request, prepared }: EvaluatedRun,
  method: string,
): Promise<RunValues> {
  const inputs = { ...prepared.inputs, arguments: {} };
  const values = await evaluateRun(
    dependencies,
    { ...request, method },
    { ...prepared, inputs },
  );
  await requireResolved(dependencies, prepared, values);
  return values;
}

/** A function that is asked once for each argument. */
function remembered<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
}

async function validGlobals(
  { prepared: { type, descriptor }, run, values: { globalArguments, unresolved } }: EvaluatedRun,
): Promise<StageFrame["globals"]> {
  const valid = await validGlobalArguments(
    type,
    descriptor,
    run.tokens.reveal(globalArguments),
    unresolved.map(({ path }) => path.slice(1)),
  );
  const unresolvedGlobalArgs = unresolvedTexts(unresolved);
  const hasValue = ([name]: [string, unknown]) => !Object.hasOwn(unresolvedGlobalArgs, name);
  return {
    globalArgs: guardedArguments(valid, unresolvedGlobalArgs),
    resolvedGlobalArgs: Object.fromEntries(Object.entries(valid).filter(hasValue)),
    unresolvedGlobalArgs,
  };
}

async function saveUpgraded(
  { dependencies, prepared: { stored, upgraded, type }, run: { log, definition } }: EvaluatedRun,
): Promise<void> {
  if (upgraded === undefined) return;
  await dependencies.definitions.replace(stored, upgraded);
  log.add("info", `Upgraded "${definition.name}" to version ${type.version} of ${type.type}`);
}
