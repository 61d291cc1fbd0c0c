import { normalizeTypeName } from "../extensions/type_name.ts";
import type { ModelTypeReference } from "./method_context.ts";

/** A type name as extension code sees it. */
export function modelTypeReference(raw: string): ModelTypeReference {
  const normalized = normalizeTypeName(raw);
  return {
    raw,
    normalized,
    toNormalized: () => normalized,
    toDirectoryPath: () => normalized,
    toString: () => normalized,
    equals: (other) => other.normalized === normalized,
  };
}

/**
 * The normalised name of a type that extension code passes: a reference or a string.
 *
 * @throws {UserError} `invalid_type` when the name is empty.
 * @throws {TypeError} for anything else.
 */
export function typeNameOf(type: unknown): string {
  if (typeof type === "string") return normalizeTypeName(type);
  const normalized = (type as { normalized?: unknown } | null | undefined)?.normalized;
  if (typeof normalized === "string") return normalizeTypeName(normalized);
  throw new TypeError(`Expected a model type, but got ${Deno.inspect(type)}`);
}
