import { UserError } from "../../domain/errors.ts";
import type { MethodContext } from "../../domain/models/method_context.ts";
import type { DataHandle } from "../../domain/models/model_type.ts";
import { guardExit } from "./exit_guard.ts";
import { type MethodRun, warn } from "./method_run.ts";
import { onStrayFailure } from "./stray_failures.ts";
import type { Written } from "./written_data.ts";

/** How long a method may take to end once it is cancelled. */
const GRACE_MILLISECONDS = 3_000;

/**
 * Calls the method's code and waits for its end; for a cancelled method only a little longer.
 *
 * @returns what the method gave back.
 * @throws {UserError} `cancelled` when the signal was aborted; whatever the code throws or rejects
 * with, in timers and in promises that it did not wait for, too.
 */
export async function executeMethod(
  { method, signal }: MethodRun,
  args: Record<string, unknown>,
  context: MethodContext,
): Promise<unknown> {
  const interference = Promise.withResolvers<never>();
  interference.promise.catch(() => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onAbort = () => {
    timer = setTimeout(() => interference.reject(signal.reason), GRACE_MILLISECONDS);
  };
  using _exit = guardExit((error) => interference.reject(error));
  using _strays = onStrayFailure((error) => interference.reject(error));
  signal.addEventListener("abort", onAbort);
  try {
    signal.throwIfAborted();
    const result = await Promise.race([method.execute(args, context), interference.promise]);
    signal.throwIfAborted();
    return result;
  } catch (error) {
    throw signal.aborted ? cancelled(signal) : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

/** The failure of a run that somebody cancelled. */
export function cancelled(signal: AbortSignal): UserError {
  const { reason } = signal;
  return new UserError("cancelled", "cancelled", {
    ...(reason instanceof UserError ? { exitCode: reason.exitCode } : {}),
    cause: reason,
  });
}

/**
 * The data that a method reports: the handles that it returns, or else everything that it wrote
 * (contract: authoring 2.2).
 *
 * @throws {UserError} `duplicate_data_name` when two returned handles have the same name.
 */
export async function reportedData(run: MethodRun, returned: unknown): Promise<readonly Written[]> {
  const { dataHandles, followUpActions } = (returned ?? {}) as {
    dataHandles?: unknown;
    followUpActions?: unknown;
  };
  if (Array.isArray(followUpActions) && followUpActions.length > 0) {
    warn(run, {
      code: "follow_up_actions_ignored",
      message: `followUpActions of method "${run.methodName}" are ignored`,
    });
  }
  if (!Array.isArray(dataHandles) || dataHandles.length === 0) return run.written.all;
  const names = new Set<string>();
  const reported: Written[] = [];
  for (const handle of dataHandles.filter(isHandle)) {
    if (names.has(handle.name)) {
      throw new UserError(
        "duplicate_data_name",
        `Data output validation failed: Duplicate data instance name '${handle.name}'`,
      );
    }
    names.add(handle.name);
    const written = run.written.find(handle) ?? await storedBefore(run, handle);
    if (written !== undefined) reported.push(written);
  }
  return reported;
}

function isHandle(value: unknown): value is DataHandle {
  return typeof value === "object" && value !== null &&
    typeof (value as DataHandle).name === "string" &&
    typeof (value as DataHandle).version === "number";
}

/** A handle may be of data that is not new, or that was written through the repository. */
async function storedBefore(run: MethodRun, handle: DataHandle): Promise<Written | undefined> {
  const stored = await run.data.get(run.scope, handle.name, handle.version);
  return stored === undefined ? undefined : { handle, stored };
}
