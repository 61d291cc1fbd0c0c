import type { ExtensionKind } from "../../domain/extensions/kinds.ts";
import type { SourceRow, TypeRow } from "./extension_catalog_rows.ts";
import type { Row } from "./prepared_statements.ts";

/** A row of the catalog as {@linkcode SourceRow}. */
export function sourceRow(row: Row): SourceRow {
  return {
    sourcePath: row.source_path as string,
    rank: row.rank as number,
    folder: row.folder as string,
    package: row.package as string,
    configuration: row.configuration as string,
    state: row.state as SourceRow["state"],
    batch: row.batch as string,
    bundlePath: row.bundle_path as string,
    error: row.error as string,
    transient: row.transient === 1,
    claims: row.claims as string,
  };
}

/** A row of the catalog as {@linkcode TypeRow}. */
export function typeRow(row: Row): TypeRow {
  return {
    sourcePath: row.source_path as string,
    kind: row.kind as ExtensionKind,
    type: row.type as string,
    raw: row.raw as string,
    version: row.version as string,
    description: row.description as string,
  };
}
