/**
 * Entries of the data catalog as rows of its table, and what changes it.
 *
 * @module
 */
import type { CatalogEntry, CatalogField, CatalogRow } from "../../domain/data/data_catalog.ts";

/** Which data: the identity of an entry. */
export type DataKey = Pick<CatalogEntry, "modelType" | "modelId" | "name">;

/** A folder that was looked into. */
export interface KnownFolder {
  /** Relative to the folder of all data, with `/`. */
  readonly path: string;
  /** Path of the model's folder for that of a name, else empty. */
  readonly model: string;
  /** Its stat at that time as one word; empty when that does not tell every later change. */
  readonly stat: string;
}

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
  const fields = ENTRY_FIELDS.map((field, index) => [field, decodeValue(field, values[index])]);
  return Object.fromEntries(fields) as IndexedEntry;
}

/** Makes rows of the values of some columns, which are decoded when they are read. */
export function rowDecoder(
  fields: readonly CatalogField[],
): (values: readonly unknown[]) => CatalogRow {
  class DecodingRow {
    readonly values: readonly unknown[];
    constructor(values: readonly unknown[]) {
      this.values = values;
    }
  }
  for (const [index, field] of fields.entries()) {
    const get = function (this: DecodingRow) {
      return decodeValue(field, this.values[index]);
    };
    Object.defineProperty(DecodingRow.prototype, field, { get });
  }
  return (values) => new DecodingRow(values) as unknown as CatalogRow;
}

function decodeValue(field: keyof IndexedEntry, value: unknown): unknown {
  if (field === "tags") return JSON.parse(value as string);
  return field === "streaming" ? value === 1 : value;
}
