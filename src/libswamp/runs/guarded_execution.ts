import { UserError } from "../../domain/errors.ts";
import { onStrayFailure } from "../../domain/stray_failures.ts";
import { guardExit } from "./exit_guard.ts";

/** How long code may take to end once it is cancelled. */
const GRACE_MILLISECONDS = 3_000;

/**
 * Calls code of an extension and waits for its end; once `signal` is aborted only a little longer.
 *
 * @param whose code it is, for messages.
 * @throws {UserError} `cancelled` when the signal was aborted; whatever the code throws or rejects
 * with, in timers and in promises that it did not wait for, too.
 */
export async function guarded<T>(
  signal: AbortSignal,
  code: () => Promise<T>,
  caller: "method" | "report" | "driver" = "method",
): Promise<T> {
  const interference = Promise.withResolvers<never>();
  interference.promise.catch(() => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onAbort = () => {
    timer = setTimeout(() => interference.reject(signal.reason), GRACE_MILLISECONDS);
  };
  using _exit = guardExit((error) => interference.reject(error), caller);
  using _strays = onStrayFailure((error) => interference.reject(error));
  signal.addEventListener("abort", onAbort);
  try {
    signal.throwIfAborted();
    const result = await Promise.race([code(), interference.promise]);
    signal.throwIfAborted();
    return result;
  } catch (error) {
    throw signal.aborted ? cancelled(signal) : error;
  } finally {
    // Naming it is what costs: Deno loads its timers then.
    if (timer !== undefined) clearTimeout(timer);
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
