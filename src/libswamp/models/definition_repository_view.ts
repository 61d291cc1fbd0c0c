import type { Definition, InputsSchema } from "../../domain/models/definition.ts";
import { definitionDocument } from "../../domain/models/definition_document.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { ModelTypeReference } from "../../domain/models/method_context.ts";
import { modelTypeReference, typeNameOf } from "../../domain/models/model_type_reference.ts";

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

/** A definition together with its type. */
export interface TypedDefinition {
  readonly definition: DefinitionView;
  readonly type: ModelTypeReference;
}

/**
 * The definitions of the repository as extension code sees them, for reading: changing definitions is
 * up to `swamp model create`, `edit` and `delete`, which hold the lock for it.
 */
export interface DefinitionRepositoryView {
  findById(type: unknown, id: string): Promise<DefinitionView | null>;
  findByName(type: unknown, name: string): Promise<DefinitionView | null>;
  findByNameGlobal(name: string): Promise<TypedDefinition | null>;
  findAll(type: unknown): Promise<DefinitionView[]>;
  findAllGlobal(): Promise<TypedDefinition[]>;
  /** Absolute path of the file of a definition, `null` when there is none. */
  getPath(type: unknown, id: string): Promise<string | null>;
  nextId(): string;
}

/** The definitions of the repository for extension code. */
export function createDefinitionRepositoryView(
  definitions: DefinitionStore,
): DefinitionRepositoryView {
  const all = async () => (await definitions.list()).definitions;
  const byId = async (type: unknown, id: string) => {
    const stored = await definitions.lookup(id);
    return stored?.definition.id === id && stored.definition.type === typeNameOf(type)
      ? stored
      : undefined;
  };
  const byName = async (name: string) => {
    const stored = await definitions.lookup(name);
    return stored?.definition.name === name ? stored.definition : undefined;
  };
  return {
    findById: async (type, id) => viewOrNull((await byId(type, id))?.definition),
    findByName: async (type, name) => {
      const definition = await byName(name);
      return definition?.type === typeNameOf(type) ? definitionView(definition) : null;
    },
    findByNameGlobal: async (name) => {
      const definition = await byName(name);
      return definition === undefined ? null : typed(definition);
    },
    findAll: async (type) =>
      (await all()).filter(({ definition }) => definition.type === typeNameOf(type))
        .map(({ definition }) => definitionView(definition)),
    findAllGlobal: async () => (await all()).map(({ definition }) => typed(definition)),
    getPath: async (type, id) => (await byId(type, id))?.path ?? null,
    nextId: () => crypto.randomUUID(),
  };
}

function definitionView(definition: Definition): DefinitionView {
  const { id, name, version, tags, globalArguments, type, typeVersion, inputs } = definition;
  return {
    ...{ id, name, version, tags, globalArguments, type },
    ...(typeVersion === undefined ? {} : { typeVersion }),
    ...(inputs === undefined ? {} : { inputs }),
    getMethodArguments: (methodName) => definition.methods[methodName]?.arguments ?? {},
    toData: () => structuredClone(definitionDocument(definition)),
  };
}

function viewOrNull(definition: Definition | undefined): DefinitionView | null {
  return definition === undefined ? null : definitionView(definition);
}

function typed(definition: Definition): TypedDefinition {
  return { definition: definitionView(definition), type: modelTypeReference(definition.type) };
}
