/**
 * The built-in driver type `docker`: runs methods in containers (contract: authoring 6.3). Commands of
 * `command/shell` run in the image as they are; methods of extensions run in an image that has deno.
 *
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Provider } from "../../extensions/shapes/provider_shape.ts";
import type { DriverHost } from "../driver_host.ts";
import type { ExecutionDriver } from "../execution_driver.ts";
import { type DockerConfig, dockerConfig } from "./docker_config.ts";
import { executeBundle } from "./docker_bundle.ts";
import { executeShell } from "./docker_shell.ts";

/** The driver type `docker`. */
export const DOCKER: Provider = {
  raw: "docker",
  type: "docker",
  name: "Docker",
  description: "In a container of its own, with Docker, Podman or nerdctl",
  configSchema: dockerConfig,
  create: (config: DockerConfig, openHost: () => Promise<DriverHost>): ExecutionDriver => ({
    type: "docker",
    execute: async (request, callbacks, access) => {
      const execution = { config, host: await openHost(), request, callbacks, access };
      if (request.bundle !== undefined) return await executeBundle(execution, request.bundle);
      const { run } = request.methodArgs;
      if (typeof run === "string") return await executeShell(execution, run);
      throw new UserError(
        "not_executable",
        "Docker driver requires either a bundle or a 'run' string in methodArgs",
      );
    },
  }),
};
