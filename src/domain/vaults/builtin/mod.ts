/**
 * The vault types that need no extension. They are described without being imported.
 *
 * @module
 */
import type { BuiltInProvider } from "../../extensions/provider_types.ts";
import { ENVIRONMENT_DESCRIPTOR, LOCAL_ENCRYPTION_DESCRIPTOR } from "./descriptors.ts";

/** Every built-in vault type, the one to begin with first. */
export const BUILT_IN_VAULTS: readonly BuiltInProvider[] = [
  {
    descriptor: LOCAL_ENCRYPTION_DESCRIPTOR,
    load: async () => (await import("./local_encryption.ts")).LOCAL_ENCRYPTION,
  },
  {
    descriptor: ENVIRONMENT_DESCRIPTOR,
    load: async () => (await import("./environment.ts")).ENVIRONMENT,
  },
];

/** The config of a vault that is created without one. */
export function initialVaultConfig(type: string): Readonly<Record<string, unknown>> {
  return type === LOCAL_ENCRYPTION_DESCRIPTOR.type ? { auto_generate: true } : {};
}
