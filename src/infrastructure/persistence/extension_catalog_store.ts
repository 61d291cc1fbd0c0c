import { Database } from "@db/sqlite";
import type { Problem } from "../../domain/extensions/claims.ts";
import type { Descriptor } from "../../domain/extensions/descriptor.ts";
import type { ExtensionKind } from "../../domain/extensions/kinds.ts";
import type { SourceKey } from "../extensions/source_key.ts";
import { type CatalogChange, putStats, writeChange } from "./extension_catalog_change.ts";
import { sourceRow, typeRow } from "./extension_catalog_decoding.ts";
import type {
  ActiveType,
  PackageRow,
  SourceRow,
  TrackedFile,
  TrackedStat,
  TypeRow,
} from "./extension_catalog_rows.ts";
import { nearTypesQuery } from "./near_types_query.ts";
import { CATALOG_SCHEMA } from "./extension_catalog_schema.ts";
import { PreparedStatements } from "./prepared_statements.ts";

/**
 * The extension catalog: every source and every type, so that a command finds the one type that it
 * needs without looking at the others. Rows are keyed by `source_path`.
 *
 * Reading takes only SQLite's shared lock; nothing is written unless something changed.
 */
export class ExtensionCatalogStore implements Disposable {
  readonly #database: Database;
  readonly #sql: PreparedStatements;

  private constructor(database: Database) {
    this.#database = database;
    this.#sql = new PreparedStatements(database);
  }

  /**
   * Opens a catalog that exists.
   *
   * @throws whatever SQLite says of a damaged file.
   */
  static open(path: string): ExtensionCatalogStore {
    const database = new Database(path, { create: false, parseJson: false });
    database.exec("PRAGMA busy_timeout = 5000");
    return new ExtensionCatalogStore(database);
  }

  /**
   * Opens a catalog that exists so that looking at it cannot change it, not even to undo what a killed
   * process has begun to write.
   *
   * @throws whatever SQLite says of a file that is damaged or in the middle of a write.
   */
  static openReadOnly(path: string): ExtensionCatalogStore {
    const database = new Database(path, { readonly: true, parseJson: false });
    database.exec("PRAGMA busy_timeout = 5000");
    return new ExtensionCatalogStore(database);
  }

  /** Makes an empty catalog in a file that does not exist yet. */
  static create(path: string): ExtensionCatalogStore {
    const database = new Database(path, { parseJson: false });
    database.exec("PRAGMA busy_timeout = 5000");
    database.exec("PRAGMA page_size = 8192");
    database.exec(CATALOG_SCHEMA);
    return new ExtensionCatalogStore(database);
  }

  /** The layout of a catalog, `undefined` of one that nobody has finished yet. */
  layout(): string | undefined {
    const finished = this.#sql.one("SELECT 1 FROM sqlite_schema WHERE name = 'meta'") !== undefined;
    return finished ? this.meta("layout") : undefined;
  }

  /** A fact about the catalog as a whole. */
  meta(key: string): string | undefined {
    return this.#sql.one("SELECT value FROM meta WHERE key = ?", key)?.value as string | undefined;
  }

  /** Every folder that was walked. */
  folders(): TrackedStat[] {
    return this.#sql.values("SELECT path, stat FROM folder")
      .map(([path, stat]) => ({ path: path!, stat: stat! }));
  }

  /** Number of files whose content matters. */
  fileCount(): number {
    return Number(this.#sql.one("SELECT count(*) AS n FROM file")?.n);
  }

  /** Every file whose content matters. */
  files(): TrackedFile[] {
    return this.#sql.values("SELECT path, stat, hash FROM file").map(trackedFile);
  }

  /**
   * Path and stat data of every file whose content matters: all that a look at the disk needs. They
   * are read some at a time, so that many files take no more memory than few.
   */
  *fileStats(): Iterable<string[]> {
    const page = "SELECT path, stat FROM file WHERE path > ? ORDER BY path LIMIT 500";
    let files = this.#sql.values(page, "");
    while (files.length > 0) {
      yield* files;
      files = this.#sql.values(page, files.at(-1)![0]!);
    }
  }

  /** The same of the given sources and all that they import. */
  fileStatsOf(sources: readonly SourceKey[]): string[][] {
    return this.#sql.values(
      `SELECT path, stat FROM file WHERE path IN (SELECT value FROM json_each(?1)) OR path IN
        (SELECT path FROM source_import WHERE source_path IN (SELECT value FROM json_each(?1)))`,
      JSON.stringify(sources),
    );
  }

  /** Hash of a file's content when it was last read. */
  hashOf(path: SourceKey): string | undefined {
    return this.#sql.one("SELECT hash FROM file WHERE path = ?", path)?.hash as string | undefined;
  }

