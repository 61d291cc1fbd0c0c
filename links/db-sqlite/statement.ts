import type { StatementSync } from "node:sqlite";
import type { Database } from "./database.ts";
import {
  type NativeParameters,
  type RestBindParameters,
  toNativeParameters,
} from "./parameters.ts";
import { decodeRow, type NativeValue, toObject } from "./rows.ts";
import { toSqliteError } from "./sqlite_error.ts";

/** The runtime's own types lack this one. */
interface NativeStatement extends StatementSync {
  setReturnArrays(enabled: boolean): void;
}

/** Functions and operators whose results carry SQLite's JSON subtype. */
const JSON_RESULT = /\bjsonb?(_\w+)?\s*\(|->(?!>)/i;

/**
 * A prepared statement, made by `Database.prepare`.
 *
 * Its methods run it from the start, each with the parameters given to the
 * call; see `BindValue` for what a parameter can be. A record of parameters is
 * bound by name, anything else by position.
 */
export class Statement {
  /** The database that the statement belongs to. */
  readonly db: Database;
  /** The SQL text that the statement was prepared from. */
  readonly sql: string;

  #native: StatementSync | undefined;
  #bound: NativeParameters | undefined;
  #columns: string[] | undefined;
  #int64: boolean | undefined;
  #parseJson: boolean | undefined;

  /** Use `Database.prepare`, which makes the native statement. */
  constructor(db: Database, sql: string, native: StatementSync) {
    this.db = db;
    this.sql = sql;
    this.#native = native;
    // Lists are half the price of the objects that node:sqlite makes, and only
    // bigints tell an INTEGER from a REAL.
    (native as NativeStatement).setReturnArrays(true);
    native.setReadBigInts(true);
    native.setAllowBareNamedParameters(false);
  }

  /** The SQL text with the values bound last in place of the parameters. */
  get expandedSql(): string {
    return this.#open().expandedSQL;
  }

  /** The names of the result's columns, in order; none if there is no result. */
  columnNames(): string[] {
    this.#columns = this.#open().columns().map((column) => column.name);
    return [...this.#columns];
  }

  /**
   * Runs the statement and leaves its rows aside.
   *
   * @returns the number of rows that it inserted, updated or deleted
   * @throws {SqliteError} if SQLite refuses
   */
  run(...params: RestBindParameters): number {
    const native = this.#open();
    const values = this.#values(params);
    return attempt(() => Number(native.run(...values as []).changes));
  }

  /** Every row of the result, as objects with the columns' names as keys. */
  all<T extends object = Record<string, unknown>>(...params: RestBindParameters): T[] {
    const rows = this.values(...params);
    const names = rows.length > 0 ? this.#names(rows[0]!.length) : [];
    for (let i = 0; i < rows.length; i++) {
      (rows as unknown[])[i] = toObject(rows[i]!, names);
    }
    return rows as unknown as T[];
  }

  /** Every row of the result, as lists of values in the columns' order. */
  values<T extends unknown[] = unknown[]>(...params: RestBindParameters): T[] {
    const native = this.#open();
    const int64 = this.#reading();
    const values = this.#values(params);
    const rows = attempt(() => native.all(...values as [])) as unknown as NativeValue[][];
    for (let i = 0; i < rows.length; i++) decodeRow(rows[i]!, int64);
    return rows as unknown as T[];
  }

  /** The first row as an object; undefined if there is none. */
  get<T extends object = Record<string, unknown>>(...params: RestBindParameters): T | undefined {
    const row = this.value(...params);
    return row && toObject(row, this.#names(row.length)) as T;
  }

  /** The first row as a list of values; undefined if there is none. */
  value<T extends unknown[] = unknown[]>(...params: RestBindParameters): T | undefined {
    const native = this.#open();
    const int64 = this.#reading();
    const values = this.#values(params);
    const row = attempt(() => native.get(...values as [])) as unknown as
      | NativeValue[]
      | undefined;
    return row && decodeRow(row, int64) as T;
  }

  /** The rows as objects, read one by one as they are asked for. */
  *iter<T extends object = Record<string, unknown>>(
    ...params: RestBindParameters
  ): IterableIterator<T> {
    const native = this.#open();
    const int64 = this.#reading();
    const values = this.#values(params);
    const rows = attempt(() => native.iterate(...values as []));
    try {
      for (let next = step(rows); !next.done; next = step(rows)) {
        const row = decodeRow(next.value as unknown as NativeValue[], int64);
        yield toObject(row, this.#names(row.length)) as T;
      }
    } finally {
      // A statement that is left half read would keep its tables locked.
      rows.return?.();
    }
  }

  /** The rows of the statement as it is bound, one by one. */
  [Symbol.iterator](): IterableIterator<Record<string, unknown>> {
    return this.iter();
  }

  /**
   * Fixes the parameters for all further calls, which then take none.
   *
   * @throws {Error} if the parameters are fixed already
   */
  bind(...params: RestBindParameters): this {
    this.#bound = this.#values(params);
    return this;
  }

  /** Reads integers of up to 64 bits, as a bigint where a number would be inexact. */
  enableInt64(): this {
    this.#int64 = true;
    return this;
  }

  /** Reads the low 32 bits of integers. */
  disableInt64(): this {
    this.#int64 = false;
    return this;
  }

  /** Reads integers as the database's `int64` says. */
  defaultInt64(): this {
    this.#int64 = undefined;
    return this;
  }

  /** Parses results with the JSON subtype; not to be had here, see the README. */
  enableParseJson(): this {
    this.#parseJson = true;
    return this;
  }

  /** Leaves results with the JSON subtype as text. */
  disableParseJson(): this {
    this.#parseJson = false;
    return this;
  }

  /** Treats results with the JSON subtype as the database's `parseJson` says. */
  defaultParseJson(): this {
    this.#parseJson = undefined;
    return this;
  }

  /** Releases the statement, which cannot be used any more. A second call does nothing. */
  finalize(): void {
    this.#native = undefined;
  }

  /** Same as {@linkcode finalize}. */
  [Symbol.dispose](): void {
    this.finalize();
  }

  /** Same as {@linkcode expandedSql}. */
  toString(): string {
    return this.expandedSql;
  }

  #open(): StatementSync {
    if (!this.#native) throw new Error("The statement has been finalized");
    return this.#native;
  }

  #values(params: RestBindParameters): NativeParameters {
    if (!this.#bound) return toNativeParameters(params);
    if (params.length > 0) {
      throw new Error("The statement's parameters are bound already");
    }
    return this.#bound;
  }

  /**
   * Whether integers are read with 64 bits; to be asked before rows are read.
   *
   * @throws {Error} if the result may have the JSON subtype, which
   * `node:sqlite` does not show, and is not to be left as text
   */
  #reading(): boolean {
    if ((this.#parseJson ?? this.db.parseJson) && JSON_RESULT.test(this.sql)) {
      throw new Error(
        "Results of SQLite's JSON functions are only available as text: " +
          "open the database with parseJson: false, or call disableParseJson() on the statement",
      );
    }
    return this.#int64 ?? this.db.int64;
  }

  /** `SELECT *` can grow between two runs, so names are only kept while they fit. */
  #names(count: number): readonly string[] {
    if (this.#columns?.length !== count) this.columnNames();
    return this.#columns!;
  }
}

function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw toSqliteError(error);
  }
}

function step<T>(iterator: Iterator<T>): IteratorResult<T> {
  return attempt(() => iterator.next());
}
