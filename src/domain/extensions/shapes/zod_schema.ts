import { z, type ZodType } from "zod";

/**
 * Whether a value is a zod 4 schema, of whichever copy of zod: every zod 4 schema carries its
 * internals under `_zod`.
 */
export function isZodSchema(value: unknown): value is ZodType {
  return typeof value === "object" && value !== null && "_zod" in value;
}

/** Whether a value is a schema of zod 3, which swamp does not support. */
export function isZod3Schema(value: unknown): boolean {
  return typeof value === "object" && value !== null && !("_zod" in value) && "_def" in value &&
    typeof (value as { safeParse?: unknown }).safeParse === "function";
}

/** A zod schema for "a zod 4 schema"; says so when it meets one of zod 3. */
export const zodSchemaField = z.custom<ZodType>(isZodSchema, {
  error: ({ input }) =>
    isZod3Schema(input)
      ? "schema of zod 3, which is not supported; import zod 4 (npm:zod@4)"
      : "Invalid input",
});

/** A zod schema for "a function". */
export const functionField = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === "function",
  {
    error: ({ input }) =>
      input === undefined
        ? "required"
        : `Invalid input: expected function, received ${kindOf(input)}`,
  },
);

/** What a value is, in the words of zod: `null`, `array`, `number`. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
