/**
 * Entries of the data catalog as rows of its table, and what changes it.
 *
 * @module
 */
import type { CatalogEntry, CatalogRow } from "../../domain/data/data_catalog.ts";

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

/** An entry as the catalog has it. */
export interface IndexedEntry extends CatalogEntry {
  /** Stat of the file that it was read from, as one word. */
  readonly metadataStat: string;
  /** Stat of the file of the content when it was read, as one word; `null` without kept content. */
  readonly contentStat: string | null;
  /** The content as text, `null` where it is not kept. */
  readonly keptContent: string | null;
}

/** Something that the catalog has of an entry. */
export type IndexedField = keyof IndexedEntry;

/** What can be read of a row. */
export type IndexedRow =
  & CatalogRow
  & Partial<Pick<IndexedEntry, "contentStat" | "keptContent">>;

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
const COLUMNS: Readonly<Record<IndexedField, string>> = {
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
  contentStat: "content_stat",
  keptContent: "content",
};

const ALL_FIELDS = Object.keys(COLUMNS) as readonly IndexedField[];

/** The fields that are in the table of content. */
const CONTENT_FIELDS: readonly IndexedField[] = ["contentStat", "keptContent"];

/** The fields that are in the main table. */
const ENTRY_FIELDS = ALL_FIELDS.filter((field) => !CONTENT_FIELDS.includes(field));

/** Every column of both tables, in the order of {@linkcode decodeEntry}. */
export const ALL_COLUMNS = ALL_FIELDS.map(columnOf).join(", ");

/** Every column of the main table, in the order of {@linkcode encodeEntry}. */
export const ENTRY_COLUMNS = ENTRY_FIELDS.map(columnOf).join(", ");

/** What these fields are read from. */
export function tablesOf(fields: readonly IndexedField[]): string {
  return fields.some((field) => CONTENT_FIELDS.includes(field))
    ? "catalog LEFT JOIN catalog_content USING (type_normalized, model_id, data_name)"
    : "catalog";
}

/** Name of the column that holds a field. */
export function columnOf(field: IndexedField): string {
  return COLUMNS[field];
}

/** An entry as values of the main table's columns. */
export function encodeEntry(entry: IndexedEntry): (string | number)[] {
  return ENTRY_FIELDS.map((field) => {
    const value = entry[field] as string | number | boolean | IndexedEntry["tags"];
    if (typeof value === "object") return JSON.stringify(value);
    return typeof value === "boolean" ? Number(value) : value;
  });
}

/** An entry from the values of all columns. */
export function decodeEntry(values: readonly unknown[]): IndexedEntry {
  const fields = ALL_FIELDS.map((field, index) => [field, decodeValue(field, values[index])]);
  return Object.fromEntries(fields) as IndexedEntry;
}

/** Makes rows of the values of some columns, which are decoded when they are read. */
export function rowDecoder(
  fields: readonly IndexedField[],
): (values: readonly unknown[]) => IndexedRow {
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
  return (values) => new DecodingRow(values) as unknown as IndexedRow;
}

function decodeValue(field: IndexedField, value: unknown): unknown {
  if (field === "tags") return JSON.parse(value as string);
  return field === "streaming" ? value === 1 : value;
}
