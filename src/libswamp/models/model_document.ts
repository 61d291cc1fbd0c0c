import type { JsonSchema, ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import type { Definition, StoredDefinition, StoredMethod } from "../../domain/models/definition.ts";
import { type MethodDocument, methodDocuments } from "../types/method_documents.ts";

/** JSON document of `model get` (contract: cli-core 6.2, IMP-28). */
export interface ModelDocument {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly version: number;
  readonly tags: Definition["tags"];
  /** As stored, expressions unevaluated. */
  readonly globalArguments: Definition["globalArguments"];
  /** Version of the installed type; absent, like the next two, when the type is not installed. */
  readonly typeVersion?: string;
  readonly globalArgumentsSchema?: JsonSchema;
  readonly methods?: readonly MethodDocument[];
  /** Absolute path of the file. */
  readonly path: string;
  readonly typeInstalled: boolean;
  /** Why the type is not there, where a broken source is the reason. */
  readonly typeError?: string;
  /** Version of the type when the file was last written. */
  readonly storedTypeVersion?: string;
  /** What the definition stores for methods, by method. */
  readonly storedMethods?: Readonly<Record<string, StoredMethod>>;
  readonly inputs?: Definition["inputs"];
  readonly checks?: Definition["checks"];
  readonly reports?: Definition["reports"];
  readonly driver?: string;
  readonly driverConfig?: Definition["driverConfig"];
}

/** Everything about a definition, and about its type as far as that is known. */
export function modelDocument(
  { definition, path }: StoredDefinition,
  descriptor: ModelDescriptor | undefined,
  typeError?: string,
): ModelDocument {
  const { id, name, type, version, tags, globalArguments } = definition;
  return {
    id,
    name,
    type,
    version,
    tags,
    globalArguments,
    ...(descriptor === undefined ? {} : describedType(descriptor)),
    path,
    typeInstalled: descriptor !== undefined,
    ...(typeError === undefined ? {} : { typeError }),
    ...storedExtras(definition),
  };
}

function describedType({ version, globalArguments, ...descriptor }: ModelDescriptor) {
  return {
    typeVersion: version,
    ...(globalArguments === undefined ? {} : { globalArgumentsSchema: globalArguments }),
    methods: methodDocuments({ version, ...descriptor }),
  };
}

function storedExtras(definition: Definition) {
  const { typeVersion, methods, inputs, checks, reports, driver, driverConfig } = definition;
  return {
    ...(typeVersion === undefined ? {} : { storedTypeVersion: typeVersion }),
    ...(Object.keys(methods).length === 0 ? {} : { storedMethods: methods }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(checks === undefined ? {} : { checks }),
    ...(reports === undefined ? {} : { reports }),
    ...(driver === undefined ? {} : { driver }),
    ...(driverConfig === undefined ? {} : { driverConfig }),
  };
}
