import * as assert from "node:assert/strict";
import { Database, SqliteError } from "@db/sqlite";
import fc from "fast-check";

function people(): Database {
  const db = new Database(":memory:");
  db.exec("CREATE TABLE person (name TEXT UNIQUE, age INTEGER)");
  db.exec("INSERT INTO person VALUES ('Ada', 36), ('Grace', 85), ('Mary', 92)");
  return db;
}

Deno.test("run tells how many rows have changed", () => {
  using db = people();
  assert.equal(db.prepare("UPDATE person SET age = 0 WHERE age > ?").run(80), 2);
  assert.equal(db.prepare("DELETE FROM person").run(), 3);
  assert.equal(db.prepare("DELETE FROM person").run(), 0);
});

Deno.test("all gives every row as an object", () => {
  using db = people();
  assert.deepEqual(
    db.prepare("SELECT * FROM person WHERE age > ? ORDER BY age").all(80),
    [{ name: "Grace", age: 85 }, { name: "Mary", age: 92 }],
  );
});

Deno.test("values gives every row as a list", () => {
  using db = people();
  assert.deepEqual(
    db.prepare("SELECT * FROM person WHERE age > ? ORDER BY age").values(80),
    [["Grace", 85], ["Mary", 92]],
  );
});

Deno.test("get and value give the first row", () => {
  using db = people();
  using statement = db.prepare("SELECT * FROM person ORDER BY name");
  assert.deepEqual(statement.get(), { name: "Ada", age: 36 });
  assert.deepEqual(statement.value(), ["Ada", 36]);
});

Deno.test("without rows there is no first one", () => {
  using db = people();
  using statement = db.prepare("SELECT * FROM person WHERE name = ?");
  assert.deepEqual(statement.all("Bob"), []);
  assert.deepEqual(statement.values("Bob"), []);
  assert.equal(statement.get("Bob"), undefined);
  assert.equal(statement.value("Bob"), undefined);
});

Deno.test("rows come one by one", () => {
  using db = people();
  using statement = db.prepare("SELECT name FROM person WHERE age > ? ORDER BY name");
  assert.deepEqual([...statement.iter(40)], [{ name: "Grace" }, {
    name: "Mary",
  }]);
});

Deno.test("a statement is a list of its rows", () => {
  using db = people();
  using statement = db.prepare("SELECT name FROM person ORDER BY name");
  assert.deepEqual(Array.from(statement, (row) => row.name), ["Ada", "Grace", "Mary"]);
});

Deno.test("rows that are not read keep nothing locked", () => {
  using db = people();
  using statement = db.prepare("SELECT * FROM person");
  statement.get();
  for (const _row of statement.iter()) break;
  db.exec("DROP TABLE person");
  assert.throws(() => statement.get(), SqliteError);
});

Deno.test("rows that a change returns are read like others", () => {
  using db = people();
  const rows = db.prepare("UPDATE person SET age = age + 1 WHERE name = ? RETURNING *").all("Ada");
  assert.deepEqual(rows, [{ name: "Ada", age: 37 }]);
});

Deno.test("the columns have names, rows or not", () => {
  using db = people();
  assert.deepEqual(db.prepare("SELECT *, 1 AS one FROM person").columnNames(), [
    "name",
    "age",
    "one",
  ]);
  assert.deepEqual(db.prepare("DELETE FROM person").columnNames(), []);
});

Deno.test("of columns with the same name an object has the last", () => {
  using db = new Database(":memory:");
  assert.deepEqual(db.prepare("SELECT 1 AS a, 2 AS a").all(), [{ a: 2 }]);
  assert.deepEqual(db.prepare("SELECT 1 AS a, 2 AS a").values(), [[1, 2]]);
});

Deno.test("a statement keeps up with a table that grows", () => {
  using db = people();
  using statement = db.prepare("SELECT * FROM person WHERE name = 'Ada'");
  statement.get();
  db.exec("ALTER TABLE person ADD COLUMN born INTEGER DEFAULT 1815");
  assert.deepEqual(statement.get(), { name: "Ada", age: 36, born: 1815 });
  assert.deepEqual(statement.all(), [{ name: "Ada", age: 36, born: 1815 }]);
});

Deno.test("a statement tells its SQL, with and without values", () => {
  using db = people();
  using statement = db.prepare("SELECT * FROM person WHERE name = ?");
  assert.equal(statement.toString(), "SELECT * FROM person WHERE name = NULL");
  statement.bind("Ada").get();
  assert.equal(statement.sql, "SELECT * FROM person WHERE name = ?");
  assert.equal(statement.expandedSql, "SELECT * FROM person WHERE name = 'Ada'");
});

Deno.test("a statement belongs to its database", () => {
  using db = people();
  assert.equal(db.prepare("SELECT 1").db, db);
});

Deno.test("SQL with an error is refused with SQLite's words", () => {
  using db = people();
  assert.throws(() => db.prepare("SELEC"), {
    name: "SqliteError",
    code: 1,
    message: '1: near "SELEC": syntax error',
  });
  assert.throws(() => db.prepare("SELECT * FROM nowhere"), {
    code: 1,
    message: "1: no such table: nowhere",
  });
});

Deno.test("a violated constraint has the code 19", () => {
  using db = people();
  const violation = {
    code: 19,
    message: "19: UNIQUE constraint failed: person.name",
  };
  assert.throws(() => db.prepare("INSERT INTO person VALUES (?, ?)").run("Ada", 1), violation);
  assert.throws(() => db.exec("INSERT INTO person VALUES ('Ada', 1)"), violation);
});

Deno.test("rows come back as they went in", () => {
  const row = fc.record({
    name: fc.option(fc.string().filter((text) => !text.includes("\0"))),
    age: fc.option(fc.integer()),
    note: fc.option(fc.uint8Array()),
  }, { noNullPrototype: true });
  fc.assert(fc.property(fc.array(row), (rows) => {
    using db = new Database(":memory:");
    db.exec("CREATE TABLE person (name, age, note)");
    using insert = db.prepare("INSERT INTO person VALUES (:name, :age, :note)");
    for (const each of rows) insert.run(each);
    using select = db.prepare("SELECT * FROM person ORDER BY rowid");
    assert.deepEqual(select.all(), rows);
    assert.deepEqual([...select.iter()], rows);
    assert.deepEqual(select.values(), rows.map(({ age, name, note }) => [name, age, note]));
  }));
});
