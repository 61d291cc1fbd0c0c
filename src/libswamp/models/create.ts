import { UserError } from "../../domain/errors.ts";
import type { JsonSchema, ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import { normalizeTypeName } from "../../domain/extensions/type_name.ts";
import { requireNewName } from "../../domain/models/definition_name.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import type { ValueSchema } from "../../domain/models/value_schema.ts";
import type { Locks } from "../../domain/repository/locks.ts";
import { type MethodDocument, methodDocuments } from "../types/method_documents.ts";
import {
  checkArguments,
  defaultsOf,
  missingArguments,
  unknownArguments,
} from "./check_arguments.ts";
import { coerceStrings } from "./coerce_strings.ts";
import { literalSecrets, VAULT_REMEDY } from "./literal_secrets.ts";
import { parseKeyValueArguments, type TextFileReader } from "./key_value_arguments.ts";
import { unknownModelType } from "./unknown_type.ts";

/** What {@linkcode createModel} works with. */
export interface CreateModelDependencies {
  /** The types, of which only the given one is needed if it is given. */
  readonly types: (onlyType?: string) => Promise<ModelTypes>;
  readonly definitions: DefinitionStore;
  readonly locks: Locks;
  readonly readTextFile: TextFileReader;
  /** Makes the id of the definition, a UUID. */
  readonly newId: () => string;
}

/** What `swamp model create` is asked to do. */
export interface CreateModelRequest {
  /** The type as the user wrote it. */
  readonly type: string;
  readonly name: string;
  /** `key=value` pairs; without any, no argument is checked. */
  readonly globalArguments: readonly string[];
}

/** JSON document of `model create` (contract: cli-core 6.1). */
export interface CreatedModelDocument {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Absolute path of the file. */
  readonly path: string;
  readonly version: string;
  readonly globalArguments?: JsonSchema;
  readonly methods: readonly MethodDocument[];
  /** What the user should know beside it. */
  readonly warnings?: readonly CreationWarning[];
}

/** Something that the user should know of a new definition. */
export interface CreationWarning {
  /** Stable, in snake_case. */
  readonly code: string;
  readonly message: string;
}

/**
 * Creates a definition. Name and type are judged before files named by arguments are read.
 *
 * @throws {UserError} `invalid_name`, `invalid_type`, `unknown_type`, `type_broken`,
 * `invalid_argument`, `invalid_global_arguments`, `model_exists`, `lock_timeout`, `not_writable`.
 */
export async function createModel(
  { types, definitions, locks, readTextFile, newId }: CreateModelDependencies,
  { type: raw, name, globalArguments: pairs }: CreateModelRequest,
): Promise<CreatedModelDocument> {
  requireNewName(name);
  const type = normalizeTypeName(raw);
  const known = await types(type);
  const descriptor = known.describe(type);
  if (descriptor === undefined) throw unknownModelType(await types(), raw, type);
  const given = await parseKeyValueArguments(pairs, readTextFile);
  const isBare = pairs.length === 0;
  const globalArguments = isBare ? {} : await checkedArguments(known, descriptor, given);

  await using _lock = await locks.global();
  if ((await definitions.named(name)).length > 0) {
    throw new UserError("model_exists", `Model already exists: ${name}`);
  }
  const { definition, path } = await definitions.add({
    type,
    typeVersion: descriptor.version,
    id: newId(),
    name,
    version: 1,
    tags: {},
    globalArguments,
    methods: {},
  });
  const missing = missingWarnings(descriptor, globalArguments, name);
  const warnings = [...missing, ...literalWarnings(descriptor, given, name)];
  return {
    ...{ id: definition.id, type, name, path, version: descriptor.version },
    ...(descriptor.globalArguments === undefined
      ? {}
      : { globalArguments: descriptor.globalArguments }),
    methods: methodDocuments(descriptor),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

/** Global arguments as they are stored: parsed, with defaults. */
async function checkedArguments(
  types: ModelTypes,
  { type, raw, globalArguments: jsonSchema }: ModelDescriptor,
  given: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  if (jsonSchema === undefined) return given;
  const schema = (await types.resolve(type)).globalArguments;
  if (schema === undefined) return given;
  const { value, issues } = await checkArguments(schema, jsonSchema, given);
  const lines = [
    ...issues.map(({ path, message }) => path === "" ? message : `${path}: ${message}`),
    ...unknownArguments(jsonSchema, given),
  ];
  if (lines.length === 0) return await storable(schema, value, { jsonSchema, given });
  throw new UserError(
    "invalid_global_arguments",
    [`Invalid global arguments for type '${raw}':`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
}

/**
 * Parsed arguments as YAML can hold them. What a run would not read from there as the same values, for
 * example because the schema changes texts, is stored as it was given.
 */
async function storable(
  schema: ValueSchema,
  parsed: Readonly<Record<string, unknown>>,
  { jsonSchema, given }: {
    readonly jsonSchema: JsonSchema;
    readonly given: Readonly<Record<string, unknown>>;
  },
): Promise<Readonly<Record<string, unknown>>> {
  const asGiven = () => ({ ...defaultsOf(jsonSchema), ...coerceStrings(jsonSchema, given) });
  try {
    const text = JSON.stringify(parsed);
    const plain = JSON.parse(text) as Record<string, unknown>;
    const read = await schema.safeParseAsync(plain);
    return read.success && JSON.stringify(read.data) === text ? plain : asGiven();
  } catch {
    return asGiven();
  }
}

function missingWarnings(
  { type, globalArguments: schema }: ModelDescriptor,
  given: Readonly<Record<string, unknown>>,
  name: string,
): CreationWarning[] {
  const missing = missingArguments(schema, given);
  if (missing.length === 0) return [];
  const [noun, verb] = missing.length === 1 ? ["argument", "is"] : ["arguments", "are"];
  const message =
    `${type} requires the global ${noun} ${missing.join(", ")}, which ${verb} not set yet. ` +
    `Set what is missing with 'swamp model edit ${name}'.`;
  return [{ code: "missing_global_arguments", message }];
}

/** A secret on the command line is in the file now, and in the history of the shell. */
function literalWarnings(
  { globalArguments: schema }: ModelDescriptor,
  given: Readonly<Record<string, unknown>>,
  name: string,
): CreationWarning[] {
  return literalSecrets(schema, given).map((path) => ({
    code: "literal_secret",
    message: `Global argument "${path}" is sensitive, but its value stands in the file of ` +
      `"${name}" as plain text. ${VAULT_REMEDY}`,
  }));
}
