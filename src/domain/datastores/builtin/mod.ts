/**
 * The datastore types that need no extension. They are described without being imported.
 *
 * @module
 */
import type { BuiltInProvider } from "../../extensions/provider_types.ts";
import { FILESYSTEM_DESCRIPTOR } from "./descriptors.ts";

/** Every built-in datastore type. */
export const BUILT_IN_DATASTORES: readonly BuiltInProvider[] = [
  {
    descriptor: FILESYSTEM_DESCRIPTOR,
    load: async () => (await import("./filesystem.ts")).FILESYSTEM_TYPE,
  },
];
