import type { DataMetadata } from "../../../src/domain/data/data.ts";
import type { DataStore, StoredData } from "../../../src/domain/data/data_store.ts";
import type { DefinitionStore } from "../../../src/domain/models/definition_store.ts";
import { createDataStore } from "../../../src/infrastructure/persistence/file_data_store.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { createDefinitionStore } from "../../../src/infrastructure/persistence/yaml_definition_store.ts";
import { withRepository } from "../persistence/temporary_repository.ts";

/** Id of the definition `t1` of type `@acme/thing`. */
export const MODEL_ID = "2ed368ef-ec52-41ca-9585-7cdcef9c1823";

/** A repository with the definition `t1`, into which data can be put. */
export interface Shelf {
  readonly layout: RepositoryLayout;
  readonly data: DataStore;
  readonly definitions: DefinitionStore;
  /** Writes one version of data of `t1`. */
  put(
    name: string,
    content: string | Uint8Array,
    metadata?: Partial<DataMetadata>,
  ): Promise<StoredData>;
}

/** Runs `test` in a repository with one definition and no data. */
export async function withShelf(test: (shelf: Shelf) => Promise<void>): Promise<void> {
  await withRepository(async (layout) => {
    const data = createDataStore(layout);
    const definitions = createDefinitionStore(layout);
    await definitions.add({
      ...{ type: "@acme/thing", id: MODEL_ID, name: "t1", version: 1 },
      ...{ tags: {}, globalArguments: {}, methods: {} },
    });
    await test({ layout, data, definitions, put: (...args) => putData(data, ...args) });
  });
}

/** Writes one version of data of `t1`. */
export async function putData(
  data: DataStore,
  name: string,
  content: string | Uint8Array,
  metadata: Partial<DataMetadata> = {},
): Promise<StoredData> {
  const pending = await data.reserve({ type: "@acme/thing", modelId: MODEL_ID }, name);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await ReadableStream.from([bytes]).pipeTo(await data.openContent(pending));
  return await data.publish(pending, {
    id: crypto.randomUUID(),
    ...{ contentType: "text/plain", lifetime: "infinite", garbageCollection: 2, streaming: false },
    tags: { type: "file", specName: "log", modelName: "t1" },
    ownerDefinition: { ownerType: "model-method", ownerRef: MODEL_ID },
    ...metadata,
  });
}
