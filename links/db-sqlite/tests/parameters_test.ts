import * as assert from "node:assert/strict";
import { Database } from "@db/sqlite";

Deno.test("parameters are bound by position", () => {
  using db = new Database(":memory:");
  assert.deepEqual(db.prepare("SELECT ?, ?").value("a", 1), ["a", 1]);
});

Deno.test("a list as the only argument holds the parameters", () => {
  using db = new Database(":memory:");
  assert.deepEqual(db.prepare("SELECT ?, ?").value(["a", 1]), ["a", 1]);
});

Deno.test("numbered parameters are bound by their numbers", () => {
  using db = new Database(":memory:");
  assert.deepEqual(db.prepare("SELECT ?2, ?1").value("a", "b"), ["b", "a"]);
});

Deno.test("a record binds parameters by name", () => {
  using db = new Database(":memory:");
  assert.deepEqual(db.prepare("SELECT :a, :b").value({ b: 2, a: 1 }), [1, 2]);
});

Deno.test("names may have any of SQLite's prefixes", () => {
  using db = new Database(":memory:");
  assert.deepEqual(db.prepare("SELECT :a, $b, @c").value({ ":a": 1, "$b": 2, "@c": 3 }), [1, 2, 3]);
});

Deno.test("a name that the statement does not have is refused", () => {
  using db = new Database(":memory:");
  assert.throws(() => db.prepare("SELECT :a").value({ b: 1 }));
});

Deno.test("a name without a prefix stands for the one with a colon only", () => {
  using db = new Database(":memory:");
  assert.throws(() => db.prepare("SELECT $a").value({ a: 1 }));
});

Deno.test("more values than parameters are refused", () => {
  using db = new Database(":memory:");
  assert.throws(() => db.prepare("SELECT ?").value(1, 2));
});

Deno.test("each call has its own parameters", () => {
  using db = new Database(":memory:");
  using statement = db.prepare("SELECT ?");
  assert.deepEqual(statement.value("a"), ["a"]);
  assert.deepEqual(statement.value("b"), ["b"]);
});

Deno.test("bound parameters hold for all further calls", () => {
  using db = new Database(":memory:");
  using statement = db.prepare("SELECT ? AS a").bind("x");
  assert.deepEqual(statement.get(), { a: "x" });
  assert.deepEqual(statement.value(), ["x"]);
  assert.deepEqual([...statement], [{ a: "x" }]);
});

Deno.test("parameters are bound once", () => {
  using db = new Database(":memory:");
  using statement = db.prepare("SELECT ?").bind("x");
  assert.throws(() => statement.bind("y"));
  assert.throws(() => statement.value("y"));
});

Deno.test("expressions of a template are parameters", () => {
  using db = new Database(":memory:");
  assert.deepEqual(
    db.sql`SELECT ${"'; DROP TABLE person"} AS a, ${1} AS b, ${null} AS c`,
    [{ a: "'; DROP TABLE person", b: 1, c: null }],
  );
});

Deno.test("a template needs no expressions", () => {
  using db = new Database(":memory:");
  assert.deepEqual(db.sql`SELECT 1 AS a`, [{ a: 1 }]);
});
