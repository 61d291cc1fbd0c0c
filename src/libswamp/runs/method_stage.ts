/**
 * One method of a run: its arguments, its checks, its data.
 *
 * @module
 */
import { IN_PROCESS } from "../../domain/drivers/driver_selection.ts";
import { requireLivingResources, writeDeletionMarkers } from "./deletion_markers.ts";
import { validMethodArguments } from "../models/method_arguments.ts";
import { createCheckContext } from "./method_context_factory.ts";
import {
  executeMethod,
  type MethodEnd,
  type MethodExecutor,
  type MethodInput,
} from "./method_execution.ts";
import type { MethodRun } from "./method_run.ts";
import { applicableChecks, type CheckFilter, runChecks } from "./preflight_checks.ts";
import type { RunValues } from "./run_values.ts";

/** What all methods of a run have in common. */
export interface StageFrame {
  readonly executor: MethodExecutor;
  readonly checks: CheckFilter;
  readonly globals: Pick<MethodInput, "globalArgs" | "resolvedGlobalArgs" | "unresolvedGlobalArgs">;
}

/**
 * Checks and runs one method, and marks what it deleted.
 *
 * @throws whatever is wrong with its arguments, its checks, the driver or the method itself.
 */
export async function runStage(
  frame: StageFrame,
  run: MethodRun,
  values: Pick<RunValues, "methodArguments">,
): Promise<MethodEnd> {
  const { type, descriptor, methodName, driver, log } = run;
  const args = await validMethodArguments(
    type,
    descriptor,
    methodName,
    run.tokens.reveal(values.methodArguments),
  );
  const { globals, checks } = frame;
  await checkFirst(run, checks, globals.globalArgs);
  const how = driver.type === IN_PROCESS ? "" : ` with driver "${driver.raw}"`;
  log.add("info", `Executing method "${methodName}"${how}`);
  const end = await executeMethod(run, frame.executor, {
    ...{ args, unresolvedMethodArgs: values.methodArguments },
    ...globals,
  });
  if (run.kind !== "delete") return end;
  return { ...end, reported: [...end.reported, ...await writeDeletionMarkers(run)] };
}

async function checkFirst(
  run: MethodRun,
  filter: CheckFilter,
  globalArgs: Record<string, unknown>,
): Promise<void> {
  const checks = applicableChecks(run, filter);
  if (checks.length > 0) {
    run.log.add("info", `Running ${checks.length} pre-flight check(s)`);
    await runChecks(run, checks, createCheckContext(run, globalArgs));
  }
  if (run.kind === "read" || run.kind === "update") await requireLivingResources(run);
}
