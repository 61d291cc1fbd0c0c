import type { ZodType } from "zod";

/** A config, plain data as stored. */
export type ProviderConfig = Readonly<Record<string, unknown>>;

/** A config as its type is to get it, or everything that is wrong with it. */
export type CheckedConfig =
  | { readonly config: ProviderConfig; readonly issues?: never }
  | { readonly issues: readonly string[]; readonly config?: never };

/**
 * Checks the config of a provider against its schema. What the provider gets has defaults filled in and
 * values converted, where its own parsing of that would give the same once more: many providers parse
 * their config themselves. Where a schema converts in a way that cannot be repeated, the provider gets
 * the config as it is stored.
 *
 * @returns issues as `path: message`.
 */
export async function checkProviderConfig(
  schema: ZodType | undefined,
  stored: ProviderConfig,
): Promise<CheckedConfig> {
  if (schema === undefined) return { config: stored };
  const result = await schema.safeParseAsync(stored);
  if (!result.success) {
    const issues = result.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`
    );
    return { issues };
  }
  const parsed: unknown = result.data;
  if (typeof parsed !== "object" || parsed === null) return { config: stored };
  const filled = { ...stored, ...parsed };
  const again = await schema.safeParseAsync(filled);
  return { config: again.success && isSame(again.data, parsed) ? filled : stored };
}

/** Whether two values are the same as far as plain data goes. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const [keysOfA, keysOfB] = [Object.keys(a), Object.keys(b)];
  return keysOfA.length === keysOfB.length &&
    keysOfA.every((key) => isSame(Reflect.get(a, key), Reflect.get(b, key)));
}
