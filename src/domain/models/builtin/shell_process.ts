/**
 * Runs a shell command in a process group of its own, so that everything it starts can be stopped with
 * it.
 *
 * @module
 */
import { messageOf } from "../../errors.ts";
import { CapturedOutput } from "./captured_output.ts";
import { groupLives, signalGroup } from "./process_group.ts";

/** How long processes that were asked to end may take before they are killed. */
const GRACE_MILLISECONDS = 2_000;

/** How long output is still read once all processes have been stopped. */
const DRAIN_MILLISECONDS = 250;

const POLL_MILLISECONDS = 20;

/** A command to run. */
export interface ShellCommand {
  /** Given to `sh -c`. */
  readonly run: string;
  readonly workingDir?: string | undefined;
  /** Milliseconds after which the command is stopped. */
  readonly timeout?: number | undefined;
  /** Added to the inherited environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Stops the command when aborted. */
  readonly signal: AbortSignal;
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
}

/** How a command ended. */
export interface ShellOutcome {
  /** -1 when the command was stopped or could not be started. */
  readonly exitCode: number;
  /** Why the exit code is -1, or which signal ended the command. */
  readonly reason?: string;
  readonly durationMs: number;
  /** Without trailing line breaks, as `$(…)` gives it. */
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, or until its time is up or `signal` is aborted. Never rejects. */
export async function runShell(command: ShellCommand): Promise<ShellOutcome> {
  const start = performance.now();
  const stdout = new CapturedOutput((line) => command.onLine("stdout", line));
  const stderr = new CapturedOutput((line) => command.onLine("stderr", line));
  const outcome = (exitCode: number, reason?: string): ShellOutcome => ({
    exitCode,
    ...(reason === undefined ? {} : { reason }),
    durationMs: Math.round(performance.now() - start),
    stdout: stdout.text(),
    stderr: stderr.text(),
  });
  if (command.signal.aborted) return outcome(-1, "Command was cancelled");
  let process: Deno.ChildProcess;
  try {
    process = spawn(command);
  } catch (error) {
    return outcome(-1, `Command could not be started: ${messageOf(error)}`);
  }
  const closed = Promise.all([stdout.read(process.stdout), stderr.read(process.stderr)]);
  const ended = Promise.all([process.status, closed]).then(([status]) => status);
  const stopReason = await firstOf(ended, command);
  if (stopReason === undefined) {
    const { code, signal } = await ended;
    return outcome(code, signal === null ? undefined : `Command was ended by ${signal}`);
  }
  await stopGroup(process.pid);
  await Promise.race([closed, delay(DRAIN_MILLISECONDS)]);
  await Promise.all([stdout.stop(), stderr.stop()]);
  return outcome(-1, stopReason);
}

function spawn({ run, workingDir, env }: ShellCommand): Deno.ChildProcess {
  return new Deno.Command("sh", {
    args: ["-c", run],
    ...(workingDir === undefined ? {} : { cwd: workingDir }),
    ...(env === undefined ? {} : { env }),
    stdin: "inherit",
    stdout: "piped",
    stderr: "piped",
    // A session of its own, so that one signal reaches everything that the command starts.
    detached: true,
  }).spawn();
}

/** Why the command must be stopped, or `undefined` when it ended by itself. */
async function firstOf(
  ended: Promise<unknown>,
  { signal, timeout }: ShellCommand,
): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const onAbort = () => resolve("Command was cancelled");
  signal.addEventListener("abort", onAbort);
  const timer = timeout === undefined
    ? undefined
    : setTimeout(() => resolve(`Command timed out after ${timeout} ms`), timeout);
  ended.then(() => resolve(undefined));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

/** Asks every process of the group to end, and kills those that do not. */
async function stopGroup(leader: number): Promise<void> {
  signalGroup(leader, "SIGTERM");
  const deadline = performance.now() + GRACE_MILLISECONDS;
  while (performance.now() < deadline) {
    await delay(POLL_MILLISECONDS);
    if (!await groupLives(leader)) return;
  }
  signalGroup(leader, "SIGKILL");
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
