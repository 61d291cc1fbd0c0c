import type { Definition } from "./definition.ts";
import { definitionDocument } from "./definition_document.ts";

/**
 * The hash by which data and run records refer to a state of a definition: SHA-256, hexadecimal,
 * over the JSON of the definition with keys sorted at every depth; `type` and `typeVersion` do not
 * count (contract: cli-core 12.2).
 */
export async function definitionHash(definition: Definition): Promise<string> {
  const { type: _type, typeVersion: _typeVersion, ...hashed } = definitionDocument(definition);
  const bytes = new TextEncoder().encode(JSON.stringify(sorted(hashed)));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted((value as never)[key])]));
}
