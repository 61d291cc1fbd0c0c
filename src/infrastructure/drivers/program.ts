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
import { CapturedOutput } from "../../domain/models/builtin/captured_output.ts";
import { groupLives, signalGroup } from "../../domain/models/builtin/process_group.ts";

/** How long a program that was asked to end may take before it is killed. */
const GRACE_MILLISECONDS = { timeout: 5_000, cancelled: 1_500 };

/** How long output is still read once a program has been stopped. */
const DRAIN_MILLISECONDS = 250;

const POLL_MILLISECONDS = 20;

/**
 * Runs a program to its end, or until its time is up or it is cancelled: then it is sent SIGTERM, and
 * SIGKILL when it has not ended after five seconds, or after one and a half when it is cancelled.
 *
 * @throws {ProgramNotFound} when there is no such program or it may not be executed.
 */
export async function runProgram(command: HostCommand): Promise<HostOutcome> {
  const start = performance.now();
  const stdout = new CapturedOutput((line) => command.onLine("stdout", line));
  const stderr = new CapturedOutput((line) => command.onLine("stderr", line));
  const outcome = (exitCode: number, stopped?: HostOutcome["stopped"]): HostOutcome => ({
    exitCode,
    ...(stopped === undefined ? {} : { stopped }),
    durationMs: Math.round(performance.now() - start),
    stdout: stdout.text(),
    stderr: stderr.text(),
  });
  if (command.signal.aborted) return outcome(-1, "cancelled");
  const process = spawn(command);
  const closed = Promise.all([stdout.read(process.stdout), stderr.read(process.stderr)]);
  const ended = Promise.all([process.status, closed]).then(([status]) => status);
  const stopped = await firstOf(ended, command);
  if (stopped === undefined) return outcome((await ended).code);
  await stop(process.pid, command, GRACE_MILLISECONDS[stopped]);
  await Promise.race([closed, delay(DRAIN_MILLISECONDS)]);
  await Promise.all([stdout.stop(), stderr.stop()]);
  return outcome(-1, stopped);
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

/** Why the program must be stopped, or `undefined` when it ended by itself. */
async function firstOf(
  ended: Promise<unknown>,
  { signal, timeout }: HostCommand,
): Promise<HostOutcome["stopped"]> {
  const { promise, resolve } = Promise.withResolvers<HostOutcome["stopped"]>();
  const onAbort = () => resolve("cancelled");
  signal.addEventListener("abort", onAbort);
  const timer = timeout === undefined ? undefined : setTimeout(() => resolve("timeout"), timeout);
  ended.then(() => resolve(undefined));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

/** Asks every process of the group to end, and kills those that do not. */
async function stop(leader: number, { kill }: HostCommand, grace: number): Promise<void> {
  signalGroup(leader, "SIGTERM");
  const deadline = performance.now() + grace;
  while (performance.now() < deadline && await groupLives(leader)) await delay(POLL_MILLISECONDS);
  await kill();
  signalGroup(leader, "SIGKILL");
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
