import type { SQLInputValue } from "node:sqlite";

/**
 * A value that can be bound to a parameter.
 *
 * | JavaScript                   | SQLite                       |
 * | ---------------------------- | ---------------------------- |
 * | `null`, `undefined`          | NULL                         |
 * | integral `number`, `bigint`  | INTEGER                      |
 * | other `number`               | REAL                         |
 * | `boolean`                    | INTEGER 1 or 0               |
 * | `string`                     | TEXT                         |
 * | `Date`                       | TEXT, ISO 8601 in UTC        |
 * | `Uint8Array`                 | BLOB                         |
 * | list or record               | TEXT, its JSON               |
 */
export type BindValue =
  | number
  | string
  | bigint
  | boolean
  | null
  | undefined
  | Date
  | Uint8Array
  | BindValue[]
  | { [key: string]: BindValue };

/** All parameters of a statement: by position, or by name. */
export type BindParameters = BindValue[] | Record<string, BindValue>;

/** The parameters as a method takes them: one by one, or all in one list or record. */
export type RestBindParameters = BindValue[] | [BindParameters];

/** The arguments that `node:sqlite` takes for a statement's parameters. */
export type NativeParameters = SQLInputValue[] | [Record<string, SQLInputValue>];

/**
 * Translates parameters to what `node:sqlite` binds.
 *
 * A list or record as the first argument is the whole set of parameters.
 * A name without a prefix stands for `:name`.
 *
 * @throws {TypeError} if a list or record of parameters is followed by more,
 * or a value cannot be bound
 */
export function toNativeParameters(params: RestBindParameters): NativeParameters {
  const first = params[0];
  if (!isCollection(first)) return (params as BindValue[]).map(toNativeValue);
  if (params.length > 1) {
    throw new TypeError("A list or record of parameters must be the only argument");
  }
  return Array.isArray(first) ? first.map(toNativeValue) : [toNativeRecord(first)];
}

function toNativeRecord(record: Record<string, BindValue>): Record<string, SQLInputValue> {
  const native: Record<string, SQLInputValue> = {};
  for (const [name, value] of Object.entries(record)) {
    native[/^[:@$]/.test(name) ? name : `:${name}`] = toNativeValue(value);
  }
  return native;
}

function toNativeValue(value: BindValue): SQLInputValue {
  switch (typeof value) {
    case "string":
    case "bigint":
      return value;
    case "number":
      // node:sqlite binds every number as REAL, but a bigint as INTEGER.
      return Number.isSafeInteger(value) ? BigInt(value) : value;
    case "boolean":
      return value ? 1n : 0n;
    case "undefined":
      return null;
    case "object":
      if (value === null || value instanceof Uint8Array) return value;
      return value instanceof Date ? value.toISOString() : JSON.stringify(value);
    default:
      throw new TypeError(`A ${typeof value} cannot be bound to a parameter`);
  }
}

function isCollection(value: unknown): value is BindParameters {
  return typeof value === "object" && value !== null &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Date);
}
