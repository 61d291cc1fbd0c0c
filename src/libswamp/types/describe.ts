import { UserError } from "../../domain/errors.ts";
import type { JsonSchema, ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import { normalizeTypeName } from "../../domain/extensions/type_name.ts";
import type { ModelTypes, SourceFailure } from "../../domain/models/model_types.ts";
import { type MethodDocument, methodDocuments } from "./method_documents.ts";
import { nearestTypes } from "./nearest_types.ts";

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
  if (descriptor === undefined) throw notFound(types, raw, normalized);
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

function notFound(types: ModelTypes, raw: string, normalized: string): UserError {
  const failure = types.failureOf(normalized);
  if (failure !== undefined) return typeBroken(normalized, failure);
  const near = nearestTypes(types, normalized);
  const rest = normalized.split("/").slice(1).join("/") || normalized;
  const name = normalized.startsWith("@") ? normalized : `@${normalized}`;
  const lines = [
    `Model type not found: ${raw}`,
    "",
    ...(near.length === 0 ? [] : [`Did you mean: ${near.join(", ")}`, ""]),
    "This type may be available as an extension:",
    `  Search:  swamp extension search ${rest}`,
    `  Install: swamp extension pull ${name}`,
  ];
  return new UserError("type_not_found", lines.join("\n"), {
    fields: near.length === 0 ? {} : { suggestions: near },
  });
}

/** The error for a type that would be there if its source worked. */
export function typeBroken(type: string, failure: SourceFailure): UserError {
  return new UserError(
    "type_broken",
    `Model type '${type}' cannot be used, because its source is broken.\n` +
      `${failure.source}: ${failure.error}`,
    { fields: { source: failure.source } },
  );
}
