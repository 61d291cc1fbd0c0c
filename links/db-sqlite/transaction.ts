import type { Database } from "./database.ts";

/**
 * A function that runs in a transaction: see `Database.transaction`.
 *
 * Called as it is, or as `default`, the transaction starts with `BEGIN`; the
 * other properties choose the kind of lock
 * (https://sqlite.org/lang_transaction.html).
 */
export type Transaction<T extends (...args: never[]) => unknown> =
  & ((...args: Parameters<T>) => ReturnType<T>)
  & {
    /** Starts with `BEGIN`. */
    default: Transaction<T>;
    /** Starts with `BEGIN DEFERRED`: locks come with the first read or write. */
    deferred: Transaction<T>;
    /** Starts with `BEGIN IMMEDIATE`: holds the write lock from the start. */
    immediate: Transaction<T>;
    /** Starts with `BEGIN EXCLUSIVE`: holds the database alone from the start. */
    exclusive: Transaction<T>;
  };

/** The SQL that opens, keeps and undoes a unit of work. */
interface Bracket {
  begin: string;
  commit: string;
  rollback: readonly string[];
}

const SAVEPOINT: Bracket = {
  begin: "SAVEPOINT nested",
  commit: "RELEASE nested",
  rollback: ["ROLLBACK TO nested", "RELEASE nested"],
};

/** Wraps a function so that it runs in a transaction of the database. */
export function createTransaction<T extends (...args: never[]) => unknown>(
  db: Database,
  fn: T,
): Transaction<T> {
  const variants = {
    default: variant(db, fn, "BEGIN"),
    deferred: variant(db, fn, "BEGIN DEFERRED"),
    immediate: variant(db, fn, "BEGIN IMMEDIATE"),
    exclusive: variant(db, fn, "BEGIN EXCLUSIVE"),
  };
  for (const each of Object.values(variants)) Object.assign(each, variants);
  return variants.default as Transaction<T>;
}

function variant<T extends (...args: never[]) => unknown>(db: Database, fn: T, begin: string) {
  return function (this: unknown, ...args: Parameters<T>): ReturnType<T> {
    const bracket = db.inTransaction
      ? SAVEPOINT
      : { begin, commit: "COMMIT", rollback: ["ROLLBACK"] };
    db.exec(bracket.begin);
    try {
      const result = fn.apply(this, args) as ReturnType<T>;
      db.exec(bracket.commit);
      return result;
    } catch (error) {
      // Some errors, such as a full disk, have ended the transaction already.
      if (db.inTransaction) {
        for (const sql of bracket.rollback) db.exec(sql);
      }
      throw error;
    }
  };
}
