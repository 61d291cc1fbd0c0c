import type { JsonSchema, ProviderDescriptor } from "../../domain/extensions/descriptor.ts";
import type { ProviderTypes } from "../../domain/extensions/provider_types.ts";
import type { ProviderKind } from "../../domain/extensions/shapes/provider_shape.ts";
import { normalizeProviderName } from "../../domain/extensions/type_name.ts";
import { type ProviderSummaryDocument, summaryDocument } from "./search_providers.ts";
import { typeNotFound } from "./type_errors.ts";

/** JSON document of `vault type describe` and the same for other kinds. */
export interface ProviderTypeDocument extends ProviderSummaryDocument {
  /** What a config of the type may hold; absent where its author gave no schema. */
  readonly configSchema?: JsonSchema;
}

/** JSON document of `report describe` (contract: cli-automation 7). */
export type ReportDocument = Omit<ProviderSummaryDocument, "type">;

/**
 * Everything about a vault, driver or datastore type, read from its descriptor.
 *
 * @param raw the type as the user wrote it.
 * @throws {UserError} `type_not_found`, or `type_broken` when a source that claims it is broken.
 */
export function describeProviderType(
  kind: ProviderKind,
  types: ProviderTypes,
  raw: string,
): ProviderTypeDocument {
  const descriptor = found(kind, types, raw);
  const { configSchema } = descriptor;
  return {
    ...summaryDocument(descriptor),
    ...(configSchema === undefined ? {} : { configSchema }),
  };
}

/**
 * Everything about a report, read from its descriptor.
 *
 * @param name the report as the user wrote it.
 * @throws {UserError} as {@linkcode describeProviderType} does.
 */
export function describeReport(types: ProviderTypes, name: string): ReportDocument {
  const { type: _, ...document } = summaryDocument(found("report", types, name));
  return document;
}

function found(kind: ProviderKind, types: ProviderTypes, raw: string): ProviderDescriptor {
  const normalized = normalizeProviderName(raw);
  const descriptor = types.describe(normalized);
  if (descriptor === undefined) throw typeNotFound(kind, types, raw, normalized);
  return descriptor;
}
