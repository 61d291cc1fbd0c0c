/**
 * Where a path leads in data of which the JSON Schema is known.
 *
 * @module
 */
import type { JsonSchema } from "../extensions/descriptor.ts";
import type { PathStep } from "./references.ts";

/** A step of a path that leads nowhere. */
export interface SchemaPathProblem {
  /** For people, one sentence without a full stop. */
  readonly problem: string;
  /** The key that leads nowhere; absent for indexes. */
  readonly key?: string;
  /** The keys that there are. */
  readonly available: readonly string[];
}

/**
 * The first step of a path that leads nowhere, whatever the data is. Schemas that allow anything let
 * every step pass.
 *
 * @example
 * ```ts
 * const schema = { type: "object", properties: { list: {} }, additionalProperties: false };
 * schemaPathProblem(schema, [{ key: "lst" }])?.problem; // 'Property "lst" not found'
 * ```
 */
export function schemaPathProblem(
  schema: JsonSchema,
  steps: readonly PathStep[],
): SchemaPathProblem | undefined {
  return problemAt({ root: schema, done: [] }, schema, steps);
}

interface Place {
  /** The document that `$ref`s refer to. */
  readonly root: JsonSchema;
  /** Steps so far, as people write them. */
  readonly done: readonly string[];
}

function problemAt(
  place: Place,
  schema: unknown,
  [step, ...rest]: readonly PathStep[],
): SchemaPathProblem | undefined {
  if (step === undefined) return undefined;
  const choices = choicesOf(place.root, schema, 0);
  if (choices === undefined) return undefined;
  const problems = choices.map((choice) => stepProblem(place, choice, step, rest));
  if (problems.length === 0 || problems.includes(undefined)) return undefined;
  const keys = new Set(problems.flatMap((problem) => problem!.available));
  return { ...problems[0]!, available: [...keys] };
}

function stepProblem(
  place: Place,
  schema: JsonSchema,
  step: PathStep,
  rest: readonly PathStep[],
): SchemaPathProblem | undefined {
  if ("computed" in step) {
    const items = isType(schema, "array") ? schema.items : schema.additionalProperties;
    return isSchema(items) ? problemAt(next(place, "[…]"), items, rest) : undefined;
  }
  if ("index" in step) return indexProblem(place, schema, step.index, rest);
  const { key } = step;
  const properties = isSchema(schema.properties) ? schema.properties : {};
  if (Object.hasOwn(properties, key)) return problemAt(next(place, key), properties[key], rest);
  const others = schema.additionalProperties;
  const isMap = isType(schema, "object");
  if (
    isMap && (schema.patternProperties !== undefined || others === undefined || others === true)
  ) {
    return undefined;
  }
  if (isMap && isSchema(others)) return problemAt(next(place, key), others, rest);
  return {
    problem: `Property "${key}" not found${placeText(place)}`,
    key,
    available: Object.keys(properties),
  };
}

function indexProblem(
  place: Place,
  schema: JsonSchema,
  index: number,
  rest: readonly PathStep[],
): SchemaPathProblem | undefined {
  if (!isType(schema, "array")) {
    const problem = `Cannot use array index [${index}] on non-array type${placeText(place)}`;
    return { problem, available: [] };
  }
  const leading = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  return problemAt(next(place, `[${index}]`), leading[index] ?? schema.items, rest);
}

/** What a value may be, alternatives and references resolved; `undefined` where it may be anything. */
function choicesOf(root: JsonSchema, schema: unknown, depth: number): JsonSchema[] | undefined {
  if (!isSchema(schema) || depth > 10) return undefined;
  if (typeof schema.$ref === "string") {
    return choicesOf(root, resolved(root, schema.$ref), depth + 1);
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives)) {
    const choices = alternatives.filter((one) => !isSchema(one) || one.type !== "null")
      .map((one) => choicesOf(root, one, depth + 1));
    return choices.includes(undefined) ? undefined : choices.flatMap((choice) => choice!);
  }
  const isVague = schema.allOf !== undefined ||
    (schema.type === undefined && schema.properties === undefined &&
      schema.enum === undefined && schema.const === undefined);
  return isVague ? undefined : [schema];
}

function resolved(root: JsonSchema, reference: string): unknown {
  let target: unknown = root;
  for (const segment of reference.replace(/^#\/?/, "").split("/").filter((part) => part !== "")) {
    target = isSchema(target) ? target[segment] : undefined;
  }
  return target;
}

function isType({ type, properties }: JsonSchema, name: string): boolean {
  if (type === undefined) return name === "object" && properties !== undefined;
  return type === name || (Array.isArray(type) && type.includes(name));
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function next({ root, done }: Place, step: string): Place {
  return { root, done: [...done, step] };
}

function placeText({ done }: Place): string {
  if (done.length === 0) return "";
  return ` at path "${done.join(".").replaceAll(".[", "[")}"`;
}
