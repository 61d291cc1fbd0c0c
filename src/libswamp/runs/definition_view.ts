import type { Definition, InputsSchema } from "../../domain/models/definition.ts";
import { definitionDocument } from "../../domain/models/definition_document.ts";

/** A definition as extension code sees it (contract: authoring 2.4). */
export interface DefinitionView {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly globalArguments: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly typeVersion?: string;
  readonly inputs?: InputsSchema;
  /** Stored arguments of a method, empty when there are none. */
  getMethodArguments(methodName: string): Readonly<Record<string, unknown>>;
  /** The definition as its file has it. */
  toData(): Record<string, unknown>;
}

/** A definition as extension code sees it. */
export function definitionView(definition: Definition): DefinitionView {
  const { id, name, version, tags, globalArguments, type, typeVersion, inputs } = definition;
  return {
    ...{ id, name, version, tags, globalArguments, type },
    ...(typeVersion === undefined ? {} : { typeVersion }),
    ...(inputs === undefined ? {} : { inputs }),
    getMethodArguments: (methodName) => definition.methods[methodName]?.arguments ?? {},
    toData: () => structuredClone(definitionDocument(definition)),
  };
}
