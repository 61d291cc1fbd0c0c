import { z } from "zod";
import type { CheckDefinition, MethodDefinition, ResourceSpec } from "../../models/model_type.ts";
import { normalizeTypeName } from "../type_name.ts";
import { checkShape, methodShape, requireArgumentSchemas } from "./method_shape.ts";
import { resourceSpec } from "./model_shape.ts";
import { issueLines, ShapeError } from "./shape_error.ts";
import { kindOf } from "./zod_schema.ts";

/** What one source adds to somebody else's model type. */
export interface ModelExtension {
  /** Normalised name of the extended type. */
  readonly type: string;
  readonly methods: Readonly<Record<string, MethodDefinition>>;
  readonly checks: Readonly<Record<string, CheckDefinition>>;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
}

const extensionShape = z.object({
  type: z.string(),
  methods: z.record(z.string(), methodShape),
  checks: z.record(z.string(), checkShape),
  resources: z.record(z.string(), resourceSpec),
});

/**
 * Turns `export const extension` into a model extension. `methods` and `checks` are arrays of
 * records in the contract (authoring 1.2); a plain record is taken as well. `resources` is a record, as
 * in a model (extensions 5.5, B76).
 *
 * @throws {ShapeError} that says which field is wrong.
 */
export function parseModelExtension(exported: unknown): ModelExtension {
  if (typeof exported !== "object" || exported === null) {
    throw new ShapeError(`: Invalid input: expected object, received ${kindOf(exported)}`);
  }
  const { type, methods, checks, resources = {} } = exported as Record<string, unknown>;
  const flat = {
    type,
    methods: mergeRecords("method", methods),
    checks: mergeRecords("check", checks ?? []),
    resources,
  };
  requireArgumentSchemas(flat.methods);
  const parsed = extensionShape.safeParse(flat);
  if (!parsed.success) throw new ShapeError(issueLines(parsed.error));
  const { data } = parsed;
  return {
    ...data,
    type: normalizeTypeName(data.type),
    resources: data.resources as Record<string, ResourceSpec>,
  };
}

/** One record out of a list of records; anything else is left for the shape to refuse. */
function mergeRecords(what: "method" | "check", value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const merged = new Map<string, unknown>();
  for (const [name, definition] of value.flatMap((record) => Object.entries(record ?? {}))) {
    if (merged.has(name)) {
      throw new ShapeError(`Duplicate ${what} name '${name}' within extension ${what}s array`);
    }
    merged.set(name, definition);
  }
  return Object.fromEntries(merged);
}
