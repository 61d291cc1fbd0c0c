/**
 * Runs the programs of drivers, such as `docker`, in a process group of their own.
 *
 * @module
 */
import {
  type HostCommand,
  type HostOutcome,
  ProgramNotFound,
} from "../../domain/drivers/driver_host.ts";
import { type ProcessEnd, supervise } from "../../domain/models/builtin/supervised_process.ts";

/** Milliseconds that a program that was asked to end may take before it is killed. */
const GRACE = { timeout: 5_000, cancelled: 1_500 };

/**
 * Runs a program to its end, or until its time is up or it is cancelled: then it is sent SIGTERM, and
 * SIGKILL when it has not ended after five seconds, or after one and a half when it is cancelled.
 *
 * @throws {ProgramNotFound} when there is no such program or it may not be executed.
 * @throws what `onLine` throws; the program has been stopped then.
 */
export async function runProgram(command: HostCommand): Promise<HostOutcome> {
  const start = performance.now();
  const end: ProcessEnd = command.signal.aborted
    ? { stopped: "cancelled", stdout: "", stderr: "" }
    : await supervise(spawn(command), { ...command, grace: GRACE });
  const { status, ...outcome } = end;
  return {
    exitCode: status?.code ?? -1,
    durationMs: Math.round(performance.now() - start),
    ...outcome,
  };
}

function spawn({ program, args, env }: HostCommand): Deno.ChildProcess {
  try {
    return new Deno.Command(program, {
      args: [...args],
      env,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      // A session of its own: Ctrl-C reaches swamp alone, which then stops the program in good order.
      detached: true,
    }).spawn();
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied;
    throw isMissing ? new ProgramNotFound(error.message) : error;
  }
}
