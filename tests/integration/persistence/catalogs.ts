import type { DataCatalog } from "../../../src/domain/data/data_catalog.ts";
import { createDataCatalog } from "../../../src/infrastructure/persistence/data/file_data_catalog.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";

/** The data catalog of a repository whose data all tell their models. */
export function catalogOf({ data, dataCatalog }: RepositoryLayout): DataCatalog {
  return createDataCatalog({
    data,
    file: dataCatalog,
    report: () => {},
    warn: () => {},
    modelNames: () => Promise.resolve(new Map()),
  });
}
