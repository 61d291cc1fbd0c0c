import type { JsonSchema } from "../../domain/extensions/descriptor.ts";

/**
 * What is wrong with inputs, one line each with the path first: `count must be an integer`,
 * `list[0] must be a string`, `obj.k is required` (texts of the contract: cli-core 7.2).
 *
 * @param schema schema of the whole map.
 */
export function inputProblems(
  schema: JsonSchema,
  inputs: Readonly<Record<string, unknown>>,
): string[] {
  return mapProblems(schema, inputs, "");
}

function valueProblems(schema: JsonSchema, value: unknown, path: string): string[] {
  if (value === null || value === undefined) return [`${path} cannot be null or undefined`];
  const wrongType = typeProblem(schema.type, value);
  if (wrongType !== undefined) return [`${path} ${wrongType}`];
  const problems = [
    ...choiceProblems(schema, value),
    ...(typeof value === "string" ? textProblems(schema, value) : []),
    ...(typeof value === "number" ? numberProblems(schema, value) : []),
    ...(Array.isArray(value) ? listProblems(schema, value) : []),
  ].map((problem) => `${path} ${problem}`);
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!isSchema(items)) return problems;
    return [
      ...problems,
      ...value.flatMap((item, index) => valueProblems(items, item, `${path}[${index}]`)),
    ];
  }
  if (typeof value !== "object") return problems;
  return [...problems, ...mapProblems(schema, value as Record<string, unknown>, `${path}.`)];
}

function mapProblems(
  schema: JsonSchema,
  map: Readonly<Record<string, unknown>>,
  prefix: string,
): string[] {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = Array.isArray(schema.required) ? schema.required as string[] : [];
  const missing = required.filter((name) => !Object.hasOwn(map, name))
    .map((name) => `${prefix}${name} is required`);
  const others = schema.additionalProperties;
  return [
    ...missing,
    ...Object.entries(map).flatMap(([name, value]) => {
      const path = `${prefix}${name}`;
      if (Object.hasOwn(properties, name)) return valueProblems(properties[name]!, value, path);
      if (isSchema(others)) return valueProblems(others, value, path);
      if (others !== false) return [];
      return [`${path} is not a valid ${prefix === "" ? "input property" : "property"}`];
    }),
  ];
}

function typeProblem(type: unknown, value: unknown): string | undefined {
  const actual = typeof value;
  switch (type) {
    case "integer":
      return Number.isInteger(value) ? undefined : "must be an integer";
    case "array":
      return Array.isArray(value) ? undefined : "must be a array";
    case "object":
      return typeof value === "object" && !Array.isArray(value) ? undefined : "must be a object";
    case "string":
    case "number":
    case "boolean":
      return actual === type ? undefined : `must be a ${type}`;
    default:
      return undefined;
  }
}

function choiceProblems({ enum: choices }: JsonSchema, value: unknown): string[] {
  if (!Array.isArray(choices)) return [];
  const text = JSON.stringify(value);
  if (choices.some((choice) => JSON.stringify(choice) === text)) return [];
  return [`must be one of: ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`];
}

function textProblems({ minLength, maxLength, pattern }: JsonSchema, value: string): string[] {
  const length = [...value].length;
  const problems = sizeProblems("character", length, minLength, maxLength);
  return typeof pattern === "string" ? [...problems, ...patternProblems(pattern, value)] : problems;
}

function patternProblems(pattern: string, value: string): string[] {
  try {
    return new RegExp(pattern, "u").test(value) ? [] : [`must match the pattern ${pattern}`];
  } catch {
    return [`has a pattern that is no regular expression: ${pattern}`];
  }
}

function numberProblems(schema: JsonSchema, value: number): string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const rules: readonly (readonly [unknown, (limit: number) => boolean, string])[] = [
    [minimum, (limit) => value >= limit, "at least"],
    [maximum, (limit) => value <= limit, "at most"],
    [exclusiveMinimum, (limit) => value > limit, "greater than"],
    [exclusiveMaximum, (limit) => value < limit, "less than"],
    [multipleOf, (limit) => isMultiple(value, limit), "a multiple of"],
  ];
  return rules.filter(([limit, holds]) => typeof limit === "number" && !holds(limit))
    .map(([limit, , words]) => `must be ${words} ${limit}`);
}

/** Whether a number is a multiple of another, apart from what binary fractions cannot express. */
function isMultiple(value: number, unit: number): boolean {
  const quotient = value / unit;
  return Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient));
}

function listProblems({ minItems, maxItems, uniqueItems }: JsonSchema, list: unknown[]): string[] {
  const problems = sizeProblems("item", list.length, minItems, maxItems);
  const different = new Set(list.map((item) => JSON.stringify(item)));
  if (uniqueItems === true && different.size < list.length) problems.push("must have unique items");
  return problems;
}

function sizeProblems(unit: string, size: number, least: unknown, most: unknown): string[] {
  const counted = (count: number) => `${count} ${unit}${count === 1 ? "" : "s"}`;
  return [
    ...(typeof least === "number" && size < least ? [`must have at least ${counted(least)}`] : []),
    ...(typeof most === "number" && size > most ? [`must have at most ${counted(most)}`] : []),
  ];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
