import type {
  DataOutputSpec,
  JsonSchema,
  MethodDescriptor,
  ModelDescriptor,
} from "../../domain/extensions/descriptor.ts";

/** A method in JSON output (contract: cli-core 5.2, `MethodDescribe`). */
export interface MethodDocument {
  readonly name: string;
  readonly description: string;
  readonly arguments: JsonSchema;
  /** Every spec of the type, the same for each of its methods; absent when there are none. */
  readonly dataOutputSpecs?: readonly DataOutputSpec[];
}

/** The JSON documents of all methods of a type. */
export function methodDocuments(descriptor: ModelDescriptor): MethodDocument[] {
  return descriptor.methods.map((method) => methodDocument(descriptor, method));
}

/** The JSON document of one method. */
export function methodDocument(
  descriptor: ModelDescriptor,
  method: MethodDescriptor,
): MethodDocument {
  const specs = descriptor.dataOutputSpecs;
  return {
    name: method.name,
    description: method.description,
    arguments: method.arguments,
    ...(specs.length === 0 ? {} : { dataOutputSpecs: specs }),
  };
}
