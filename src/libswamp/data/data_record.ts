import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { isJsonType, parsedObject } from "./stored_json.ts";

/** One version of data as methods and expressions see it (contract: authoring 2.4). */
export interface DataRecord {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: string;
  /** The content, if it is a JSON map; else empty. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly modelName: string;
  readonly modelType: string;
  readonly specName: string;
  /** `resource`, `file`, … */
  readonly dataType: string;
  readonly contentType: string;
  readonly lifetime: string;
  readonly lifecycle: "active" | "deleted";
  readonly ownerType: string;
  readonly streaming: boolean;
  readonly size: number;
  /** The content as text. */
  readonly content: string;
}

/** Which parts of a record are read from the content. */
export interface RecordParts {
  /** Largest content in bytes that is put into {@linkcode DataRecord.content}; any unless told. */
  readonly contentLimit?: number;
  /** Whether attributes are wanted; they are unless told. */
  readonly attributes?: boolean;
}

/** A stored version as a record. */
export async function dataRecord(
  data: DataStore,
  stored: StoredData,
  { contentLimit = Infinity, attributes = true }: RecordParts = {},
): Promise<DataRecord> {
  const { metadata, scope } = stored;
  const { id, name, version, createdAt, tags, contentType, lifetime, streaming, size } = metadata;
  const withContent = contentLimit > 0 && (size ?? 0) <= contentLimit;
  const bytes = withContent ? await data.content(stored) : undefined;
  const wantsAttributes = attributes && isJsonType(contentType);
  return {
    ...{ id, name, version, createdAt, tags, contentType, lifetime, streaming },
    attributes: wantsAttributes ? await parsedObject(data, stored) ?? {} : {},
    modelName: tags.modelName ?? scope.modelId,
    modelType: scope.type,
    specName: tags.specName ?? "",
    dataType: tags.type ?? "",
    lifecycle: metadata.lifecycle ?? "active",
    ownerType: metadata.ownerDefinition.ownerType,
    size: size ?? bytes?.length ?? 0,
    content: bytes === undefined ? "" : new TextDecoder().decode(bytes),
  };
}
