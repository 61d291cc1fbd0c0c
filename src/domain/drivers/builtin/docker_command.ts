/**
 * Command lines of `docker` and of what takes the same ones: podman, nerdctl (contract: authoring 6.3).
 *
 * @module
 */
import type { DockerConfig } from "./docker_config.ts";

/** Where the files of a method of an extension are in its container. */
const CONTAINER_FOLDER = "/swamp";

/** What is the same for commands and for methods of extensions. */
export interface ContainerFrame {
  readonly config: DockerConfig;
  /** Name of the container. */
  readonly name: string;
  readonly env: readonly ContainerVariable[];
  /** W3C trace context. */
  readonly traceHeaders: Readonly<Record<string, string>>;
}

/** An environment variable of a container. */
export interface ContainerVariable {
  readonly name: string;
  readonly value: string;
  /** Whether the value must not be read off the command line. */
  readonly isSecret: boolean;
}

/** A name that no other container has: `swamp-` and eight hexadecimal digits. */
export function containerName(): string {
  return `swamp-${crypto.getRandomValues(new Uint8Array(4)).toHex()}`;
}

/** Arguments that run a shell command in a container. */
export function commandArguments(
  frame: ContainerFrame,
  { script, workingDir }: { readonly script: string; readonly workingDir?: string | undefined },
): string[] {
  const { config } = frame;
  return [
    ...runArguments(frame, workingDir === undefined ? [] : ["--workdir", workingDir]),
    ...[config.image, "sh", "-c", script],
  ];
}

/**
 * Arguments that run a method of an extension in a container.
 *
 * @param folder absolute path of the folder with the runner and everything that it reads.
 */
export function bundleArguments(frame: ContainerFrame, folder: string): string[] {
  const { image, bundleImage = image } = frame.config;
  return [
    ...runArguments(frame, []),
    ...["-v", `${folder}:${CONTAINER_FOLDER}:ro`, bundleImage],
    ...["deno", "run", "--allow-all", `${CONTAINER_FOLDER}/runner.js`],
  ];
}

/** The environment of the client: values that its arguments only name. */
export function clientEnvironment(env: readonly ContainerVariable[]): Record<string, string> {
  return Object.fromEntries(
    env.filter(({ isSecret }) => isSecret).map(({ name, value }) => [name, value]),
  );
}

function runArguments(
  { config, name, env, traceHeaders }: ContainerFrame,
  more: readonly string[],
): string[] {
  const { network, memory, cpus, volumes = [], extraArgs = [] } = config;
  const option = (flag: string, value: string | undefined) =>
    value === undefined ? [] : [flag, value];
  const traces = Object.entries(traceHeaders)
    .map(([header, value]) => `${header.toUpperCase()}=${value}`);
  const variables = env.map(({ name, value, isSecret }) => isSecret ? name : `${name}=${value}`);
  return [
    ...["run", "--rm", "--name", name],
    ...option("--network", network),
    ...option("--memory", memory),
    ...option("--cpus", cpus),
    ...volumes.flatMap((volume) => ["-v", volume]),
    ...[...variables, ...traces].flatMap((variable) => ["-e", variable]),
    ...more,
    ...extraArgs,
  ];
}
