/**
 * The format of definition files (contract: cli-core 12.2) between plain data and
 * {@linkcode Definition}.
 *
 * @module
 */
import { closest } from "../closest.ts";
import { messageOf } from "../errors.ts";
import { normalizeTypeName } from "../extensions/type_name.ts";
import type { Definition } from "./definition.ts";
import { type FieldProblem, FieldReader, isMap, type PlainMap } from "./definition_fields.ts";
import { unsafeNameReason } from "./definition_name.ts";

/** What reading a document gave: a definition, or everything that is wrong with it. */
export type DefinitionReading =
  | { readonly definition: Definition; readonly problems?: never }
  | { readonly definition?: never; readonly problems: readonly FieldProblem[] };

/** Fields of a definition, in the order in which they are written. */
const FIELDS = [
  "type",
  "typeVersion",
  "id",
  "name",
  "version",
  "tags",
  "globalArguments",
  "methods",
  "inputs",
  "checks",
  "reports",
  "driver",
  "driverConfig",
] as const satisfies readonly (keyof Definition)[];

/** Any version from 1 to 8 (RFC 9562). */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether a text can be the id of a definition. */
export function isDefinitionId(text: string): boolean {
  return UUID.test(text);
}

/**
 * Reads plain data as a definition. Unknown fields are ignored.
 *
 * @param document what the YAML says.
 * @param folderType type for a document that names none: the folder below `models/`.
 *
 * @example
 * ```ts
 * const { definition, problems } = readDefinition({ id, name: "web", version: 1 }, "command/shell");
 * ```
 */
export function readDefinition(document: unknown, folderType?: string): DefinitionReading {
  if (!isMap(document)) {
    const message = document === null || document === undefined
      ? "the file is empty"
      : "the file must hold a YAML map";
    return { problems: [{ path: [], message }] };
  }
  const reader = new FieldReader();
  const definition: Definition = {
    type: readType(reader, document, folderType),
    ...(typeof document.typeVersion === "string" ? { typeVersion: document.typeVersion } : {}),
    ...readIdentity(reader, document),
    tags: reader.textMap(document.tags, ["tags"]),
    globalArguments: reader.map(document.globalArguments, ["globalArguments"]),
    methods: reader.methods(document.methods, ["methods"]),
    ...readOptionalFields(reader, document),
  };
  return reader.problems.length === 0 ? { definition } : { problems: reader.problems };
}

/** A definition as plain data, its keys in the order of the file format. */
export function definitionDocument(definition: Definition): Record<string, unknown> {
  return Object.fromEntries(
    FIELDS.filter((field) => definition[field] !== undefined)
      .map((field) => [field, definition[field]]),
  );
}

/**
 * What a document holds that is no part of the format, one sentence each; all of it is ignored when
 * the document is read.
 */
export function unknownFields(document: unknown): string[] {
  if (!isMap(document)) return [];
  return [
    ...strangers(document, FIELDS, ""),
    ...Object.entries(isMap(document.methods) ? document.methods : {})
      .flatMap(([name, method]) => strangers(method, ["arguments"], `methods.${name}.`)),
    ...strangers(document.checks, ["require", "skip"], "checks."),
    ...strangers(document.reports, ["require", "skip"], "reports."),
  ];
}

function strangers(value: unknown, known: readonly string[], prefix: string): string[] {
  if (!isMap(value)) return [];
  return Object.keys(value).filter((key) => !known.includes(key)).map((key) => {
    const meant = closest(key, known);
    const suggestion = meant === undefined ? "" : ` Did you mean "${prefix}${meant}"?`;
    return `Unknown field "${prefix}${key}".${suggestion}`;
  });
}

function readType(reader: FieldReader, document: PlainMap, folderType?: string): string {
  const { type } = document;
  if (type === undefined || type === null) {
    if (folderType === undefined) {
      reader.reject(["type"], "is missing, and the file lies in no type's folder");
    }
    return folderType ?? "";
  }
  const raw = reader.text(type, ["type"]);
  if (typeof type !== "string") return "";
  try {
    return normalizeTypeName(raw);
  } catch (error) {
    reader.reject(["type"], `is not a type name (${messageOf(error)})`);
    return "";
  }
}

function readIdentity(
  reader: FieldReader,
  document: PlainMap,
): Pick<Definition, "id" | "name" | "version"> {
  const id = reader.text(document.id, ["id"]);
  if (typeof document.id === "string" && !isDefinitionId(id)) {
    reader.reject(["id"], "must be a UUID");
  }
  const name = reader.text(document.name, ["name"]);
  if (typeof document.name === "string") {
    const reason = unsafeNameReason(name);
    if (reason !== undefined) reader.reject(["name"], reason);
  }
  const { version } = document;
  if (!Number.isSafeInteger(version) || (version as number) < 1) {
    reader.reject(["version"], version === undefined ? "is missing" : "must be a positive integer");
  }
  return { id, name, version: version as number };
}

function readOptionalFields(
  reader: FieldReader,
  document: PlainMap,
): Pick<Definition, "inputs" | "checks" | "reports" | "driver" | "driverConfig"> {
  const { inputs, checks, reports, driver, driverConfig } = document;
  const present = (value: unknown) => value !== undefined && value !== null;
  return {
    ...(present(inputs) ? { inputs: reader.inputs(inputs, ["inputs"]) } : {}),
    ...(present(checks)
      ? {
        checks: reader.selection(checks, ["checks"], (item, path) => reader.text(item, path)),
      }
      : {}),
    ...(present(reports)
      ? {
        reports: reader.selection(reports, ["reports"], (item, path) => reader.report(item, path)),
      }
      : {}),
    ...(present(driver) ? { driver: reader.text(driver, ["driver"]) } : {}),
    ...(present(driverConfig) ? { driverConfig: reader.map(driverConfig, ["driverConfig"]) } : {}),
  };
}
