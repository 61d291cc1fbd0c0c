/**
 * Fields that authors marked with `.meta({ sensitive: true })`, found by the JSON Schema that the type's
 * descriptor holds (contract: authoring 3.5).
 *
 * @module
 */
import type { JsonSchema } from "../extensions/descriptor.ts";

/** Stands for a sensitive value wherever one would be shown. */
export const MASK = "***";

/**
 * Paths of sensitive fields that have a value in `data`, such as `password` or `users[0].token`.
 * Objects, lists, records and all branches of a union are searched.
 */
export function sensitivePaths(schema: JsonSchema, data: unknown): string[] {
  const paths = new Set<string>();
  mapSensitive({ root: schema, schema, path: "" }, data, (value, path) => {
    paths.add(path);
    return value;
  });
  return [...paths];
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
  return mapSensitive({ root: schema, schema, path: "" }, data, () => MASK) as T;
}

interface Place {
  /** The document that `$ref`s refer to. */
  readonly root: JsonSchema;
  /** What is known of the value. */
  readonly schema: unknown;
  readonly path: string;
}

type Replace = (value: unknown, path: string) => unknown;

/** A copy of `data` in which `replace` has had its say on every sensitive value. */
function mapSensitive(place: Place, data: unknown, replace: Replace): unknown {
  const schema = resolved(place);
  if (schema === undefined || data === undefined || data === null) return data;
  if (schema.sensitive === true) return replace(data, place.path);
  const branches = [schema.anyOf, schema.oneOf, schema.allOf].flatMap(listOf);
  const mapped = branches.reduce(
    (value, branch) => mapSensitive({ ...place, schema: branch }, value, replace),
    data,
  );
  if (Array.isArray(mapped)) return mapList(place, schema, mapped, replace);
  if (typeof mapped !== "object" || mapped === null) return mapped;
  return mapMembers(place, schema, mapped as Record<string, unknown>, replace);
}

function mapList(place: Place, schema: JsonSchema, items: unknown[], replace: Replace): unknown[] {
  const leading = listOf(schema.prefixItems);
  return items.map((item, index) => {
    const itemSchema = leading[index] ?? schema.items;
    return mapSensitive(
      { ...place, schema: itemSchema, path: `${place.path}[${index}]` },
      item,
      replace,
    );
  });
}

function mapMembers(
  place: Place,
  schema: JsonSchema,
  members: Record<string, unknown>,
  replace: Replace,
): Record<string, unknown> {
  const properties = (schema.properties ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(members).map(([key, member]) => {
      const known = Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
      const path = place.path === "" ? key : `${place.path}.${key}`;
      return [key, mapSensitive({ ...place, schema: known, path }, member, replace)];
    }),
  );
}

/** The schema itself, together with what its `$ref` names in the same document. */
function resolved({ root, schema }: Place): JsonSchema | undefined {
  if (typeof schema !== "object" || schema === null) return undefined;
  const { $ref: reference, ...own } = schema as JsonSchema;
  if (typeof reference !== "string") return own;
  let target: unknown = root;
  for (const segment of reference.replace(/^#\/?/, "").split("/").filter((part) => part !== "")) {
    target = (target as Record<string, unknown> | undefined)?.[segment];
  }
  return { ...(target as JsonSchema | undefined), ...own };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
