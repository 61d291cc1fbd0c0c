import type { JsonSchema, ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import { normalizeTypeName } from "../../domain/extensions/type_name.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import { type MethodDocument, methodDocuments } from "./method_documents.ts";
import { typeNotFound } from "./type_errors.ts";

/** JSON document of `model type describe` (contract: cli-core 5.2). */
export interface TypeDocument {
  readonly type: { readonly raw: string; readonly normalized: string };
  readonly version: string;
  readonly globalArguments?: JsonSchema;
  readonly methods: readonly MethodDocument[];
}

/**
 * Everything about a model type, read from its descriptor.
 *
 * @param raw the type as the user wrote it
 * @throws {UserError} `type_not_found`, or `type_broken` when a source that claims it is broken.
 */
export function describeType(types: ModelTypes, raw: string): TypeDocument {
  const normalized = normalizeTypeName(raw);
  const descriptor = types.describe(normalized);
  if (descriptor === undefined) throw typeNotFound("model", types, raw, normalized);
  return typeDocument(raw, descriptor);
}

function typeDocument(raw: string, descriptor: ModelDescriptor): TypeDocument {
  const { type, version, globalArguments } = descriptor;
  return {
    type: { raw, normalized: type },
    version,
    ...(globalArguments === undefined ? {} : { globalArguments }),
    methods: methodDocuments(descriptor),
  };
}
