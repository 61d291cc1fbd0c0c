import type { Problem } from "../../domain/extensions/claims.ts";
import type { ExtensionKind } from "../../domain/extensions/kinds.ts";
import type { SourceKey } from "../extensions/source_key.ts";
import { typeRow } from "./extension_catalog_decoding.ts";
import type {
  IndexedSource,
  PackageRow,
  TrackedFile,
  TrackedStat,
  TypeRow,
} from "./extension_catalog_rows.ts";
import type { PreparedStatements } from "./prepared_statements.ts";

/** One change of the catalog, written in one transaction. */
export interface CatalogChange {
  /** Every folder and file that is tracked from now on. */
  readonly folders: readonly TrackedStat[];
  readonly files: readonly TrackedFile[];
  readonly packages: readonly PackageRow[];
  readonly removed: readonly SourceKey[];
  readonly indexed: readonly IndexedSource[];
  /** Which type rows hold, and what is to be said about the others. */
  judge(types: readonly (TypeRow & { rank: number })[]): {
    readonly active: ReadonlySet<string>;
    readonly problems: readonly Problem[];
  };
  readonly meta: Readonly<Record<string, string>>;
}

/** Key of a type row in {@linkcode CatalogChange.judge}'s answer. */
export function typeRowKey(sourcePath: SourceKey, kind: ExtensionKind): string {
  return `${kind}:${sourcePath}`;
}

/** Writes stat data over what is known. */
export function putStats(
  sql: PreparedStatements,
  folders: readonly TrackedStat[],
  files: readonly TrackedFile[],
): void {
  for (const { path, stat } of folders) {
    sql.run("INSERT OR REPLACE INTO folder VALUES (?, ?)", path, stat);
  }
  for (const { path, stat, hash } of files) {
    sql.run("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", path, stat, hash);
  }
}

/** Writes a change; the caller has begun a transaction. */
export function writeChange(sql: PreparedStatements, change: CatalogChange): void {
  sql.run("DELETE FROM folder");
  sql.run("DELETE FROM file");
  putStats(sql, change.folders, change.files);
  sql.run("DELETE FROM package");
  for (const { name, stat, problem } of change.packages) {
    sql.run("INSERT INTO package VALUES (?, ?, ?)", name, stat, problem);
  }
  for (const path of change.removed) removeSource(sql, path);
  for (const indexed of change.indexed) putSource(sql, indexed);
  applyVerdict(sql, change);
  putBatches(sql);
  for (const [key, value] of Object.entries(change.meta)) {
    sql.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value);
  }
}

/** Lists the batches that are in use: those of sources, and those that these require. */
function putBatches(sql: PreparedStatements): void {
  sql.run("DELETE FROM batch");
  sql.run("INSERT INTO batch SELECT DISTINCT batch FROM source WHERE batch <> ''");
  sql.run("DELETE FROM batch_requirement WHERE batch NOT IN (SELECT path FROM batch)");
  sql.run("INSERT OR IGNORE INTO batch SELECT path FROM batch_requirement");
}

function removeSource(sql: PreparedStatements, sourcePath: SourceKey): void {
  for (const table of ["source", "source_import", "type", "descriptor"]) {
    sql.run(`DELETE FROM ${table} WHERE source_path = ?`, sourcePath);
  }
}

function putSource(
  sql: PreparedStatements,
  { source, imports, types, requires }: IndexedSource,
): void {
  removeSource(sql, source.sourcePath);
  sql.run(
    "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    source.sourcePath,
    source.rank,
    source.folder,
    source.package,
    source.configuration,
    source.state,
    source.batch,
    source.bundlePath,
    source.error,
    source.transient ? 1 : 0,
    source.claims,
  );
  for (const path of requires) {
    sql.run("INSERT OR IGNORE INTO batch_requirement VALUES (?, ?)", source.batch, path);
  }
  for (const path of imports) {
    sql.run("INSERT INTO source_import VALUES (?, ?)", source.sourcePath, path);
  }
  for (const { sourcePath, kind, type, raw, version, description, descriptor } of types) {
    sql.run(
      "INSERT INTO type VALUES (?, ?, ?, ?, ?, ?, 0)",
      sourcePath,
      kind,
      type,
      raw,
      version,
      description,
    );
    sql.run("INSERT INTO descriptor VALUES (?, ?, ?)", sourcePath, kind, descriptor);
  }
}

function applyVerdict(sql: PreparedStatements, change: CatalogChange): void {
  const rows = sql.all("SELECT type.*, source.rank FROM type JOIN source USING (source_path)")
    .map((row) => ({
      ...typeRow(row),
      rank: row.rank as number,
      wasActive: row.active === 1,
    }));
  const { active, problems } = change.judge(rows);
  for (const { sourcePath, kind, wasActive } of rows) {
    const isActive = active.has(typeRowKey(sourcePath, kind));
    if (isActive === wasActive) continue;
    const update = "UPDATE type SET active = ? WHERE source_path = ? AND kind = ?";
    sql.run(update, isActive ? 1 : 0, sourcePath, kind);
  }
  sql.run("DELETE FROM problem");
  for (const { source, type, message } of problems) {
    sql.run("INSERT INTO problem VALUES (?, ?, ?)", source, type, message);
  }
}
