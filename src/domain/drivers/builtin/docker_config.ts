import { z } from "zod";

/** Numbers are as good as text: YAML tells them apart, people do not. */
const textual = z.union([z.string().min(1), z.number()]).transform(String);

/** Config of the driver type `docker` (contract: authoring 6.3). */
export const dockerConfig = z.object({
  image: z.string("Docker image is required").min(1, "Docker image is required")
    .describe("Image that methods run in"),
  bundleImage: z.string().min(1).optional()
    .describe("Image for methods of extensions, with deno in it; without it image"),
  command: z.string().min(1).default("docker")
    .describe("Command line client: docker, podman, nerdctl or the path of one"),
  timeout: z.number().int().positive().optional()
    .describe("Milliseconds after which the container is stopped"),
  network: z.string().min(1).optional().describe("Network that the container is connected to"),
  memory: textual.optional().describe("Memory limit, for example 512m"),
  cpus: textual.optional().describe("Number of CPUs, for example 1.5"),
  volumes: z.array(z.string().min(1)).optional()
    .describe("Volumes, for example /data:/data:ro"),
  env: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .optional().describe("Environment variables of the container"),
  extraArgs: z.array(z.string()).optional()
    .describe("Further arguments of the client's run command"),
});

/** A config with its defaults. */
export type DockerConfig = z.output<typeof dockerConfig>;
