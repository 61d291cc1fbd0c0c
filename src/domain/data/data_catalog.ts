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

/** What every {@linkcode CatalogRow} has: where the data are, and what rows are sorted by. */
export const CATALOG_KEY = ["modelType", "modelId", "name", "version", "modelName"] as const;

/** An entry of which only the key and what was asked for is filled in. */
export type CatalogRow = Pick<CatalogEntry, typeof CATALOG_KEY[number]> & Partial<CatalogEntry>;

/**
 * Knows the latest version of every name of every model without reading all metadata: a cache of what
 * is on disk, which may be lost or damaged at any time without anybody noticing.
 */
export interface DataCatalog extends Disposable {
  /** Brings the catalog in step with the disk. Damaged data are reported and left out. */
  refresh(): Promise<void>;
  /** Everything that the catalog knew at the last refresh, in no order. */
  rows(fields: Iterable<CatalogField>): Promise<readonly CatalogRow[]>;
  /**
   * The whole entries of some rows, once their files were looked at.
   *
   * @returns `undefined` when a file was not what the catalog said: it says the truth now, and
   * {@linkcode rows} are to be asked for anew.
   */
  confirmed(rows: readonly CatalogRow[]): Promise<readonly CatalogEntry[] | undefined>;
  /**
   * Content of a version, `undefined` when its file is missing or has more bytes than `limit`. It is
   * synchronous, because predicates of CEL are, and most of them never ask.
   */
  content(row: CatalogRow, limit: number): Uint8Array | undefined;
}
