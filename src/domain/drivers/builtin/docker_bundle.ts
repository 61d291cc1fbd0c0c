import type { HostOutcome, TemporaryFolder } from "../driver_host.ts";
import type { ExecutionOutput, ExecutionResult } from "../execution_driver.ts";
import type { OwnData } from "../run_access.ts";
import { ContainerChannel } from "./container_channel.ts";
import { CONTAINER_PROGRAM, RUNNER } from "./container_program.ts";
import type { ContainerData, ContainerRequest, ContainerResult } from "./container_protocol.ts";
import { containerVariables, type DockerExecution, runContainer } from "./docker_client.ts";
import { bundleArguments } from "./docker_command.ts";

/** Runs a method of an extension in a container, from the bundle of its code. */
export async function executeBundle(
  execution: DockerExecution,
  bundle: Uint8Array,
): Promise<ExecutionResult> {
  const { config, host, callbacks, access } = execution;
  const channel = new ContainerChannel(callbacks.onLog);
  await using folder = await host.temporaryFolder();
  await fillFolder(folder, execution, channel, bundle);
  const outcome = await runContainer(execution, {
    args: (frame) => bundleArguments(frame, folder.path),
    env: containerVariables(config.env ?? {}, access),
    timeout: config.timeout,
    onLine: (stream, line) => channel.take(stream, line),
  });
  const result = channel.result() ?? bareResult(outcome);
  const stderr = channel.outputOf(outcome.stderr);
  const error = errorOf(execution, { ...outcome, stderr }, result);
  const { stack } = result?.error ?? {};
  return {
    status: error === undefined ? "success" : "error",
    ...(error === undefined ? {} : { error }),
    ...(stack === undefined ? {} : { stack }),
    ...(result === undefined ? { outputs: [] } : outputsOf(result)),
    logs: [],
    durationMs: outcome.durationMs,
    followUpActions: result?.followUpActions ?? [],
  };
}

async function fillFolder(
  folder: TemporaryFolder,
  { request: { bundle: _, ...request }, access }: DockerExecution,
  channel: ContainerChannel,
  bundle: Uint8Array,
): Promise<void> {
  const content: ContainerRequest = {
    ...request,
    channel: channel.name,
    runtimeTags: access.runtimeTags,
    data: await handOver(folder, await access.ownData()),
  };
  await folder.write("request.json", JSON.stringify(content));
  await folder.write("bundle.js", bundle);
  await folder.write("runner.js", RUNNER);
  for (const [path, text] of CONTAINER_PROGRAM) await folder.write(path, text);
}

/** Puts own data into the folder. */
async function handOver(
  folder: TemporaryFolder,
  ownData: readonly OwnData[],
): Promise<ContainerData[]> {
  const all: ContainerData[] = [];
  for (const [index, { versions, ...named }] of ownData.entries()) {
    const placed = await Promise.all(versions.map(async ({ view, contentPath }, position) => {
      const content = `data/${index}/${position}`;
      try {
        await folder.place(content, contentPath);
      } catch (error) {
        // Damaged data is not there for a method in swamp either.
        if (error instanceof Deno.errors.NotFound) return [];
        throw error;
      }
      return [{ view, content }];
    }));
    all.push({ ...named, versions: placed.flat() });
  }
  return all;
}

/** A runner of somebody's own may print the result and nothing else. */
function bareResult({ exitCode, stdout }: HostOutcome): ContainerResult | undefined {
  if (exitCode !== 0 || !stdout.startsWith("{")) return undefined;
  try {
    const { resources, files } = JSON.parse(stdout) as Partial<ContainerResult>;
    if (!Array.isArray(resources) && !Array.isArray(files)) return undefined;
    return { resources: resources ?? [], files: files ?? [] };
  } catch {
    return undefined;
  }
}

function errorOf(
  { config }: DockerExecution,
  { stopped, exitCode, stderr }: HostOutcome,
  result: ContainerResult | undefined,
): string | undefined {
  if (stopped === "timeout") return `Docker bundle execution timed out after ${config.timeout}ms`;
  if (stopped === "cancelled") return "Docker bundle execution was cancelled";
  if (result?.error !== undefined) return result.error.message;
  if (exitCode !== 0) return stderr.trim() || `Container exited with code ${exitCode}`;
  return result === undefined ? "The container ended without a complete result" : undefined;
}

/** Everything that a method wrote, in the order in which it did. */
function outputsOf(
  { resources, files, returned }: ContainerResult,
): Pick<ExecutionResult, "outputs" | "returned"> {
  const encoder = new TextEncoder();
  const indexed = [
    ...resources.map(({ data, index = 0, ...place }) => ({
      ...{ index, place, type: "resource" as const },
      content: encoder.encode(JSON.stringify(data)),
    })),
    ...files.map(({ content, index = resources.length, ...place }) => ({
      ...{ index, place, type: "file" as const },
      content: Uint8Array.fromBase64(content),
    })),
  ].sort((a, b) => a.index - b.index);
  const outputs = indexed.map(({ type, place, content }): ExecutionOutput => ({
    ...{ kind: "pending", type, content, ...place },
  }));
  if (returned === undefined) return { outputs };
  const positions = returned.map((index) => indexed.findIndex((one) => one.index === index));
  return { outputs, returned: positions.filter((position) => position >= 0) };
}
