/**
 * Entries of the data catalog as rows of its table, and what changes it.
 *
 * @module
 */
import type { CatalogEntry, CatalogField, CatalogRow } from "../../domain/data/data_catalog.ts";

/** Which data: the identity of an entry. */
export type DataKey = Pick<CatalogEntry, "modelType" | "modelId" | "name">;

/** A folder that was looked into, and its stat at that time. */
export type KnownFolder = readonly [
  /** Relative to the folder of all data, with `/`. */
  path: string,
  /** Stat as one word; empty when it does not tell every later change. */
  stat: string,
];

/** An entry together with the stat of the file that it was read from. */
export interface IndexedEntry extends CatalogEntry {
  readonly metadataStat: string;
}

/** What has to be written so that the catalog is in step with the disk. */
export interface CatalogChange {
  /** Paths of folders that are gone. */
  readonly dropped: readonly string[];
  /** Folders that are new, or that have changed. */
  readonly folders: readonly KnownFolder[];
  /** Data that are new, or that have changed. */
  readonly entries: readonly IndexedEntry[];
  /** Data that are gone. */
  readonly gone: readonly DataKey[];
}

/** Field → column. */
const COLUMNS: Readonly<Record<keyof IndexedEntry, string>> = {
  modelType: "type_normalized",
  modelId: "model_id",
  name: "data_name",
  id: "id",
  version: "version",
  modelName: "model_name",
  specName: "spec_name",
  dataType: "data_type",
  contentType: "content_type",
  lifetime: "lifetime",
  ownerType: "owner_type",
  streaming: "streaming",
  size: "size",
  createdAt: "created_at",
  tags: "tags",
  lifecycle: "lifecycle",
  renamedTo: "renamed_to",
  metadataStat: "metadata_stat",
};

const ENTRY_FIELDS = Object.keys(COLUMNS) as readonly (keyof IndexedEntry)[];

/** Every column, in the order of {@linkcode encodeEntry} and {@linkcode decodeEntry}. */
export const CATALOG_COLUMNS = Object.values(COLUMNS).join(", ");

/** Name of the column that holds a field. */
export function columnOf(field: CatalogField): string {
  return COLUMNS[field];
}

/** An entry as values of the columns. */
export function encodeEntry(entry: IndexedEntry): (string | number)[] {
  return ENTRY_FIELDS.map((field) => {
    const value = entry[field];
    if (typeof value === "object") return JSON.stringify(value);
    return typeof value === "boolean" ? Number(value) : value;
  });
}

/** An entry from the values of all columns. */
export function decodeEntry(values: readonly unknown[]): IndexedEntry {
  return decodeFields(ENTRY_FIELDS, values) as unknown as IndexedEntry;
}

/** A row from the values of some columns. */
export function decodeRow(
  fields: readonly CatalogField[],
  values: readonly unknown[],
): CatalogRow {
  return decodeFields(fields, values) as unknown as CatalogRow;
}

function decodeFields(
  fields: readonly (keyof IndexedEntry)[],
  values: readonly unknown[],
): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const [index, field] of fields.entries()) {
    const value = values[index];
    decoded[field] = field === "tags"
      ? JSON.parse(value as string)
      : field === "streaming"
      ? value === 1
      : value;
  }
  return decoded;
}
