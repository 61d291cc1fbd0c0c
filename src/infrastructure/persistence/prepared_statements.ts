import type { Database, Statement } from "@db/sqlite";

/** A row as SQLite gives it: column → value. */
export type Row = Record<string, unknown>;

type Value = string | number;

/** Statements of one database, each prepared at its first use. */
export class PreparedStatements {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Runs a statement that gives no rows. */
  run(sql: string, ...values: readonly Value[]): void {
    this.#prepared(sql).run(...values);
  }

  /** Every row of a query. */
  all(sql: string, ...values: readonly Value[]): Row[] {
    return this.#prepared(sql).all(...values);
  }

  /** Every row of a query as lists, the cheapest form; of text unless told. */
  values<T extends unknown[] = string[]>(sql: string, ...values: readonly Value[]): T[] {
    return this.#prepared(sql).values<T>(...values);
  }

  /** The first row of a query as a list, `undefined` if there is none. */
  first<T extends unknown[]>(sql: string, ...values: readonly Value[]): T | undefined {
    return this.#prepared(sql).value<T>(...values);
  }

  /** The first row of a query, `undefined` if there is none. */
  one(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  #prepared(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
