import type { ZodType } from "zod";

/** As much of a zod schema as a run needs. */
export type ValueSchema = Pick<ZodType, "safeParseAsync">;

/**
 * A schema that is loaded only for data that are not what they must be at first sight: zod takes as long
 * to load as deno takes to start.
 *
 * @param isSound whether the schema would give back just these data; `false` where that takes more
 * than a look.
 * @param load loads the schema.
 *
 * @example
 * ```ts
 * const text = quickSchema(
 *   (value) => typeof value === "string",
 *   async () => (await import("./schemas.ts")).text,
 * );
 * ```
 */
export function quickSchema(
  isSound: (data: unknown) => boolean,
  load: () => Promise<ValueSchema>,
): ValueSchema {
  return {
    safeParseAsync: async (data) =>
      isSound(data) ? { success: true, data } : await (await load()).safeParseAsync(data),
  };
}
