import { Database } from "@db/sqlite";
import { CATALOG_KEY, type FieldEquality } from "../../domain/data/data_catalog.ts";
import {
  ALL_COLUMNS,
  type CatalogChange,
  columnOf,
  type DataKey,
  decodeEntry,
  encodeEntry,
  ENTRY_COLUMNS,
  type IndexedEntry,
  type IndexedField,
  type IndexedRow,
  type KnownFolder,
  rowDecoder,
  tablesOf,
} from "./catalog_rows.ts";
import { CATALOG_LAYOUT, CATALOG_SCHEMA } from "./catalog_schema.ts";
import { PreparedStatements } from "./prepared_statements.ts";

const CONTENT_COLUMNS = "type_normalized, model_id, data_name, content_stat, content";

/** Longest wait for another process that writes. The files tell the same, if not as fast. */
const BUSY_MILLISECONDS = 2000;

/**
 * The data catalog: the latest version of every name, in a database of its own. Reading takes only
 * SQLite's shared lock. Every method throws SQLite's errors as they are.
 */
export class CatalogStore implements Disposable {
  readonly #database: Database;
  readonly #sql: PreparedStatements;

  private constructor(path: string, create: boolean) {
    this.#database = new Database(path, { create, parseJson: false, int64: true });
    this.#sql = new PreparedStatements(this.#database);
    // What is taken out is overwritten: the content of data that were removed stays nowhere.
    this.#database.exec(`PRAGMA busy_timeout = ${BUSY_MILLISECONDS}; PRAGMA secure_delete = ON`);
  }

  /** Opens a catalog that exists. */
  static open(path: string): CatalogStore {
    return new CatalogStore(path, false);
  }

  /** Makes an empty catalog in a file that does not exist yet, or in memory: `:memory:`. */
  static create(path: string): CatalogStore {
    const store = new CatalogStore(path, true);
    store.#database.exec(CATALOG_SCHEMA);
    return store;
  }

  /** Whether the tables are those that this version of swamp knows. */
  hasKnownLayout(): boolean {
    const finished = this.#sql.one(
      "SELECT 1 FROM sqlite_schema WHERE name = 'catalog_meta'",
    ) !== undefined;
    if (!finished) return false;
    const layout = this.#sql.one("SELECT value FROM catalog_meta WHERE key = 'layout'");
    return layout?.value === CATALOG_LAYOUT;
  }

  /** Number of folders that were looked into. */
  folderCount(): number {
    return Number(this.#sql.one("SELECT count(*) AS n FROM catalog_folder")?.n);
  }

  /** Every folder that was looked into. */
  folders(): KnownFolder[] {
    return this.#folders("SELECT path, model, stat FROM catalog_folder");
  }

  /** The folders above those of names, and those of names whose stat does not tell every change. */
  upperFolders(): KnownFolder[] {
    return this.#folders(
      "SELECT path, model, stat FROM catalog_folder WHERE model = '' OR stat = ''",
    );
  }

  /** The folders of the names of a model. */
  foldersOf(model: string): KnownFolder[] {
    // A slash is followed by a zero in the order of characters.
    return this.#folders(
      "SELECT path, model, stat FROM catalog_folder WHERE path > ? AND path < ?",
      ...[`${model}/`, `${model}0`],
    );
  }

  /** The entries that meet all equalities, with key and some fields, sorted by model and name. */
  rows(
    fields: Iterable<IndexedField>,
    equalities: readonly FieldEquality[] = [],
  ): readonly IndexedRow[] {
    const wanted = [...new Set([...CATALOG_KEY, ...fields])];
    const conditions = equalities.map(({ field }) => `${columnOf(field)} = ?`);
    return this.#sql.values<unknown[]>(
      `SELECT ${wanted.map(columnOf).join(", ")} FROM ${tablesOf(wanted)}
        WHERE ${["true", ...conditions].join(" AND ")}
        ORDER BY model_name, data_name, type_normalized, model_id`,
      ...equalities.map(({ value }) => value),
    ).map(rowDecoder(wanted));
  }

  /** One entry, whole. */
  entry({ modelType, modelId, name }: DataKey): IndexedEntry | undefined {
    const values = this.#sql.first<unknown[]>(
      `SELECT ${ALL_COLUMNS} FROM ${tablesOf(["keptContent"])}
        WHERE type_normalized = ? AND model_id = ? AND data_name = ?`,
      ...[modelType, modelId, name],
    );
    return values === undefined ? undefined : decodeEntry(values);
  }

  /** Writes a change as a whole. */
  apply({ dropped, folders, entries, gone }: CatalogChange): void {
    this.#database.transaction(() => {
      for (const path of dropped) {
        this.#sql.run("DELETE FROM catalog_folder WHERE path = ?", path);
      }
      for (const folder of folders) this.#putFolder(folder);
      for (const key of gone) {
        this.#delete("catalog", key);
        this.#delete("catalog_content", key);
      }
      for (const entry of entries) this.#putEntry(entry);
      this.#sql.run("INSERT OR REPLACE INTO catalog_meta VALUES ('populated', 'true')");
    }).immediate();
  }

  /** Takes over all that another catalog knows. */
  copyFrom(other: CatalogStore): void {
    const rows = other.#sql.values<unknown[]>(
      `SELECT ${ALL_COLUMNS} FROM ${tablesOf(["keptContent"])}`,
    );
    this.#database.transaction(() => {
      for (const folder of other.folders()) this.#putFolder(folder);
      for (const row of rows) this.#putEntry(decodeEntry(row));
    })();
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #folders(sql: string, ...values: readonly string[]): KnownFolder[] {
    return this.#sql.values(sql, ...values)
      .map(([path = "", model = "", stat = ""]) => ({ path, model, stat }));
  }

  #putFolder({ path, model, stat }: KnownFolder): void {
    this.#sql.run("INSERT OR REPLACE INTO catalog_folder VALUES (?, ?, ?)", path, model, stat);
  }

  #putEntry(entry: IndexedEntry): void {
    const { modelType, modelId, name, contentStat, keptContent } = entry;
    this.#put("catalog", ENTRY_COLUMNS, encodeEntry(entry));
    if (contentStat === null || keptContent === null) this.#delete("catalog_content", entry);
    else {
      const values = [modelType, modelId, name, contentStat, keptContent];
      this.#put("catalog_content", CONTENT_COLUMNS, values);
    }
  }

  #put(table: string, columns: string, values: readonly (string | number)[]): void {
    const places = values.map(() => "?").join(", ");
    this.#sql.run(`INSERT OR REPLACE INTO ${table} (${columns}) VALUES (${places})`, ...values);
  }

  #delete(table: string, { modelType, modelId, name }: DataKey): void {
    this.#sql.run(
      `DELETE FROM ${table} WHERE type_normalized = ? AND model_id = ? AND data_name = ?`,
      ...[modelType, modelId, name],
    );
  }
}
