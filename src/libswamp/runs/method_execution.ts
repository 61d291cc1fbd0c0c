/**
 * One call of a method with the run's driver, and the data that it writes.
 *
 * @module
 */
import type { ExecutionCallbacks, ExecutionResult } from "../../domain/drivers/execution_driver.ts";
import type { RunAccess } from "../../domain/drivers/run_access.ts";
import type { MethodContext } from "../../domain/models/method_context.ts";
import type { DriverSession } from "../drivers/driver_session.ts";
import {
  noteWritten,
  reportedData,
  returnedOutputs,
  storeOutputs,
  storeOutputsOfFailure,
} from "../drivers/execution_outputs.ts";
import { executionRequest } from "../drivers/execution_request.ts";
import { createMethodContext } from "./method_context_factory.ts";
import type { MethodRun } from "./method_run.ts";
import type { Written } from "./written_data.ts";

/** What a method is called with. */
export interface MethodInput {
  /** Validated, with defaults. */
  readonly args: Record<string, unknown>;
  /** Arguments before validation, with tokens for secrets. */
  readonly unresolvedMethodArgs: Readonly<Record<string, unknown>>;
  /** Validated, with defaults; those without a value refuse to be read. */
  readonly globalArgs: Record<string, unknown>;
  /** The same without those that have no value. */
  readonly resolvedGlobalArgs: Readonly<Record<string, unknown>>;
  /** Why the others have none. */
  readonly unresolvedGlobalArgs: Readonly<Record<string, string>>;
}

/** How a method ended that did not fail. */
export interface MethodEnd {
  /** What it reports. */
  readonly reported: readonly Written[];
  /** As it gave them. */
  readonly followUpActions: readonly unknown[];
}

/** A driver, and the code that methods of extensions need to run elsewhere. */
export interface MethodExecutor {
  readonly session: DriverSession;
  readonly bundle: (type: string) => Promise<Uint8Array>;
}

/**
 * Calls a method with the driver of its run, and stores what the driver leaves to swamp; if the method
 * failed, too.
 *
 * @throws {UserError} `cancelled` when the run was cancelled; whatever method or driver throw.
 */
export async function executeMethod(
  run: MethodRun,
  { session, bundle }: MethodExecutor,
  input: MethodInput,
): Promise<MethodEnd> {
  const context = createMethodContext(run, input);
  const request = await executionRequest(run, input, bundle);
  const { callbacks, hasStreamed } = executionCallbacks(run);
  const result = await session.execute(request, callbacks, runAccess(run, context, input));
  if (!hasStreamed()) { for (const line of result.logs) run.log.add("info", String(line)); }
  if (result.status === "error") {
    await storeOutputsOfFailure(run, context, result);
    throw failureOf(result);
  }
  const stored = await storeOutputs(run, context, result);
  await run.written.close(true);
  return {
    reported: reportedData(run, result, stored),
    followUpActions: result.followUpActions ?? [],
  };
}

function executionCallbacks(run: MethodRun) {
  let streamed = false;
  const callbacks: ExecutionCallbacks = {
    onLog: (line, level = "info") => {
      streamed = true;
      run.log.add(level, String(line));
    },
    onResourceWritten: (handle) => void run.written.write(() => noteWritten(run, handle)),
    signal: run.signal,
  };
  return { callbacks, hasStreamed: () => streamed };
}

function runAccess(
  run: MethodRun,
  context: MethodContext,
  { args, unresolvedMethodArgs }: MethodInput,
): RunAccess {
  return {
    runHere: async () => {
      const start = performance.now();
      const returned: unknown = await run.method.execute(args, context);
      const { followUpActions } = (returned ?? {}) as { followUpActions?: unknown };
      return {
        status: "success",
        ...returnedOutputs(returned),
        logs: [],
        durationMs: Math.round(performance.now() - start),
        followUpActions: Array.isArray(followUpActions) ? followUpActions : [],
      };
    },
    unresolvedMethodArgs,
    secrets: run.tokens,
    redact: (text) => run.redactor.redact(text),
    ownData: async () => {
      const { ownData } = await import("../drivers/own_data.ts");
      return await ownData(run, context.readResource);
    },
    runtimeTags: run.tags,
  };
}

/** The error of a result as if the method had thrown it here. */
function failureOf({ error = "Driver execution failed", stack }: ExecutionResult): Error {
  const failure = new Error(error);
  failure.stack = stack ?? error;
  return failure;
}
