/**
 * `metadata.yaml` of one version of data (contract: cli-core 12.3).
 *
 * @module
 */
import type { DataMetadata, DataOwner } from "../../../domain/data/data.ts";
import { isLifetime } from "../../../domain/data/lifetime.ts";
import { parseYaml, readSimpleYaml } from "../yaml_reader.ts";
import { yamlText } from "../yaml_writer.ts";

const OWNER_TYPES = ["model-method", "workflow-step", "manual"];

/** Metadata as the text of its file. */
export function formatMetadata(metadata: DataMetadata): string {
  const { id, name, version, contentType, lifetime, garbageCollection, streaming, tags } = metadata;
  const { ownerDefinition, createdAt, size, checksum, lifecycle, renamedTo } = metadata;
  return yamlText({
    ...{ id, name, version, contentType, lifetime, garbageCollection, streaming, tags },
    ...{ ownerDefinition, createdAt, size, checksum, lifecycle, renamedTo },
  });
}

/** Name and version as the folders give them. */
export interface MetadataPlace {
  readonly name: string;
  readonly version: number;
}

/**
 * Reads the text of a metadata file. What the folders say wins over what the file says of itself:
 * model, name and version are the identity of data.
 *
 * @throws {Error} that says in one line what is wrong.
 */
export async function parseMetadata(text: string, place: MetadataPlace): Promise<DataMetadata> {
  return readMetadata(await parseYaml(text), place);
}

/**
 * As {@linkcode parseMetadata}, for what swamp itself has written: everything else takes a parser that
 * would have to be loaded first.
 */
export function parseMetadataSync(text: string, place: MetadataPlace): DataMetadata {
  const document = readSimpleYaml(text);
  if (document === undefined) throw new Error("it can only be read by functions that are awaited");
  return readMetadata(document, place);
}

function readMetadata(document: unknown, place: MetadataPlace): DataMetadata {
  if (!isMap(document)) throw new Error("must be a YAML map");
  const { lifetime, garbageCollection, streaming, size, checksum, renamedTo } = document;
  if (!isLifetime(lifetime)) throw new Error("lifetime is missing or not valid");
  if (typeof garbageCollection !== "number" && typeof garbageCollection !== "string") {
    throw new Error("garbageCollection must be a number or a duration");
  }
  return {
    id: requiredText(document, "id"),
    name: place.name,
    version: place.version,
    contentType: requiredText(document, "contentType"),
    lifetime,
    garbageCollection,
    streaming: streaming === true,
    tags: parseTags(document.tags),
    ownerDefinition: parseOwner(document.ownerDefinition),
    createdAt: parseTime(requiredText(document, "createdAt")),
    ...(typeof size === "number" ? { size } : {}),
    ...(typeof checksum === "string" ? { checksum } : {}),
    ...(document.lifecycle === "deleted" ? { lifecycle: "deleted" as const } : {}),
    ...(typeof renamedTo === "string" ? { renamedTo } : {}),
  };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function requiredText(document: Record<string, unknown>, key: string): string {
  const value = document[key];
  if (typeof value !== "string" || value === "") throw new Error(`${key} must be a string`);
  return value;
}

function parseTime(text: string): string {
  if (Number.isNaN(Date.parse(text))) throw new Error("createdAt must be a time in ISO 8601");
  return text;
}

function parseTags(tags: unknown): Record<string, string> {
  if (!isMap(tags) || Object.values(tags).some((value) => typeof value !== "string")) {
    throw new Error("tags must be a map of strings");
  }
  if (tags.type === undefined) throw new Error("tags must have a type");
  return tags as Record<string, string>;
}

function parseOwner(owner: unknown): DataOwner {
  if (!isMap(owner) || !OWNER_TYPES.includes(owner.ownerType as string)) {
    throw new Error("ownerDefinition must have an ownerType");
  }
  if (typeof owner.ownerRef !== "string") throw new Error("ownerDefinition must have an ownerRef");
  return owner as unknown as DataOwner;
}
