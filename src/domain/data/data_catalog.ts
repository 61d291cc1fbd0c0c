import type { DataOwner } from "./data.ts";

/** The latest version of one name, as its metadata tell of it. */
export interface CatalogEntry {
  readonly modelType: string;
  readonly modelId: string;
  readonly name: string;
  readonly version: number;
  readonly id: string;
  readonly createdAt: string;
  readonly modelName: string;
  readonly specName: string;
  /** `resource`, `file`, … */
  readonly dataType: string;
  readonly contentType: string;
  readonly lifetime: string;
  readonly lifecycle: "active" | "deleted";
  /** Empty unless the name leads to another one. */
  readonly renamedTo: string;
  readonly ownerType: DataOwner["ownerType"];
  readonly streaming: boolean;
  /** Bytes of the content. */
  readonly size: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Something that the catalog knows of data. */
export type CatalogField = keyof CatalogEntry;

/** What every {@linkcode CatalogRow} has. */
export const CATALOG_KEY = ["modelType", "modelId", "name"] as const;

/**
 * An entry of which only the key and the fields asked for can be read. They are worked out when they
 * are read, so a row cannot be copied by spreading it.
 */
export type CatalogRow = Pick<CatalogEntry, typeof CATALOG_KEY[number]> & Partial<CatalogEntry>;

/** A field that must have a certain text. */
export interface FieldEquality {
  readonly field: CatalogField;
  readonly value: string;
}

/**
 * Knows the latest version of every name of every model without reading all metadata: a cache of what
 * is on disk, which may be lost or damaged at any time without anybody noticing.
 */
export interface DataCatalog extends Disposable {
  /** Brings the catalog in step with the disk. Damaged data are reported and left out. */
  refresh(): Promise<void>;
  /**
   * As {@linkcode refresh}, if there is a catalog at all: for who has removed data, which must not live
   * on in a cache.
   */
  forgetRemoved(): Promise<void>;
  /**
   * Everything that the catalog knew at the last refresh, sorted by the names of model and data.
   *
   * @param fields what must be there besides the key; `content` where {@linkcode text} will be asked of
   * many rows, which is slow without.
   * @param equalities only rows that meet all of them are given.
   */
  rows(
    fields: Iterable<CatalogField | "content">,
    equalities?: readonly FieldEquality[],
  ): Promise<readonly CatalogRow[]>;
  /**
   * The whole entries of some rows, once their files were looked at.
   *
   * @returns `undefined` when a file was not what the catalog said: it says the truth now, and
   * {@linkcode rows} are to be asked for anew.
   */
  confirmed(rows: readonly CatalogRow[]): Promise<readonly CatalogEntry[] | undefined>;
  /**
   * Content of a version as text, `undefined` when its file is missing or has more than `limit`
   * bytes. It is synchronous, because predicates of CEL are, and most of them never ask.
   */
  text(row: CatalogRow, limit: number): string | undefined;
}
