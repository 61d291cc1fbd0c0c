import { CapturedOutput } from "./captured_output.ts";
import { groupLives, signalGroup } from "./process_group.ts";

/** How long output is still read once all processes have been stopped. */
const DRAIN_MILLISECONDS = 250;

const POLL_MILLISECONDS = 20;

/** Why a process is stopped. */
export type StopReason = "timeout" | "cancelled";

/** What is done with a process while it runs. */
export interface Supervision {
  /** Milliseconds after which it is stopped. */
  readonly timeout?: number | undefined;
  /** Stops it when aborted. */
  readonly signal: AbortSignal;
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly grace: Readonly<Record<StopReason, number>>;
  /** Makes sure that what the process controls ends too; called before SIGKILL. */
  readonly kill?: () => Promise<void>;
}

/** How a process ended. */
export interface ProcessEnd {
  /** Absent when it was stopped. */
  readonly status?: Deno.CommandStatus;
  /** Why it was stopped; absent when it ended by itself. */
  readonly stopped?: StopReason;
  /** Without trailing line breaks, as `$(…)` gives it. */
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Waits for the end of a process and of its output, or until its time is up or `signal` is aborted: then
 * everything that it started is asked to end, and killed where it does not.
 *
 * @param process leader of a process group of its own, with both output streams piped.
 * @throws what `onLine` throws, once the process has been stopped.
 */
export async function supervise(
  process: Deno.ChildProcess,
  supervision: Supervision,
): Promise<ProcessEnd> {
  const { onLine, grace, kill } = supervision;
  const stdout = new CapturedOutput((line) => onLine("stdout", line));
  const stderr = new CapturedOutput((line) => onLine("stderr", line));
  const closed = Promise.all([stdout.read(process.stdout), stderr.read(process.stderr)]);
  const ended = Promise.all([process.status, closed]).then(([status]) => status);
  const texts = () => ({ stdout: stdout.text(), stderr: stderr.text() });
  try {
    const stopped = await firstOf(ended, supervision);
    if (stopped === undefined) return { status: await ended, ...texts() };
    await stopGroup(process.pid, grace[stopped], kill);
    await Promise.race([closed, delay(DRAIN_MILLISECONDS)]);
    await Promise.all([stdout.stop(), stderr.stop()]);
    return { stopped, ...texts() };
  } catch (error) {
    await stopGroup(process.pid, grace.cancelled, kill);
    throw error;
  }
}

/** Why the process must be stopped, or `undefined` when it ended by itself. */
async function firstOf(
  ended: Promise<unknown>,
  { signal, timeout }: Supervision,
): Promise<StopReason | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<StopReason | undefined>();
  const onAbort = () => resolve("cancelled");
  signal.addEventListener("abort", onAbort);
  const timer = timeout === undefined ? undefined : setTimeout(() => resolve("timeout"), timeout);
  ended.then(() => resolve(undefined), reject);
  try {
    return await promise;
  } finally {
    // Naming it is what costs: Deno loads its timers then.
    if (timer !== undefined) clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

/** Asks every process of the group to end, and kills those that do not. */
async function stopGroup(
  leader: number,
  grace: number,
  kill?: () => Promise<void>,
): Promise<void> {
  signalGroup(leader, "SIGTERM");
  const deadline = performance.now() + grace;
  while (performance.now() < deadline && await groupLives(leader)) await delay(POLL_MILLISECONDS);
  await kill?.();
  if (await groupLives(leader)) signalGroup(leader, "SIGKILL");
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
