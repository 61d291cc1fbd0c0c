/**
 * Vault configs are no place for secrets, but some hold a token all the same; what looks like one is not
 * shown.
 *
 * @module
 */
import type { JsonSchema } from "../extensions/descriptor.ts";
import { MASK, maskSensitive } from "../models/sensitive_fields.ts";
import { isMap } from "../repository/settings_check.ts";

/** Words that a name ends with when its value is a secret. */
const SECRET_WORDS = new Set([
  "apikey",
  "credential",
  "credentials",
  "passphrase",
  "passwd",
  "password",
  "pwd",
  "secret",
  "token",
]);

/** Words that make a `key` a secret one: `key_file` and `keyId` are none. */
const SECRET_KEYS = new Set(["access", "account", "api", "auth", "master", "private", "secret"]);

/** User and password in front of the host of a URL. */
const URL_PASSWORD = /^([a-z][a-z0-9+.-]*:\/\/[^/?#@:]*:)[^/?#@]+@/i;

/**
 * A copy of a vault's config with `***` for fields that the schema marks as sensitive, for fields whose
 * names say that they hold a secret, and for passwords in URLs.
 *
 * @example
 * ```ts
 * maskConfig({ url: "https://me:pw@host", apiToken: "x", key_file: "~/k" });
 * // { url: "https://me:***@host", apiToken: "***", key_file: "~/k" }
 * ```
 */
export function maskConfig(
  config: Readonly<Record<string, unknown>>,
  schema?: JsonSchema,
): Readonly<Record<string, unknown>> {
  return masked(maskSensitive(schema, config)) as Record<string, unknown>;
}

function masked(value: unknown): unknown {
  if (typeof value === "string") return value.replace(URL_PASSWORD, `$1${MASK}@`);
  if (Array.isArray(value)) return value.map(masked);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isSecret = saysSecret(name) && (typeof member === "string" || Array.isArray(member));
      return [name, isSecret && member.length > 0 ? MASK : masked(member)];
    }),
  );
}

/** Whether the value of a field with this name is a secret. */
function saysSecret(name: string): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z0-9]+/);
  const last = words.at(-1) ?? "";
  return SECRET_WORDS.has(last) || (last === "key" && SECRET_KEYS.has(words.at(-2) ?? ""));
}
