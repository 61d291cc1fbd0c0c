/**
 * The model types that need no extension. They are described without being imported.
 *
 * @module
 */
import type { BuiltInModel } from "../model_types.ts";
import { COMMAND_SHELL_DESCRIPTOR } from "./command_shell_descriptor.ts";

/** Every built-in model type, sorted by name. */
export const BUILT_IN_MODELS: readonly BuiltInModel[] = [
  {
    descriptor: COMMAND_SHELL_DESCRIPTOR,
    load: async () => (await import("./command_shell.ts")).COMMAND_SHELL,
  },
];
