/**
 * Fields that authors marked with `.meta({ sensitive: true })`, found by the JSON Schema that the type's
 * descriptor holds (contract: authoring 3.5).
 *
 * @module
 */
import type { JsonSchema } from "../extensions/descriptor.ts";

/** Stands for a sensitive value wherever one would be shown. */
export const MASK = "***";

/** A sensitive value in data. */
export interface SensitivePlace {
  /** Keys and indexes that lead to it. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** The vault that the author wants it in. */
  readonly vaultName?: string;
  /** The key that the author wants it under. */
  readonly vaultKey?: string;
}

/**
 * The sensitive values in `data`. Objects, lists, records and all branches of a union are searched; a
 * field that is `null` or missing has no value.
 */
export function sensitivePlaces(schema: JsonSchema, data: unknown): SensitivePlace[] {
  const found = new Map<string, SensitivePlace>();
  search({ root: schema, schema, path: [] }, data, (place) => {
    found.set(JSON.stringify(place.path), place);
  });
  const isInside = ({ path }: SensitivePlace) =>
    path.some((_, length) => found.has(JSON.stringify(path.slice(0, length))));
  return [...found.values()].filter((place) => !isInside(place));
}

/**
 * `data` with every sensitive value replaced by `***`; `data` itself stays as it is.
 *
 * @example
 * ```ts
 * maskSensitive({ properties: { key: { sensitive: true } } }, { key: "s3cret", n: 1 });
 * // { key: "***", n: 1 }
 * ```
 */
export function maskSensitive<T>(schema: JsonSchema | undefined, data: T): T {
  if (schema === undefined) return data;
  return replacePlaces(data, sensitivePlaces(schema, data), () => MASK);
}

/** A copy of `data` with something else in some places, of which none is inside another one. */
export function replacePlaces<T>(
  data: T,
  places: readonly SensitivePlace[],
  replace: (place: SensitivePlace) => unknown,
): T {
  return replaced(data, places, 0, replace) as T;
}

/** The names of all fields that a schema declares at any depth. */
export function propertyNames(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties } = schema as JsonSchema;
  const own = isSchema(properties) ? Object.keys(properties) : [];
  return [...own, ...Object.values(schema).flatMap(propertyNames)];
}

/** A path as people write it: `users[0].token`. */
export function fieldText(path: SensitivePlace["path"]): string {
  return path.map((step, index) =>
    typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`
  ).join("");
}

interface Point {
  /** The document that `$ref`s refer to. */
  readonly root: JsonSchema;
  /** What is known of the value. */
  readonly schema: unknown;
  readonly path: SensitivePlace["path"];
}

function search(point: Point, data: unknown, add: (place: SensitivePlace) => void): void {
  const schema = resolved(point);
  if (schema === undefined || data === undefined || data === null) return;
  if (schema.sensitive === true) return add(placeOf(schema, point.path, data));
  for (const branch of [schema.anyOf, schema.oneOf, schema.allOf].flatMap(listOf)) {
    search({ ...point, schema: branch }, data, add);
  }
  const into = (step: string | number, known: unknown, value: unknown) =>
    search({ ...point, schema: known, path: [...point.path, step] }, value, add);
  if (Array.isArray(data)) {
    const leading = listOf(schema.prefixItems);
    data.forEach((item, index) => into(index, leading[index] ?? schema.items, item));
  } else if (typeof data === "object") {
    const properties = (schema.properties ?? {}) as Record<string, unknown>;
    for (const key of Object.keys(data)) {
      const known = Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
      if (isSchema(known)) into(key, known, (data as Record<string, unknown>)[key]);
    }
  }
}

function placeOf(
  { vaultName, vaultKey }: JsonSchema,
  path: SensitivePlace["path"],
  value: unknown,
): SensitivePlace {
  return {
    ...{ path, value },
    ...(typeof vaultName === "string" && vaultName !== "" ? { vaultName } : {}),
    ...(typeof vaultKey === "string" && vaultKey !== "" ? { vaultKey } : {}),
  };
}

function replaced(
  data: unknown,
  places: readonly SensitivePlace[],
  depth: number,
  replace: (place: SensitivePlace) => unknown,
): unknown {
  const [first] = places;
  if (first === undefined) return data;
  if (first.path.length === depth) return replace(first);
  const below = Map.groupBy(places, ({ path }) => path[depth]!);
  const next = (value: unknown, step: string | number) =>
    replaced(value, below.get(step) ?? [], depth + 1, replace);
  return Array.isArray(data) ? data.map(next) : Object.fromEntries(
    Object.entries(data as object).map(([key, value]) => [
      key,
      next(value, key),
    ]),
  );
}

/** The schema itself, together with what its `$ref` names in the same document. */
function resolved({ root, schema }: Point): JsonSchema | undefined {
  if (!isSchema(schema)) return undefined;
  const { $ref: reference, ...own } = schema;
  if (typeof reference !== "string") return own;
  const pointer = reference.replace(/^#\/?/, "").split("/").filter((part) => part !== "");
  let target: unknown = root;
  for (const segment of pointer) {
    const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
    target = (target as Record<string, unknown> | undefined)?.[key];
  }
  return { ...(target as JsonSchema | undefined), ...own };
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
