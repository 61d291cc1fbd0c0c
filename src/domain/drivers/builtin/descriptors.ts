/**
 * What people see of the built-in driver types, written out so that neither zod nor the types themselves
 * are loaded to show it.
 *
 * @module
 */
import type { ProviderDescriptor } from "../../extensions/descriptor.ts";

const SCHEMA = "https://json-schema.org/draft/2020-12/schema";

/** Descriptor of `raw`. */
export const RAW_DESCRIPTOR: ProviderDescriptor = {
  raw: "raw",
  type: "raw",
  name: "Raw",
  description: "In swamp itself, without isolation",
  configSchema: { $schema: SCHEMA, type: "object", properties: {}, additionalProperties: false },
};

/** Descriptor of `docker`. */
export const DOCKER_DESCRIPTOR: ProviderDescriptor = {
  raw: "docker",
  type: "docker",
  name: "Docker",
  description: "In a container of its own, with Docker, Podman or nerdctl",
  configSchema: {
    $schema: SCHEMA,
    type: "object",
    properties: {
      image: { description: "Image that methods run in", type: "string", minLength: 1 },
      bundleImage: {
        description: "Image for methods of extensions, with deno in it; without it image",
        type: "string",
        minLength: 1,
      },
      command: {
        description: "Command line client: docker, podman, nerdctl or the path of one",
        default: "docker",
        type: "string",
        minLength: 1,
      },
      timeout: {
        description: "Milliseconds after which the container is stopped",
        type: "integer",
        exclusiveMinimum: 0,
        maximum: 9007199254740991,
      },
      network: {
        description: "Network that the container is connected to",
        type: "string",
        minLength: 1,
      },
      memory: {
        description: "Memory limit, for example 512m",
        anyOf: [{ type: "string", minLength: 1 }, { type: "number" }],
      },
      cpus: {
        description: "Number of CPUs, for example 1.5",
        anyOf: [{ type: "string", minLength: 1 }, { type: "number" }],
      },
      volumes: {
        description: "Volumes, for example /data:/data:ro",
        type: "array",
        items: { type: "string", minLength: 1 },
      },
      env: {
        description: "Environment variables of the container",
        type: "object",
        propertyNames: { type: "string" },
        additionalProperties: { type: ["string", "number", "boolean"] },
      },
      extraArgs: {
        description: "Further arguments of the client's run command",
        type: "array",
        items: { type: "string" },
      },
    },
    required: ["image"],
    additionalProperties: false,
  },
};
