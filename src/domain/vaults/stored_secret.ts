/**
 * Secrets that swamp itself puts into a vault: the values of sensitive fields of data (contract:
 * authoring 3.5).
 *
 * Each has a key of its own, `<model>-<field>-<instance>-v<version>-swamp<id>`, where the id is 8
 * hexadecimal digits that tell the model and 24 random ones. So no version overwrites the secret of
 * another one, and swamp knows the keys that it may delete. Keys consist of letters, digits, `-` and `_`
 * and are at most 120 characters long, which all known vaults take.
 *
 * Most texts are stored as they are. Everything else is stored as JSON, under a key that ends in `-json`.
 *
 * @module
 */
import type { DataScope } from "../data/data.ts";

/** What a secret is the value of. */
export interface SecretOrigin {
  /** Name of the model. */
  readonly model: string;
  readonly scope: DataScope;
  /** Name and version of the data. */
  readonly instance: string;
  readonly version: number;
  /** Path of the field. */
  readonly field: string;
  /** What the author wants the key to begin with, instead of model and field. */
  readonly vaultKey?: string | undefined;
}

/** A secret as it is put into a vault. */
export interface StoredSecret {
  readonly key: string;
  readonly text: string;
}

/** Longest readable parts of a key. */
const MOST = { model: 20, field: 20, vaultKey: 41, instance: 20 };

/** A text that every key of swamp's own has in it, and hardly anything else. */
export const OWN_KEY_MARK = "-swamp";

const OWN_KEY = /-v\d+-swamp([0-9a-f]{8})[0-9a-f]{24}(-json)?$/;

/** Key and text for a JSON value; both are new at every call. */
export async function storedSecret(origin: SecretOrigin, value: unknown): Promise<StoredSecret> {
  // A vault may refuse an empty text, and none can keep one that is no Unicode.
  const isPlain = typeof value === "string" && value !== "" && value.isWellFormed();
  const { model, field, vaultKey, instance, version, scope } = origin;
  const parts = vaultKey === undefined
    ? [readable(model, MOST.model), readable(field, MOST.field)]
    : [readable(vaultKey, MOST.vaultKey)];
  const id = `swamp${await scopeDigits(scope)}${randomDigits()}`;
  const key = [...parts, readable(instance, MOST.instance), `v${version}`, id].join("-");
  return isPlain ? { key, text: value } : { key: `${key}-json`, text: JSON.stringify(value) };
}

/**
 * The value that is stored under a key. Secrets that swamp has not stored itself are texts; so is one
 * that somebody has since replaced by something that is no JSON.
 */
export function secretValue(key: string, text: string): unknown {
  if (OWN_KEY.exec(key)?.[2] === undefined) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether swamp stored the secret under this key for data of this model. */
export async function isOwnSecret(key: string, scope: DataScope): Promise<boolean> {
  return OWN_KEY.exec(key)?.[1] === await scopeDigits(scope);
}

/** Letters and digits of a text, and a hyphen for everything else. */
function readable(text: string, most: number): string {
  const slug = text.replaceAll(/[^A-Za-z0-9_]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return slug.slice(0, most).replace(/-+$/, "") || "x";
}

async function scopeDigits({ type, modelId }: DataScope): Promise<string> {
  const name = new TextEncoder().encode(JSON.stringify([type, modelId]));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", name)).subarray(0, 4).toHex();
}

function randomDigits(): string {
  return crypto.getRandomValues(new Uint8Array(12)).toHex();
}
