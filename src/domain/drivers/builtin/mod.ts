/**
 * The driver types that need no extension. They are described without being imported.
 *
 * @module
 */
import type { BuiltInProvider } from "../../extensions/provider_types.ts";
import { DOCKER_DESCRIPTOR, RAW_DESCRIPTOR } from "./descriptors.ts";

/** Every built-in driver type, the usual one first. */
export const BUILT_IN_DRIVERS: readonly BuiltInProvider[] = [
  { descriptor: RAW_DESCRIPTOR, load: async () => (await import("./raw.ts")).RAW },
  { descriptor: DOCKER_DESCRIPTOR, load: async () => (await import("./docker.ts")).DOCKER },
];
