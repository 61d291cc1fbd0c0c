import type { ShellArguments } from "../../models/builtin/command_shell_schemas.ts";
import { shellLog } from "../../models/builtin/shell_log.ts";
import { withSecretVariables } from "../../models/builtin/shell_secrets.ts";
import type { HostOutcome } from "../driver_host.ts";
import type { ExecutionResult, PendingOutput } from "../execution_driver.ts";
import { containerVariables, type DockerExecution, runContainer } from "./docker_client.ts";
import { commandArguments } from "./docker_command.ts";

/** So many last lines of stderr are the error when a command fails. */
const ERROR_LINES = 20;

/** Runs a shell command in a container and keeps its output, whether or not it fails. */
export async function executeShell(
  execution: DockerExecution,
  run: string,
): Promise<ExecutionResult> {
  const { config, request, callbacks, access } = execution;
  const { workingDir, timeout, env, ignoreExitCode } = request.methodArgs as Partial<
    ShellArguments
  >;
  const { script, variables } = withSecretVariables(
    String(access.unresolvedMethodArgs.run ?? run),
    access.secrets,
  );
  const secrets = Object.entries(variables)
    .map(([name, value]) => ({ name, value, isSecret: true }));
  const limit = Math.min(config.timeout ?? Infinity, timeout ?? Infinity);
  const outcome = await runContainer(execution, {
    args: (frame) => commandArguments(frame, { script, workingDir }),
    env: [...containerVariables({ ...config.env, ...env }, access), ...secrets],
    timeout: limit === Infinity ? undefined : limit,
    onLine: (stream, line) => callbacks.onLog(line, stream === "stderr" ? "warning" : "info"),
  });
  const reason = outcome.stopped === undefined
    ? undefined
    : outcome.stopped === "timeout"
    ? `Docker command timed out after ${limit}ms`
    : "Docker command was cancelled";
  const failed = outcome.exitCode !== 0 && !ignoreExitCode;
  return {
    status: failed ? "error" : "success",
    ...(failed ? { error: reason ?? failureText(outcome) } : {}),
    outputs: outputsOf(execution, run, outcome, reason),
    logs: [],
    durationMs: outcome.durationMs,
  };
}

/** The first resource has everything, the first file the output as text. */
function outputsOf(
  { request, access }: DockerExecution,
  run: string,
  { exitCode, durationMs, ...outcome }: HostOutcome,
  reason: string | undefined,
): PendingOutput[] {
  const stdout = access.redact(outcome.stdout);
  const stderr = [access.redact(outcome.stderr), reason ?? ""].filter((text) => text !== "")
    .join("\n");
  const pending = (type: PendingOutput["type"], specName: string, text: string) => ({
    ...{ kind: "pending" as const, specName, name: specName, type },
    content: new TextEncoder().encode(text),
  });
  const metadata = { exitCode, command: access.redact(run), durationMs, stderr };
  const [resource] = Object.keys(request.resourceSpecs);
  const [file] = Object.keys(request.fileSpecs);
  return [
    ...(resource === undefined ? [] : [{ ...pending("resource", resource, stdout), metadata }]),
    ...(file === undefined ? [] : [pending("file", file, shellLog(stdout, stderr))]),
  ];
}

function failureText({ exitCode, stderr }: HostOutcome): string {
  const lines = stderr.split("\n").slice(-ERROR_LINES).join("\n").trim();
  return lines === "" ? `Container exited with code ${exitCode}` : lines;
}
