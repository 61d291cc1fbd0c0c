import type { CatalogRow, DataCatalog } from "../../domain/data/data_catalog.ts";
import { RECORD_FIELDS } from "../../domain/expressions/record_query.ts";
import { isJsonType } from "./stored_json.ts";

/** Larger content is not taken apart into attributes. */
const ATTRIBUTES_BYTES = 16 * 1024 * 1024;
/** Larger content is not put into a record. */
const CONTENT_BYTES = 256 * 1024 * 1024;

/**
 * A row of the catalog together with its content, which is read when somebody asks: most predicates
 * rule a record out before.
 */
export class CatalogRecord {
  readonly row: CatalogRow;
  readonly #catalog: DataCatalog;
  #attributes: Readonly<Record<string, unknown>> | undefined;

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

  /** @param row with its version, size and content type. */
  constructor(row: CatalogRow, catalog: DataCatalog) {
    this.row = row;
    this.#catalog = catalog;
  }

  /** The content, if it is a map in JSON; else empty. */
  get attributes(): Readonly<Record<string, unknown>> {
    return this.#attributes ??= this.#parsed() ?? {};
  }

  /** The content as text. */
  get content(): string {
    return this.#catalog.text(this.row, CONTENT_BYTES) ?? "";
  }

  #parsed(): Record<string, unknown> | undefined {
    if (!isJsonType(this.row.contentType ?? "")) return undefined;
    const text = this.#catalog.text(this.row, ATTRIBUTES_BYTES);
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
