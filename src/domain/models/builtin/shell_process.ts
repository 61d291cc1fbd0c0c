/**
 * Runs a shell command in a process group of its own, so that everything it starts can be stopped with
 * it.
 *
 * @module
 */
import { messageOf } from "../../errors.ts";
import { type ProcessEnd, supervise } from "./supervised_process.ts";

/** Milliseconds that processes that were asked to end may take before they are killed. */
const GRACE = { timeout: 2_000, cancelled: 2_000 };

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

/**
 * Runs a command to its end, or until its time is up or `signal` is aborted.
 *
 * @throws what `onLine` throws; a command that cannot be started is an outcome like others.
 */
export async function runShell(command: ShellCommand): Promise<ShellOutcome> {
  const start = performance.now();
  const outcome = (
    exitCode: number,
    reason?: string,
    { stdout = "", stderr = "" }: Partial<ProcessEnd> = {},
  ): ShellOutcome => ({
    exitCode,
    ...(reason === undefined ? {} : { reason }),
    durationMs: Math.round(performance.now() - start),
    ...{ stdout, stderr },
  });
  if (command.signal.aborted) return outcome(-1, "Command was cancelled");
  let process: Deno.ChildProcess;
  try {
    process = spawn(command);
  } catch (error) {
    return outcome(-1, `Command could not be started: ${messageOf(error)}`);
  }
  const end = await supervise(process, { ...command, grace: GRACE });
  if (end.stopped === "timeout") {
    return outcome(-1, `Command timed out after ${command.timeout} ms`, end);
  }
  if (end.status === undefined) return outcome(-1, "Command was cancelled", end);
  const { code, signal } = end.status;
  return outcome(code, signal === null ? undefined : `Command was ended by ${signal}`, end);
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
