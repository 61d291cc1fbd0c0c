import { holdsExpression } from "../../domain/expressions/template.ts";
import type { JsonSchema } from "../../domain/extensions/descriptor.ts";

/**
 * Turns strings, as the command line gives them, into what a schema asks for: numbers, `true` and
 * `false`, and JSON text for lists and maps. What does not fit, what may stay a string, and what
 * holds an expression is left alone, for the schema to judge.
 *
 * @param schema JSON Schema of the whole; `undefined` leaves everything alone.
 *
 * @example
 * ```ts
 * const schema = { properties: { n: { type: "number" }, on: { type: "boolean" } } };
 * coerceStrings(schema, { n: "1.5", on: "true" }); // { n: 1.5, on: true }
 * ```
 */
export function coerceStrings(
  schema: JsonSchema | undefined,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return coerceMap(schema ?? {}, schema ?? {}, values);
}

function coerceMap(
  root: JsonSchema,
  schema: JsonSchema,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const properties = propertiesOf(root, schema);
  const others = typeof schema.additionalProperties === "object"
    ? schema.additionalProperties as JsonSchema
    : undefined;
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const own = Object.hasOwn(properties, key) ? properties[key] : others;
      return [key, own === undefined ? value : coerce(root, own, value)];
    }),
  );
}

/** References and alternatives are followed so far: they may lead back to where they are. */
const DEEPEST = 10;

/** What each member may be. Of alternatives, a member may be what any of them takes. */
function propertiesOf(
  root: JsonSchema,
  schema: JsonSchema,
  depth = 0,
): Readonly<Record<string, JsonSchema>> {
  const own = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const branches = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) =>
    Array.isArray(list) ? list.filter(isSchema) : []
  );
  if (branches.length === 0 || depth === DEEPEST) return own;
  const merged = new Map<string, JsonSchema[]>();
  for (const one of branches.flatMap((branch) => choicesOf(root, branch))) {
    for (const [name, member] of Object.entries(propertiesOf(root, one, depth + 1))) {
      merged.set(name, [...merged.get(name) ?? [], member]);
    }
  }
  const either = [...merged].map(([name, anyOf]) => [name, { anyOf }] as const);
  return { ...Object.fromEntries(either), ...own };
}

function coerce(root: JsonSchema, schema: JsonSchema, value: unknown): unknown {
  const choices = choicesOf(root, schema);
  if (typeof value === "string") return coerceString(choices, value);
  const [only, ...more] = choices;
  if (only === undefined || more.length > 0) return value;
  if (Array.isArray(value)) {
    const items = only.items;
    return isSchema(items) ? value.map((item) => coerce(root, items, item)) : value;
  }
  if (typeof value === "object" && value !== null) {
    return coerceMap(root, only, value as JsonSchema);
  }
  return value;
}

function coerceString(choices: readonly JsonSchema[], value: string): unknown {
  const types = new Set(choices.flatMap(typesOf));
  if (types.has("string") || types.has("any") || holdsExpression(value)) return value;
  if (types.has("boolean") && (value === "true" || value === "false")) return value === "true";
  if (types.has("number") || types.has("integer")) {
    const number = value.trim() === "" ? NaN : Number(value);
    if (Number.isFinite(number)) return number;
  }
  if (types.has("array") || types.has("object")) return parsedJson(value, types);
  return value;
}

function parsedJson(text: string, types: ReadonlySet<string>): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return text;
    return types.has(Array.isArray(value) ? "array" : "object") ? value : text;
  } catch {
    return text;
  }
}

/** What the value may be: alternatives and references resolved, `null` left out. */
function choicesOf(root: JsonSchema, schema: JsonSchema, depth = 0): JsonSchema[] {
  const reference = schema.$ref;
  if (typeof reference === "string") {
    const target = depth < DEEPEST ? resolveReference(root, reference) : undefined;
    return target === undefined ? [{}] : choicesOf(root, target, depth + 1);
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (!Array.isArray(alternatives)) return schema.type === "null" ? [] : [schema];
  return alternatives.filter(isSchema).flatMap((one) => choicesOf(root, one, depth + 1));
}

function resolveReference(root: JsonSchema, reference: string): JsonSchema | undefined {
  if (reference === "#") return root;
  if (!reference.startsWith("#/")) return undefined;
  let target: unknown = root;
  for (const segment of reference.slice(2).split("/")) {
    target = isSchema(target) ? target[segment] : undefined;
  }
  return isSchema(target) ? target : undefined;
}

function typesOf({ type, enum: values, const: only }: JsonSchema): string[] {
  if (typeof type === "string") return [type];
  if (Array.isArray(type)) return type;
  const known = Array.isArray(values) ? values : only === undefined ? [] : [only];
  return known.length === 0 ? ["any"] : known.map((value) => typeof value);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
