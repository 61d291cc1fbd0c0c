import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { BindValue, RestBindParameters } from "./parameters.ts";
import { exactInteger } from "./rows.ts";
import { toSqliteError } from "./sqlite_error.ts";
import { Statement } from "./statement.ts";
import { createTransaction, type Transaction } from "./transaction.ts";

/** How a database is opened. */
export interface DatabaseOpenOptions {
  /** Whether the file may only be read, so that it has to exist. False by default. */
  readonly?: boolean;
  /** Whether a missing file is created. True by default. */
  create?: boolean;
  /** Whether the database is kept in memory, whatever the path. False by default. */
  memory?: boolean;
  /**
   * Whether integers of more than 32 bits can be read: as a number where that
   * is exact, otherwise as a bigint. False by default, which cuts them.
   */
  int64?: boolean;
  /** Whether results with SQLite's JSON subtype are parsed. True by default. */
  parseJson?: boolean;
}

/**
 * A connection to a SQLite database.
 *
 * ```ts
 * using db = new Database("people.db", { int64: true });
 * const born = db.prepare("SELECT born FROM person WHERE name = ?").value("Ada")?.[0];
 * ```
 */
export class Database {
  /** The path as it was given; of a URL its path. */
  readonly path: string;
  /** Whether integers of more than 32 bits can be read; see `DatabaseOpenOptions.int64`. */
  int64: boolean;
  /** Whether results with SQLite's JSON subtype are parsed. */
  parseJson: boolean;

  #native: DatabaseSync;
  #open = true;
  readonly #counters = new Map<string, StatementSync>();

  /**
   * Opens a database.
   *
   * @param path the file, by its path or its `file:` URL, or `:memory:`
   * @throws {SqliteError} with code 14 if the file cannot be opened or is
   * missing and not to be created
   */
  constructor(path: string | URL, options: DatabaseOpenOptions = {}) {
    this.path = path instanceof URL ? pathOf(path) : path;
    this.int64 = options.int64 ?? false;
    this.parseJson = options.parseJson ?? true;
    this.#native = openNative(this.path, options);
  }

  /** Whether the connection is open. */
  get open(): boolean {
    return this.#open;
  }

  /** Whether a transaction is under way. */
  get inTransaction(): boolean {
    return this.#open && this.#native.isTransaction;
  }

  /** Whether every statement is its own transaction: the opposite of `inTransaction`. */
  get autocommit(): boolean {
    return !this.#native.isTransaction;
  }

  /** The number of rows changed by the last `INSERT`, `UPDATE` or `DELETE`. */
  get changes(): number {
    return Number(this.#counter("changes"));
  }

  /** The number of rows changed since the connection was opened. */
  get totalChanges(): number {
    return Number(this.#counter("total_changes"));
  }

  /** The rowid of the row inserted last; 0 if there is none. */
  get lastInsertRowId(): number {
    return exactInteger(this.#counter("last_insert_rowid")) as number;
  }

  /**
   * Runs SQL and leaves its rows aside: any number of statements, or with
   * parameters exactly one.
   *
   * @returns the number of rows changed by the last statement that changed any
   * @throws {SqliteError} if SQLite refuses
   */
  exec(sql: string, ...params: RestBindParameters): number {
    if (params.length > 0) return this.prepare(sql).run(...params);
    try {
      this.#native.exec(sql);
    } catch (error) {
      throw toSqliteError(error);
    }
    return this.changes;
  }

  /** Same as {@linkcode exec}. */
  run(sql: string, ...params: RestBindParameters): number {
    return this.exec(sql, ...params);
  }

  /**
   * Prepares a statement.
   *
   * @throws {SqliteError} if the SQL has an error
   */
  prepare(sql: string): Statement {
    return new Statement(this, sql, this.#prepare(sql));
  }

  /**
   * Runs the SQL of a template with its expressions as parameters.
   *
   * ```ts
   * db.sql`SELECT name FROM person WHERE age > ${20}`; // [{ name: "Ada" }]
   * ```
   *
   * @returns the rows as objects
   */
  sql<T extends object = Record<string, unknown>>(
    strings: TemplateStringsArray,
    ...parameters: BindValue[]
  ): T[] {
    // As a list, or an object among them would be taken for named parameters.
    return this.prepare(strings.join("?")).all<T>(parameters);
  }

  /**
   * Wraps a synchronous function so that it runs in a transaction: committed
   * when it returns, rolled back when it throws. Called in a transaction, it
   * becomes a savepoint of that one.
   *
   * ```ts
   * const addAll = db.transaction((names: string[]) => {
   *   for (const name of names) insert.run(name);
   * });
   * addAll.immediate(["Ada", "Grace"]);
   * ```
   */
  transaction<T extends (...args: never[]) => unknown>(fn: T): Transaction<T> {
    return createTransaction(this, fn);
  }

  /** Closes the connection and releases its statements. A second call does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#counters.clear();
    this.#native.close();
  }

  /** Same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  #prepare(sql: string): StatementSync {
    try {
      return this.#native.prepare(sql);
    } catch (error) {
      throw toSqliteError(error);
    }
  }

  /** SQLite's counters are only to be had through the SQL functions of that name. */
  #counter(name: "changes" | "total_changes" | "last_insert_rowid"): bigint {
    let statement = this.#counters.get(name);
    if (!statement) {
      statement = this.#prepare(`SELECT ${name}() AS count`);
      statement.setReadBigInts(true);
      this.#counters.set(name, statement);
    }
    return statement.get()!.count as bigint;
  }
}

/** @throws {SqliteError} with code 14 if the file cannot be opened */
function openNative(path: string, options: DatabaseOpenOptions): DatabaseSync {
  const { create = true, memory = false, readonly = false } = options;
  const inMemory = memory || path === ":memory:";
  try {
    // SQLite itself has to refuse a missing file: a look beforehand leaves a gap.
    const location = inMemory ? ":memory:" : create || readonly ? path : existingFileUri(path);
    const native = new DatabaseSync(location, { readOnly: readonly });
    // The runtime waits 5 s for a lock where SQLite's own default is not to wait.
    native.exec("PRAGMA busy_timeout = 0");
    return native;
  } catch (error) {
    throw toSqliteError(error);
  }
}

/** https://sqlite.org/uri.html: `mode=rw` opens for reading and writing, but does not create. */
function existingFileUri(path: string): string {
  const escaped = path.replaceAll("%", "%25").replaceAll("?", "%3f").replaceAll("#", "%23");
  return `file:${escaped}?mode=rw`;
}

function pathOf(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}
