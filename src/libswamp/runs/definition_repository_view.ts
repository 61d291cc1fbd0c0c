import { UserError } from "../../domain/errors.ts";
import type { Definition } from "../../domain/models/definition.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { ModelTypeReference } from "../../domain/models/method_context.ts";
import { modelTypeReference, typeNameOf } from "../../domain/models/model_type_reference.ts";
import type {
  DefinitionChanges,
  DefinitionRepositoryWrites,
} from "./definition_repository_writes.ts";
import { type DefinitionView, definitionView } from "./definition_view.ts";

/** A definition together with its type. */
export interface TypedDefinition {
  readonly definition: DefinitionView;
  readonly type: ModelTypeReference;
}

/**
 * The definitions of the repository as extension code sees them. Every `type` may be given by its name
 * or as the reference that `context.modelType` is.
 */
export interface DefinitionRepositoryView extends DefinitionRepositoryWrites {
  findById(type: unknown, id: string): Promise<DefinitionView | null>;
  findByName(type: unknown, name: string): Promise<DefinitionView | null>;
  findByNameGlobal(name: string): Promise<TypedDefinition | null>;
  findAll(type: unknown): Promise<DefinitionView[]>;
  findAllGlobal(): Promise<TypedDefinition[]>;
  /** Absolute path of the file of a definition, `null` when there is none. */
  getPath(type: unknown, id: string): Promise<string | null>;
  nextId(): string;
}

/**
 * The definitions of the repository for extension code.
 *
 * @param changes how definitions are changed; without it they can only be read.
 */
export function createDefinitionRepositoryView(
  definitions: DefinitionStore,
  changes?: DefinitionChanges,
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
    ...(changes === undefined ? READ_ONLY : writesOnDemand(changes)),
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

/** Few methods change definitions, and what that takes is loaded for them alone. */
function writesOnDemand(changes: DefinitionChanges): DefinitionRepositoryWrites {
  const writes = async () => {
    const { createDefinitionRepositoryWrites } = await import("./definition_repository_writes.ts");
    return createDefinitionRepositoryWrites(changes);
  };
  return {
    save: async (...given) => await (await writes()).save(...given),
    delete: async (...given) => await (await writes()).delete(...given),
  };
}

const READ_ONLY: DefinitionRepositoryWrites = {
  save: () => Promise.reject(readOnly()),
  delete: () => Promise.reject(readOnly()),
};

function readOnly(): UserError {
  return new UserError("read_only", "Definitions can only be changed by methods that run");
}

function viewOrNull(definition: Definition | undefined): DefinitionView | null {
  return definition === undefined ? null : definitionView(definition);
}

function typed(definition: Definition): TypedDefinition {
  return { definition: definitionView(definition), type: modelTypeReference(definition.type) };
}
