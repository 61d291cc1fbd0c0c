/**
 * Reading the fields of a definition out of plain data: each function gives the value, or notes
 * what is wrong and gives something harmless.
 *
 * @module
 */
import type { InputsSchema, ReportChoice, Selection, StoredMethod } from "./definition.ts";

/** Where in a document something is. */
export type FieldPath = readonly string[];

/** A field that is not as it must be. */
export interface FieldProblem {
  readonly path: FieldPath;
  /** For people, beginning with the path: `tags.env must be a string`. */
  readonly message: string;
}

/** A map as it comes out of a YAML or JSON reader. */
export type PlainMap = Readonly<Record<string, unknown>>;

/** Types that an input may have (contract: authoring 5.2). */
const INPUT_TYPES: readonly unknown[] = [
  "string",
  "number",
  "integer",
  "boolean",
  "array",
  "object",
];

/** Whether a value is a map. */
export function isMap(value: unknown): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A path as people write it: `methods.sync.arguments`. */
function fieldName(path: FieldPath): string {
  return path.join(".");
}

/** Reads the fields of one document and collects what is wrong with them. */
export class FieldReader {
  readonly problems: FieldProblem[] = [];

  /** Notes that the field at `path` breaks a rule: `must be …`. */
  reject(path: FieldPath, rule: string): void {
    this.problems.push({ path, message: `${fieldName(path)} ${rule}` });
  }

  /** A string; numbers and the like must be quoted in the file. */
  text(value: unknown, path: FieldPath): string {
    if (typeof value === "string") return value;
    const scalar = typeof value === "number" || typeof value === "boolean";
    const remedy = scalar ? `; put it in quotes: '${value}'` : "";
    this.reject(path, value === undefined ? "is missing" : `must be a string${remedy}`);
    return "";
  }

  /** A map; an absent or empty field counts as an empty one. */
  map(value: unknown, path: FieldPath): PlainMap {
    if (value === undefined || value === null) return {};
    if (isMap(value)) return value;
    this.reject(path, "must be a map");
    return {};
  }

  /** A list of strings. */
  texts(value: unknown, path: FieldPath): readonly string[] {
    return this.list(value, path).map((item, index) => this.text(item, [...path, String(index)]));
  }

  /** A list. */
  list(value: unknown, path: FieldPath): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.reject(path, "must be a list");
    return [];
  }

  /** `tags`. */
  textMap(value: unknown, path: FieldPath): Readonly<Record<string, string>> {
    return mapEntries(this.map(value, path), (item, key) => this.text(item, [...path, key]));
  }

  /** `methods`. */
  methods(value: unknown, path: FieldPath): Readonly<Record<string, StoredMethod>> {
    return mapEntries(this.map(value, path), (item, name) => {
      const method = this.map(item, [...path, name]);
      const given = method.arguments ?? undefined;
      return given === undefined
        ? {}
        : { arguments: this.map(given, [...path, name, "arguments"]) };
    });
  }

  /** `checks` and `reports`. */
  selection<T>(
    value: unknown,
    path: FieldPath,
    choice: (item: unknown, path: FieldPath) => T,
  ): Selection<T> {
    const { require: required, skip } = this.map(value, path);
    const requirePath = [...path, "require"];
    return {
      ...(required === undefined ? {} : {
        require: this.list(required, requirePath).map((item, index) =>
          choice(item, [...requirePath, String(index)])
        ),
      }),
      ...(skip === undefined ? {} : { skip: this.texts(skip, [...path, "skip"]) }),
    };
  }

  /** One entry of `reports.require`. */
  report(value: unknown, path: FieldPath): ReportChoice {
    if (!isMap(value)) return this.text(value, path);
    const name = this.text(value.name, [...path, "name"]);
    if (value.methods === undefined) return { name };
    return { name, methods: this.texts(value.methods, [...path, "methods"]) };
  }

  /** `inputs`; a map without `properties` whose values are maps is itself the property list. */
  inputs(value: unknown, path: FieldPath): InputsSchema {
    const schema = this.map(value, path);
    const isList = !("properties" in schema) && Object.values(schema).every(isMap);
    if (isList) return { properties: this.#inputProperties(schema, path) };
    const { properties, required, additionalProperties: additional } = schema;
    if (schema.type !== undefined && schema.type !== "object") {
      this.reject([...path, "type"], 'must be "object"');
    }
    if (additional !== undefined && typeof additional !== "boolean" && !isMap(additional)) {
      this.reject([...path, "additionalProperties"], "must be true, false or a map");
    }
    return {
      ...schema,
      ...(properties === undefined
        ? {}
        : { properties: this.#inputProperties(properties, [...path, "properties"]) }),
      ...(required === undefined ? {} : { required: this.texts(required, [...path, "required"]) }),
    };
  }

  #inputProperties(value: unknown, path: FieldPath): Readonly<Record<string, PlainMap>> {
    return mapEntries(this.map(value, path), (item, name) => {
      const property = this.map(item, [...path, name]);
      if (property.type !== undefined && !INPUT_TYPES.includes(property.type)) {
        this.reject([...path, name, "type"], `must be one of ${INPUT_TYPES.join(", ")}`);
      }
      return property;
    });
  }
}

/** A map of the same keys; `__proto__` stays an ordinary key. */
function mapEntries<T>(
  map: PlainMap,
  convert: (value: unknown, key: string) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, convert(value, key)]));
}
