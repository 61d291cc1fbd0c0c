import type { DataScope } from "../../../src/domain/data/data.ts";
import type { DataStore, NewMetadata, StoredData } from "../../../src/domain/data/data_store.ts";

/** Some model. */
export const SCOPE: DataScope = {
  type: "@acme/thing",
  modelId: "2ed368ef-ec52-41ca-9585-7cdcef9c1823",
};

/** Metadata of a text resource of {@linkcode SCOPE}. */
export function sampleMetadata(): NewMetadata {
  return {
    id: crypto.randomUUID(),
    contentType: "text/plain",
    lifetime: "infinite",
    garbageCollection: 5,
    streaming: false,
    tags: { type: "resource", specName: "state", modelName: "t1" },
    ownerDefinition: { ownerType: "model-method", ownerRef: SCOPE.modelId },
  };
}

/** Writes one version with `text` as its content. */
export async function writeVersion(
  store: DataStore,
  name: string,
  text: string,
): Promise<StoredData> {
  const pending = await store.reserve(SCOPE, name);
  const writer = (await store.openContent(pending)).getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  return await store.publish(pending, sampleMetadata());
}

/** Content of the latest or of the given version as text, `undefined` where there is none. */
export async function readVersion(
  store: DataStore,
  name: string,
  version?: number,
): Promise<string | undefined> {
  const stored = await store.get(SCOPE, name, version);
  const bytes = stored === undefined ? undefined : await store.content(stored);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}
