import type { ModelDescriptor } from "../extensions/descriptor.ts";
import type { BuiltIn, ExtensionTypes } from "../extensions/extension_types.ts";
import type { ModelType } from "./model_type.ts";

export type { SourceFailure, TypeSummary } from "../extensions/extension_types.ts";

/** The model types that a command can use. */
export type ModelTypes = ExtensionTypes<ModelType, ModelDescriptor>;

/** A built-in model type. */
export type BuiltInModel = BuiltIn<ModelType, ModelDescriptor>;
