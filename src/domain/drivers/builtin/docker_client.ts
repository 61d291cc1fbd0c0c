/**
 * The command line client that starts and stops containers.
 *
 * @module
 */
import { UserError } from "../../errors.ts";
import { type DriverHost, type HostOutcome, ProgramNotFound } from "../driver_host.ts";
import type { ExecutionCallbacks, ExecutionRequest } from "../execution_driver.ts";
import type { RunAccess } from "../run_access.ts";
import {
  clientEnvironment,
  type ContainerFrame,
  containerName,
  type ContainerVariable,
} from "./docker_command.ts";
import type { DockerConfig } from "./docker_config.ts";

/** One call of a method, and all that running it takes. */
export interface DockerExecution {
  readonly config: DockerConfig;
  readonly host: DriverHost;
  readonly request: ExecutionRequest;
  readonly callbacks: ExecutionCallbacks;
  readonly access: RunAccess;
}

/** A container to run. */
export interface Container {
  /** Arguments of the client. */
  readonly args: (frame: ContainerFrame) => string[];
  readonly env: readonly ContainerVariable[];
  /** Milliseconds. */
  readonly timeout: number | undefined;
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
}

/** What docker and podman end with when they could not start a container. */
const NOT_STARTED = 125;

/** How long stopping a container may take, and how long where somebody waits for the end of it all. */
const KILL_MILLISECONDS = { timeout: 5_000, cancelled: 1_000 };

const RAW_INSTEAD = "Without a container: --driver raw";

/**
 * Runs a container to its end, or until its time is up or the run is cancelled.
 *
 * @throws {UserError} `driver_unavailable` when the client is not installed or does not reach its
 * daemon, `container_not_started` when there is another reason.
 */
export async function runContainer(
  { config, host, request, callbacks }: DockerExecution,
  { args, env, timeout, onLine }: Container,
): Promise<HostOutcome> {
  const { command: program } = config;
  const name = containerName();
  const outcome = await attempt(program, () =>
    host.run({
      program,
      args: args({ config, name, env, traceHeaders: request.traceHeaders }),
      env: clientEnvironment(env),
      ...{ timeout, onLine, signal: callbacks.signal },
      kill: () =>
        killContainer(
          host,
          [program, name],
          KILL_MILLISECONDS[callbacks.signal.aborted ? "cancelled" : "timeout"],
        ),
    }));
  if (outcome.exitCode === NOT_STARTED && outcome.stdout === "" && outcome.stderr !== "") {
    throw notStarted(program, outcome.stderr);
  }
  return outcome;
}

/** The variables of a config, secret where they hold one. */
export function containerVariables(
  env: Readonly<Record<string, string>>,
  { redact }: RunAccess,
): ContainerVariable[] {
  return Object.entries(env).map(([name, value]) => ({
    ...{ name, value },
    isSecret: redact(value) !== value,
  }));
}

/** The client may be gone while its container runs on, or have ended together with it. */
async function killContainer(
  host: DriverHost,
  [program, name]: readonly [program: string, container: string],
  timeout: number,
): Promise<void> {
  try {
    await host.run({
      ...{ program, args: ["kill", name], env: {}, timeout },
      signal: new AbortController().signal,
      onLine: () => {},
      kill: () => Promise.resolve(),
    });
  } catch {
    // The client could be started before; whatever became of it, nothing else can be done.
  }
}

async function attempt(
  program: string,
  run: () => Promise<HostOutcome>,
): Promise<HostOutcome> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ProgramNotFound)) throw error;
    throw new UserError(
      "driver_unavailable",
      `Driver 'docker' cannot run "${program}": it is not installed, not in PATH or not ` +
        "executable. Install Docker, or name another client, such as podman, as command in " +
        `driverConfig. ${RAW_INSTEAD}`,
      { cause: error },
    );
  }
}

function notStarted(program: string, stderr: string): UserError {
  const reason = stderr.split("\n")
    .filter((line) => line.trim() !== "" && !/^(Run|See) '.*--help'/.test(line))
    .join("\n").replace(/^docker: /, "");
  const isUnreachable =
    /cannot connect|daemon running|error during connect|permission denied.*sock/i
      .test(reason);
  if (!isUnreachable) {
    return new UserError("container_not_started", `The container did not start: ${reason}`);
  }
  return new UserError(
    "driver_unavailable",
    `Driver 'docker' reaches no container engine through "${program}": ${reason}\n` +
      "Start it, for example with 'sudo systemctl start docker' or Docker Desktop, or set " +
      `DOCKER_HOST to where it runs. ${RAW_INSTEAD}`,
  );
}
