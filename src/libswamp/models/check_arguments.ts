import { closestName } from "../../domain/closest.ts";
import { holdsExpression } from "../../domain/expressions/template.ts";
import type { JsonSchema } from "../../domain/extensions/descriptor.ts";
import type { ValueSchema } from "../../domain/models/value_schema.ts";
import { coerceStrings } from "./coerce_strings.ts";

/** Something wrong with an argument. */
export interface ArgumentIssue {
  /** Dotted path of the argument, empty for the arguments as a whole. */
  readonly path: string;
  /** For example `Invalid input: expected string, received undefined`. */
  readonly message: string;
}

/** Arguments as a schema sees them. */
export interface CheckedArguments {
  /** With defaults filled in; strings converted where the schema asks for something else. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly issues: readonly ArgumentIssue[];
}

/**
 * Checks arguments against the schema of a type or a method. Values with expressions are not known
 * yet, so only what is said about the other values counts (IMP-26, IMP-39).
 *
 * @param jsonSchema the same schema as JSON Schema.
 * @param unknownPaths where the values are that are not known; those with expressions unless told.
 */
export async function checkArguments(
  schema: ValueSchema,
  jsonSchema: JsonSchema | undefined,
  given: Readonly<Record<string, unknown>>,
  unknownPaths?: readonly Path[],
): Promise<CheckedArguments> {
  const coerced = coerceStrings(jsonSchema, given);
  const result = await schema.safeParseAsync(coerced);
  if (result.success) return { value: result.data as Record<string, unknown>, issues: [] };
  const unknown = unknownPaths ?? pathsOfExpressions(coerced);
  const issues = result.error.issues
    .filter((issue) => !unknown.some((path) => isAbout(issue.path, issue.code, path)))
    .map(({ path, message }) => ({ path: path.map(String).join("."), message }));
  return { value: { ...defaultsOf(jsonSchema), ...coerced }, issues };
}

/**
 * Arguments that a schema does not know, one sentence each. Without this they would be dropped
 * silently.
 */
export function unknownArguments(
  schema: JsonSchema | undefined,
  given: Readonly<Record<string, unknown>>,
  prefix = "",
): string[] {
  const properties = schema?.properties;
  const isOpen = schema?.additionalProperties !== undefined &&
    schema.additionalProperties !== false;
  if (typeof properties !== "object" || properties === null) return [];
  const known = properties as Readonly<Record<string, JsonSchema>>;
  return Object.entries(given).flatMap(([key, value]) => {
    const path = `${prefix}${key}`;
    if (Object.hasOwn(known, key)) return unknownMembers(known[key]!, value, path);
    if (isOpen) return [];
    const meant = closestName(key, Object.keys(known));
    const suggestion = meant === undefined ? "" : `. Did you mean "${prefix}${meant}"?`;
    return [`${path}: Unknown argument${suggestion}`];
  });
}

function unknownMembers(schema: JsonSchema, value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    const items = schema.items as JsonSchema | undefined;
    return items === undefined
      ? []
      : value.flatMap((item, index) => unknownMembers(items, item, `${path}[${index}]`));
  }
  const isMap = typeof value === "object" && value !== null;
  return isMap ? unknownArguments(schema, value as Record<string, unknown>, `${path}.`) : [];
}

/** Names of arguments that a schema demands, that have no default, and that are not given. */
export function missingArguments(
  schema: JsonSchema | undefined,
  given: Readonly<Record<string, unknown>>,
): string[] {
  const required = Array.isArray(schema?.required) ? schema.required as string[] : [];
  const defaults = defaultsOf(schema);
  return required.filter((name) => !Object.hasOwn(given, name) && !Object.hasOwn(defaults, name));
}

/** The defaults that a schema tells of, by name. */
export function defaultsOf(schema: JsonSchema | undefined): Record<string, unknown> {
  const properties = (schema?.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const withDefault = Object.entries(properties).filter(([, property]) => "default" in property);
  return Object.fromEntries(withDefault.map(([name, property]) => [name, property.default]));
}

type Path = readonly PropertyKey[];

/** Paths of all values that hold an expression. */
function pathsOfExpressions(value: unknown, path: Path = []): Path[] {
  if (typeof value === "string") return holdsExpression(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    pathsOfExpressions(member, [...path, Array.isArray(value) ? Number(key) : key])
  );
}

/** Whether an issue may only be there because the value at `unknown` is not evaluated yet. */
function isAbout(issue: Path, code: string, unknown: Path): boolean {
  const shared = Math.min(issue.length, unknown.length);
  for (let depth = 0; depth < shared; depth++) if (issue[depth] !== unknown[depth]) return false;
  // A rule about a whole map or a choice between shapes cannot be judged before all of it is known.
  return issue.length >= unknown.length || code === "custom" || code === "invalid_union";
}
