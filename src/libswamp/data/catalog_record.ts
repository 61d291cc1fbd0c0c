import type { CatalogRow, DataCatalog } from "../../domain/data/data_catalog.ts";
import { RECORD_FIELDS } from "../../domain/expressions/record_query.ts";
import type { DataRecord } from "./data_record.ts";
import { isJsonType } from "./stored_json.ts";

/** Larger content is not taken apart into attributes. */
const ATTRIBUTES_BYTES = 16 * 1024 * 1024;
/** Larger content is not put into a record. */
const CONTENT_BYTES = 256 * 1024 * 1024;

/** Makes other attributes of those that are stored, at once or after waiting for something. */
export type AttributesFilter = (
  attributes: DataRecord["attributes"],
) => DataRecord["attributes"] | Promise<DataRecord["attributes"]>;

/** How {@linkcode CatalogRecord}s are made. */
export interface CatalogRecordOptions {
  readonly catalog: DataCatalog;
  /** Has the last word on attributes. */
  readonly attributes?: AttributesFilter | undefined;
  /** Largest content in bytes that a record has; there is a limit anyway. */
  readonly contentLimit?: number | undefined;
}

/**
 * A row of the catalog together with its content, which is read when somebody asks: most predicates
 * rule a record out before.
 */
export class CatalogRecord {
  readonly row: CatalogRow;
  readonly #options: CatalogRecordOptions;
  #attributes: DataRecord["attributes"] | undefined;
  #waiting: Promise<DataRecord["attributes"]> | undefined;

  static {
    // Every other field is that of the row.
    for (const field of RECORD_FIELDS) {
      if (field === "attributes" || field === "content") continue;
      const get = function (this: CatalogRecord) {
        return this.row[field];
      };
      Object.defineProperty(this.prototype, field, { get });
    }
  }

  /** @param row with its content type. */
  constructor(row: CatalogRow, options: CatalogRecordOptions) {
    this.row = row;
    this.#options = options;
  }

  /** The content, if it is a map in JSON; else empty. Empty, too, while it has to be waited for. */
  get attributes(): DataRecord["attributes"] {
    if (this.#attributes !== undefined) return this.#attributes;
    if (this.#waiting !== undefined) return {};
    const stored = this.#parsed() ?? {};
    const made = this.#options.attributes?.(stored) ?? stored;
    if (!(made instanceof Promise)) return this.#attributes = made;
    this.#waiting = made;
    // Whoever waits for it hears of a failure; nobody else has to.
    made.catch(() => {});
    return {};
  }

  /** The content as text. */
  get content(): string {
    const limit = Math.min(this.#options.contentLimit ?? CONTENT_BYTES, CONTENT_BYTES);
    return this.#options.catalog.text(this.row, limit) ?? "";
  }

  /** Whether somebody has asked for attributes that are not there yet; {@linkcode wait} for them. */
  get isWaiting(): boolean {
    return this.#waiting !== undefined && this.#attributes === undefined;
  }

  /** Waits until attributes are there that somebody has asked for. */
  async wait(): Promise<void> {
    this.#attributes = await this.#waiting;
  }

  #parsed(): Record<string, unknown> | undefined {
    if (!isJsonType(this.row.contentType ?? "")) return undefined;
    const text = this.#options.catalog.text(this.row, ATTRIBUTES_BYTES);
    if (text === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
      return isMap ? value as Record<string, unknown> : undefined;
    } catch {
      return undefined;
    }
  }
}
