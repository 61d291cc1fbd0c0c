/**
 * Questions about records of data in CEL: a predicate, and what to make of the records that meet it
 * (contract: cli-core 9.4, authoring 4.5).
 *
 * @module
 */
import {
  type ASTNode,
  type Environment,
  type ParseResult,
  TypeError as TypeMistake,
} from "@marcbachmann/cel-js";
import { closestName } from "../closest.ts";
import { messageOf, UserError } from "../errors.ts";
import { createCelEnvironment } from "./cel_environment.ts";
import { plainValue } from "./plain_value.ts";
import { referencesIn } from "./references.ts";

/** Field of a record → its type in CEL. */
const FIELD_TYPES = {
  id: "string",
  name: "string",
  version: "dyn",
  createdAt: "string",
  attributes: "dyn",
  tags: "map<string, string>",
  modelName: "string",
  modelType: "string",
  specName: "string",
  dataType: "string",
  contentType: "string",
  lifetime: "string",
  lifecycle: "string",
  renamedTo: "string",
  ownerType: "string",
  streaming: "bool",
  size: "dyn",
  content: "string",
} as const;

/** Name of a field of a record. */
export type RecordField = keyof typeof FIELD_TYPES;

/** The fields of records. */
export const RECORD_FIELDS = Object.keys(FIELD_TYPES) as readonly RecordField[];

/** Values of the fields that a question mentions; others need not be there. */
export type RecordFields = Readonly<Partial<Record<RecordField, unknown>>>;

/** A field that has a certain text. */
export interface TextEquality {
  readonly field: Exclude<RecordField, "attributes" | "content">;
  readonly value: string;
}

/** A question that was understood. */
export interface RecordQuery {
  /** The fields that the predicate or the selection mentions. */
  readonly fields: ReadonlySet<RecordField>;
  /** What every record has that meets the predicate, so that others need not be looked at. */
  readonly equalities: readonly TextEquality[];
  /**
   * Whether a record meets the predicate: its value where it is no boolean, `undefined` where it has
   * none, because the record lacks what the predicate asks for.
   */
  predicate(record: RecordFields): unknown;
  /** What the selection makes of a record, as plain data; `null` where it has no value. */
  readonly select: ((record: RecordFields) => unknown) | undefined;
}

/**
 * Reads a predicate and, if there is one, a selection.
 *
 * @throws {UserError} `invalid_query` when one is no CEL, names a field that records do not have, or
 * mixes types so that it can never have a value; also for a predicate that can never be true or false.
 *
 * @example
 * ```ts
 * const query = readRecordQuery('name == "main" && size > 10');
 * query.predicate({ name: "main", size: 12 }); // true
 * [...query.fields]; // ["name", "size"]
 * ```
 */
export function readRecordQuery(predicate: string, select?: string): RecordQuery {
  const condition = compiled(predicate, "predicate");
  const type = condition.check().type;
  if (type !== "bool" && type !== "dyn") throw notBoolean(type ?? "nothing");
  const selection = select === undefined ? undefined : compiled(select, "selection");
  return {
    fields: new Set([...fieldsIn(condition), ...(selection ? fieldsIn(selection) : [])]),
    equalities: equalitiesIn(condition.ast),
    predicate: (record) => {
      try {
        return condition(record);
      } catch {
        return undefined;
      }
    },
    select: selection && ((record) => {
      try {
        return plainValue(selection(record)) ?? null;
      } catch {
        return null;
      }
    }),
  };
}

/** The failure for a predicate whose value is never true or false. */
export function notBoolean(type: string): UserError {
  return new UserError(
    "invalid_query",
    `The query predicate must be true or false for a record, but it gives ${type}.`,
    { fields: { hint: `Compare it with something, as in 'name == "main"'.` } },
  );
}

function compiled(text: string, what: "predicate" | "selection"): ParseResult {
  try {
    const parsed = recordEnvironment().parse(text);
    const { error } = parsed.check();
    if (error !== undefined) throw error;
    return parsed;
  } catch (error) {
    throw explained(error, what);
  }
}

function explained(error: unknown, what: string): UserError {
  const unknown = error instanceof TypeMistake && /^Unknown variable: (\w+)$/.exec(error.summary);
  if (!unknown) return new UserError("invalid_query", messageOf(error), { cause: error });
  const field = unknown[1]!;
  const meant = closestName(field, RECORD_FIELDS);
  return new UserError(
    "invalid_query",
    `Unknown field "${field}" in query ${what}.\nAvailable: ${
      [...RECORD_FIELDS].sort().join(", ")
    }`,
    meant === undefined ? {} : { fields: { hint: `Did you mean "${meant}"?` } },
  );
}

function fieldsIn({ ast }: ParseResult): RecordField[] {
  return [...referencesIn(ast).roots].filter((root): root is RecordField =>
    Object.hasOwn(FIELD_TYPES, root)
  );
}

/** The comparisons of text fields with literals that are parts of a conjunction. */
function equalitiesIn(node: ASTNode): TextEquality[] {
  if (node.op === "&&") return node.args.flatMap(equalitiesIn);
  if (node.op !== "==") return [];
  const [left, right] = node.args;
  const [name, literal] = left.op === "id" ? [left, right] : [right, left];
  if (name.op !== "id" || literal.op !== "value" || typeof literal.args !== "string") return [];
  const field = name.args as RecordField;
  if (field === "attributes" || field === "content") return [];
  return FIELD_TYPES[field] === "string" ? [{ field, value: literal.args }] : [];
}

let environment: Environment | undefined;

/** Fields of records as variables. */
function recordEnvironment(): Environment {
  if (environment !== undefined) return environment;
  environment = createCelEnvironment({ homogeneousAggregateLiterals: false });
  for (const [field, type] of Object.entries(FIELD_TYPES)) {
    environment.registerVariable(field, type);
  }
  return environment;
}
