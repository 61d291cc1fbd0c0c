/**
 * SQLite for Deno: the part of `@db/sqlite` 0.13 that swamp uses, on the
 * engine that is built into the runtime.
 *
 * ```ts
 * import { Database } from "@db/sqlite";
 *
 * using db = new Database(":memory:");
 * db.exec("CREATE TABLE person (name TEXT, age INTEGER)");
 * db.exec("INSERT INTO person VALUES (?, ?)", "Ada", 36);
 * const ada = db.prepare("SELECT age FROM person WHERE name = :name").get({ name: "Ada" });
 * // { age: 36 }
 * ```
 *
 * @module
 */

export { Database, type DatabaseOpenOptions } from "./database.ts";
export type { BindParameters, BindValue, RestBindParameters } from "./parameters.ts";
export { SqliteError } from "./sqlite_error.ts";
export { Statement } from "./statement.ts";
export type { Transaction } from "./transaction.ts";
