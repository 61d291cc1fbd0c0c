import type { DataStore, StoredData } from "../../domain/data/data_store.ts";

/** Content beyond this size is not parsed just to be shown. */
const SHOWN_BYTES = 16 * 1024 * 1024;

/** The map that a version holds as JSON; `undefined` when it holds anything else or nothing. */
export async function parsedObject(
  data: DataStore,
  stored: StoredData,
): Promise<Record<string, unknown> | undefined> {
  if ((stored.metadata.size ?? 0) > SHOWN_BYTES) return undefined;
  const bytes = await data.content(stored);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Record<string, unknown>
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a content type is JSON: `application/json`, `application/ld+json`, with parameters or not. */
export function isJsonType(contentType: string): boolean {
  return contentType === "application/json" ||
    /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType);
}