  /** Every source, its imports included. */
  sources(): (SourceRow & { readonly imports: readonly SourceKey[] })[] {
    const imports = new Map<SourceKey, SourceKey[]>();
    for (const { source_path, path } of this.#sql.all("SELECT * FROM source_import")) {
      const list = imports.get(source_path as string) ?? [];
      list.push(path as string);
      imports.set(source_path as string, list);
    }
    return this.#sql.all("SELECT * FROM source").map(sourceRow)
      .map((row) => ({ ...row, imports: imports.get(row.sourcePath) ?? [] }));
  }

  /** Every source of the user's own and the project configuration that governs it. */
  governedSources(): Map<SourceKey, SourceKey> {
    const query = "SELECT source_path, configuration FROM source WHERE package = ''";
    return new Map(this.#sql.values(query) as [string, string][]);
  }

  /** Every installed package, and the lock file of packages. */
  packages(): PackageRow[] {
    return this.#sql.values("SELECT name, stat, problem FROM package")
      .map(([name, stat, problem]) => ({ name: name!, stat: stat!, problem: problem! }));
  }

  /** The sources that cannot be used, of all folders or of one. */
  brokenSources(folder = "%"): SourceRow[] {
    return this.#sql.all(
      "SELECT * FROM source WHERE state = 'broken' AND folder LIKE ? ORDER BY source_path",
      folder,
    ).map(sourceRow);
  }

  /** What is to be said about sources that are fine by themselves, of all folders or of one. */
  problems(folder = "%"): Problem[] {
    return this.#sql.all(
      `SELECT problem.* FROM problem JOIN source USING (source_path)
        WHERE folder LIKE ? ORDER BY source_path`,
      folder,
    ).map((row) => ({
      source: row.source_path as string,
      type: row.type as string,
      message: row.message as string,
    }));
  }

  /** Every folder of bundles that is in use or required by one, relative to the repository. */
  batches(): string[] {
    return this.#sql.all("SELECT path FROM batch").map((row) => row.path as string);
  }

  /** The types of a kind that hold, sorted by name; with `containing`, those whose name has it. */
  types(kind: ExtensionKind, containing = ""): TypeRow[] {
    return this.#sql.all(
      `SELECT source_path, kind, type, raw, version, description FROM type
        WHERE kind = ? AND active = 1 AND instr(type, ?) > 0 ORDER BY type`,
      kind,
      containing.toLowerCase(),
    ).map(typeRow);
  }

  /** Those whose name contains a query, and those that may be near it; in the same order. */
  typesNear(kind: ExtensionKind, query: string): TypeRow[] {
    const { sql, values } = nearTypesQuery(kind, query);
    return this.#sql.all(sql, ...values).map(typeRow);
  }

  /** Every type row, and whether its claim holds, in no order. */
  claims(): (TypeRow & { readonly active: boolean })[] {
    return this.#sql.all("SELECT * FROM type")
      .map((row) => ({ ...typeRow(row), active: row.active === 1 }));
  }

  /** The rows that hold for one type: one, or for extensions any number in order of precedence. */
  activeTypes(kind: ExtensionKind, type: string): ActiveType[] {
    return this.#sql.all(
      `SELECT type.*, source.rank, source.batch, source.bundle_path FROM type JOIN source USING (source_path)
        WHERE kind = ? AND type = ? AND active = 1 ORDER BY source.rank, source_path`,
      kind,
      type,
    ).map((row) => ({
      ...typeRow(row),
      rank: row.rank as number,
      batch: row.batch as string,
      requires: this.requirements(row.batch as string),
      bundlePath: row.bundle_path as string,
    }));
  }

  /** The batches that code of a batch is imported from, relative to the repository. */
  requirements(batch: string): SourceKey[] {
    return this.#sql.values("SELECT path FROM batch_requirement WHERE batch = ?", batch)
      .map(([path]) => path!);
  }

  /** Paths of all sources that extend a model type. */
  extensionSources(): SourceKey[] {
    return this.#sql.all("SELECT source_path FROM type WHERE kind = 'extension'")
      .map((row) => row.source_path as string);
  }

  /** The descriptor of what a source contributes under a kind. */
  descriptor(sourcePath: SourceKey, kind: ExtensionKind): Descriptor | undefined {
    const json = this.#sql.one(
      "SELECT json FROM descriptor WHERE source_path = ? AND kind = ?",
      sourcePath,
      kind,
    )?.json;
    return json === undefined ? undefined : JSON.parse(json as string);
  }

  /** Notes newer stat data of folders and files whose content is what it was. */
  settle(folders: readonly TrackedStat[], files: readonly TrackedFile[]): void {
    this.#database.transaction(() => putStats(this.#sql, folders, files)).immediate();
  }

  /** Writes a change as a whole. */
  commit(change: CatalogChange): void {
    this.#database.transaction(() => writeChange(this.#sql, change)).immediate();
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function trackedFile([path, stat, hash]: readonly string[]): TrackedFile {
  return { path: path!, stat: stat!, hash: hash! };
}
