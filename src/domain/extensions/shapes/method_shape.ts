import { z, type ZodType } from "zod";
import type { CheckDefinition, MethodDefinition } from "../../models/model_type.ts";
import { ShapeError } from "./shape_error.ts";
import { functionField, isZod3Schema, isZodSchema, zodSchemaField } from "./zod_schema.ts";

const requiredText = z.string({
  error: ({ input }) => input === undefined ? "required" : undefined,
});

/** Shape of one method (contract: authoring 1.1). */
export const methodShape = z.object({
  description: requiredText,
  kind: z.enum(["create", "read", "update", "delete", "list", "action"]).optional(),
  arguments: zodSchemaField,
  execute: functionField,
}) as unknown as ZodType<MethodDefinition>;

/** Shape of one pre-flight check. */
export const checkShape = z.object({
  description: requiredText,
  labels: z.array(z.string()).optional(),
  appliesTo: z.array(z.string()).optional(),
  execute: functionField,
}) as unknown as ZodType<CheckDefinition>;

/**
 * Refuses methods whose `arguments` are no zod 4 schema, with the text that names the remedy.
 *
 * @throws {ShapeError}
 */
export function requireArgumentSchemas(methods: unknown): void {
  if (typeof methods !== "object" || methods === null) return;
  for (const [name, method] of Object.entries(methods)) {
    const schema = (method as { arguments?: unknown } | null)?.arguments;
    if (isZodSchema(schema)) continue;
    const reason = isZod3Schema(schema)
      ? ` Method "${name}" uses a schema of zod 3, which is not supported; import zod 4.`
      : ` Method "${name}" has none.`;
    throw new ShapeError(
      "Missing or invalid 'arguments' on method definition. " +
        `Add a Zod schema to validate method arguments.${reason}\n\nExample:\n` +
        "  arguments: z.object({ name: z.string() }),",
    );
  }
}
