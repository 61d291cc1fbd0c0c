import type { DamagedFile } from "../../../src/domain/repository/damage.ts";
import type { DataCatalog } from "../../../src/domain/data/data_catalog.ts";
import { createDataCatalog } from "../../../src/infrastructure/persistence/data/file_data_catalog.ts";
import { type DataQueryDocument, queryData } from "../../../src/libswamp/data/query.ts";
import { type Shelf, withShelf } from "./stored_data.ts";

/** A repository with a data catalog. */
export interface CatalogShelf extends Shelf {
  /** Path of the catalog's file. */
  readonly file: string;
  /** Everything that catalogs warned of. */
  readonly warnings: string[];
  /** Damaged data that catalogs told of. */
  readonly damaged: DamagedFile[];
  /** A catalog as a new process would open it. */
  open(): DataCatalog;
  /** What a new process would find. */
  query(
    predicate?: string,
    more?: { readonly select?: string; readonly limit?: number; readonly all?: boolean },
  ): Promise<DataQueryDocument>;
  /** Names and versions of what a new process would find. */
  found(predicate?: string): Promise<[name: unknown, version: unknown][]>;
}

/**
 * Runs `test` in a repository with one definition and no data. Catalogs take everything to have been
 * written long ago, so that they trust what stat says.
 */
export async function withCatalog(test: (shelf: CatalogShelf) => Promise<void>): Promise<void> {
  await withShelf(async (shelf) => {
    const warnings: string[] = [];
    const damaged: DamagedFile[] = [];
    const open = () =>
      createDataCatalog({
        data: shelf.layout.data,
        file: shelf.layout.dataCatalog,
        report: (file) => damaged.push(file),
        warn: (message) => warnings.push(message),
        now: () => Date.now() + 60_000,
        modelNames: async () => {
          const { definitions } = await shelf.definitions.list();
          return new Map(definitions.map(({ definition: { id, name } }) => [id, name]));
        },
      });
    const query: CatalogShelf["query"] = async (predicate = "true", more = {}) => {
      using catalog = open();
      return await queryData(catalog, { predicate, limit: 100, all: false, ...more });
    };
    const found: CatalogShelf["found"] = async (predicate) => {
      const { results } = await query(predicate);
      return (results as Record<string, unknown>[]).map(({ name, version }) => [name, version]);
    };
    await test({ ...shelf, file: shelf.layout.dataCatalog, warnings, damaged, open, query, found });
  });
}
