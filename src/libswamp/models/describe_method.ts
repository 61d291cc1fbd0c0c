import { closest } from "../../domain/closest.ts";
import { UserError } from "../../domain/errors.ts";
import type { MethodDescriptor, ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import { type MethodDocument, methodDocument } from "../types/method_documents.ts";
import type { GetModelDependencies } from "./get.ts";
import { modelTypeNotFound } from "./unknown_type.ts";

/** JSON document of `model method describe` (contract: cli-core 7.1). */
export interface MethodDescriptionDocument {
  readonly modelName: string;
  readonly modelType: string;
  /** Version of the type. */
  readonly version: string;
  readonly method: MethodDocument;
}

/**
 * What one method of a definition takes and writes.
 *
 * @throws {UserError} `model_not_found`, `ambiguous_model`, `type_not_found`, `type_broken`,
 * `unknown_method`.
 */
export async function describeMethod(
  { definitions, types }: GetModelDependencies,
  nameOrId: string,
  methodName: string,
): Promise<MethodDescriptionDocument> {
  const { definition: { name, type }, file } = await definitions.find(nameOrId);
  const known = await types(type);
  const descriptor = known.describe(type);
  if (descriptor === undefined) throw modelTypeNotFound(known, type, file);
  return {
    modelName: name,
    modelType: type,
    version: descriptor.version,
    method: methodDocument(descriptor, requireMethod(descriptor, methodName)),
  };
}

/**
 * The method of a type with this name.
 *
 * @throws {UserError} `unknown_method`, listing what methods there are.
 */
export function requireMethod(descriptor: ModelDescriptor, name: string): MethodDescriptor {
  const method = descriptor.methods.find((candidate) => candidate.name === name);
  if (method !== undefined) return method;
  const names = descriptor.methods.map((candidate) => candidate.name);
  const meant = closest(name, names);
  throw new UserError(
    "unknown_method",
    `Unknown method '${name}' for type '${descriptor.raw}'. ` +
      `Available methods: ${names.join(", ") || "none"}`,
    meant === undefined ? {} : { fields: { hint: `Did you mean "${meant}"?` } },
  );
}
