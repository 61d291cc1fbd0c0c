import type { ModelDescriptor } from "../extensions/descriptor.ts";
import type { BuiltIn, ExtensionTypes } from "../extensions/extension_types.ts";
import type { TypeRegistry } from "../extensions/type_registry.ts";
import type { ModelType } from "./model_type.ts";

export type { SourceFailure, TypeSummary } from "../extensions/extension_types.ts";

/** The model types that a command can use. */
export type ModelTypes = ExtensionTypes<ModelType, ModelDescriptor>;

/** A built-in model type. */
export type BuiltInModel = BuiltIn<ModelType, ModelDescriptor>;

/** Model types by name: known by their descriptor, loaded once when somebody needs their code. */
export type ModelRegistry = TypeRegistry<ModelType, ModelDescriptor>;
