import type { DataScope } from "../../domain/data/data.ts";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import type { StoredDefinition } from "../../domain/models/definition.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import { findData } from "./find_data.ts";

/** Where models and their data are. */
export interface ModelDataSources {
  readonly definitions: Pick<DefinitionStore, "named" | "list">;
  readonly data: DataStore;
}

/**
 * The data of models by the names of the models (contract: authoring 4.3). Where a model has nothing
 * that fits, the data of an earlier model of that name counts, one whose definition is gone.
 */
export class ModelData {
  readonly #sources: ModelDataSources;

  constructor(sources: ModelDataSources) {
    this.#sources = sources;
  }

  /** One version of a name, the latest unless told. */
  async find(model: string, name: string, version?: number): Promise<StoredData | undefined> {
    const { data } = this.#sources;
    for await (const scope of this.#scopes(model)) {
      const found = await findData(data, scope, name, version);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Numbers of all versions of a name, ascending. */
  async versions(model: string, name: string): Promise<readonly number[]> {
    for await (const scope of this.#scopes(model)) {
      const versions = await this.#sources.data.versions(scope, name);
      if (versions.length > 0) return versions;
    }
    return [];
  }

  /** The latest versions of all names that a model has, of one spec if one is given. */
  async list(model: string, specName?: string): Promise<readonly StoredData[]> {
    for await (const scope of this.#scopes(model)) {
      const stored = (await this.#sources.data.list(scope)).filter(({ metadata }) =>
        specName === undefined || metadata.tags.specName === specName
      );
      if (stored.length > 0) return stored;
    }
    return [];
  }

  /** The model's own data first, then that of earlier models; looked for only when asked for. */
  async *#scopes(model: string): AsyncGenerator<DataScope> {
    const [own] = await this.#sources.definitions.named(model);
    if (own !== undefined) yield scopeOf(own);
    yield* await this.#earlierScopes(model, own);
  }

  async #earlierScopes(model: string, own: StoredDefinition | undefined): Promise<DataScope[]> {
    const { data, definitions } = this.#sources;
    const candidates = (await data.scopes()).filter(({ type, modelId }) =>
      own === undefined || (type === own.definition.type && modelId !== own.definition.id)
    );
    if (candidates.length === 0) return [];
    const all = (await definitions.list()).definitions.map(({ definition }) => definition);
    const ids = new Set(all.map(({ id }) => id));
    const isOnly = all.filter(({ type }) => type === own?.definition.type).length === 1;
    const earlier: DataScope[] = [];
    for (const scope of candidates.filter(({ modelId }) => !ids.has(modelId))) {
      const names = new Set(
        (await data.list(scope)).map(({ metadata }) => metadata.tags.modelName),
      );
      if (names.has(model) || (isOnly && names.has(undefined))) earlier.push(scope);
    }
    return earlier;
  }
}

function scopeOf({ definition: { type, id } }: StoredDefinition): DataScope {
  return { type, modelId: id };
}
