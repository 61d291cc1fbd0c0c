import { deepEqual, match, notEqual } from "node:assert/strict";
import {
  bundleArguments,
  clientEnvironment,
  commandArguments,
  containerName,
  type ContainerVariable,
} from "../../../../../src/domain/drivers/builtin/docker_command.ts";
import { dockerConfig } from "../../../../../src/domain/drivers/builtin/docker_config.ts";

const variable = (name: string, value: string, isSecret = false): ContainerVariable => ({
  ...{ name, value, isSecret },
});

/** A frame with a config, given as it would be stored. */
const frame = (config: Record<string, unknown>, env: readonly ContainerVariable[] = []) => ({
  ...{ config: dockerConfig.parse(config), name: "swamp-0a1b2c3d", env, traceHeaders: {} },
});

Deno.test("a command needs no more than the image", () =>
  deepEqual(commandArguments(frame({ image: "alpine" }), { script: "echo hi" }), [
    ...["run", "--rm", "--name", "swamp-0a1b2c3d"],
    ...["alpine", "sh", "-c", "echo hi"],
  ]));

Deno.test("everything in a config has its place in the command line", () => {
  const config = {
    ...{ image: "alpine", network: "none", memory: "512m", cpus: 1.5 },
    ...{ volumes: ["/a:/a", "/b:/b:ro"], extraArgs: ["--user", "1000"] },
  };
  const env = [variable("A", "1"), variable("TOKEN", "hunter2", true)];
  const traced = { ...frame(config, env), traceHeaders: { traceparent: "00-1-2-01" } };
  deepEqual(commandArguments(traced, { script: "true", workingDir: "/work" }), [
    ...["run", "--rm", "--name", "swamp-0a1b2c3d"],
    ...["--network", "none", "--memory", "512m", "--cpus", "1.5"],
    ...["-v", "/a:/a", "-v", "/b:/b:ro"],
    ...["-e", "A=1", "-e", "TOKEN", "-e", "TRACEPARENT=00-1-2-01"],
    ...["--workdir", "/work", "--user", "1000", "alpine", "sh", "-c", "true"],
  ]);
});

Deno.test("a secret is handed to the client, which its command line only names", () => {
  const env = [variable("A", "1"), variable("TOKEN", "hunter2", true)];
  deepEqual(clientEnvironment(env), { TOKEN: "hunter2" });
});

Deno.test("a method of an extension runs from the folder that is mounted", () =>
  deepEqual(bundleArguments(frame({ image: "alpine" }), "/tmp/x"), [
    ...["run", "--rm", "--name", "swamp-0a1b2c3d", "-v", "/tmp/x:/swamp:ro", "alpine"],
    ...["deno", "run", "--allow-all", "/swamp/runner.js"],
  ]));

Deno.test("methods of extensions may have an image of their own", () =>
  deepEqual(
    bundleArguments(frame({ image: "alpine", bundleImage: "denoland/deno" }), "/tmp/x").at(-5),
    "denoland/deno",
  ));

Deno.test("names of containers differ", () => {
  match(containerName(), /^swamp-[0-9a-f]{8}$/);
  notEqual(containerName(), containerName());
});
