import { Duration, UnsignedInt } from "@marcbachmann/cel-js/evaluator";
import { LateValue } from "./late_value.ts";
import { DataNamespace, FileNamespace, VaultNamespace } from "./namespaces.ts";

/**
 * A value of CEL as plain data, as YAML and JSON have it: integers that a number holds exactly are
 * numbers, larger ones their digits; times are ISO 8601, durations as CEL writes them, bytes base64.
 *
 * @throws {LateValueError} for something with a late value in it.
 * @throws {Error} for something that is no value, such as `data` itself.
 */
export function plainValue(value: unknown): unknown {
  switch (typeof value) {
    case "bigint":
      return plainInteger(value);
    case "object":
      return value === null ? null : plainObject(value);
    default:
      return value;
  }
}

/** Tells that a value is not there yet. */
export class LateValueError extends Error {
  override readonly name = "LateValueError";
}

function plainInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function plainObject(value: object): unknown {
  if (value instanceof Array || value instanceof Set) return [...value].map(plainValue);
  if (value instanceof Map) return plainMap([...value]);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof UnsignedInt) return plainInteger(value.value);
  if (value instanceof Duration) return value.toString();
  if (value instanceof Uint8Array) return value.toBase64();
  if (value instanceof LateValue) throw new LateValueError(value.reason);
  const isNamespace = [DataNamespace, FileNamespace, VaultNamespace]
    .some((namespace) => value instanceof namespace);
  if (isNamespace) throw new Error("The expression gives a group of functions, not a value");
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null
    ? plainMap(Object.entries(value))
    : String(value);
}

function plainMap(entries: readonly (readonly [unknown, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(([key, member]) => [String(plainValue(key)), plainValue(member)]),
  );
}

/**
 * A value as it is put into a text: nothing for null, JSON for lists and maps (contract: authoring
 * 4.1).
 */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
}
