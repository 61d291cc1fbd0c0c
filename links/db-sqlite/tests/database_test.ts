import * as assert from "node:assert/strict";
import { Database } from "@db/sqlite";
import { withFolder } from "./with_folder.ts";

const CANTOPEN = { name: "SqliteError", code: 14 };
const READONLY = { name: "SqliteError", code: 8 };

Deno.test("exec runs all statements and tells what the last change has changed", () => {
  using db = new Database(":memory:");
  assert.equal(
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1); INSERT INTO t VALUES (2), (3)"),
    2,
  );
  assert.equal(db.exec("INSERT INTO t VALUES (?)", 4), 1);
  assert.equal(db.run("DELETE FROM t WHERE a > :least", { least: 2 }), 2);
});

Deno.test("a pragma changes nothing", () => {
  using db = new Database(":memory:");
  assert.equal(db.exec("PRAGMA temp_store = memory"), 0);
});

Deno.test("a database counts changes and knows the last row", () => {
  using db = new Database(":memory:");
  assert.deepEqual([db.changes, db.totalChanges, db.lastInsertRowId], [0, 0, 0]);
  db.exec("CREATE TABLE t (a)");
  db.exec("INSERT INTO t VALUES (1), (2), (3)");
  db.exec("DELETE FROM t WHERE a = 1");
  assert.deepEqual([db.changes, db.totalChanges, db.lastInsertRowId], [1, 4, 3]);
});

Deno.test("a database is open until it is closed", () => {
  const db = new Database(":memory:");
  assert.equal(db.open, true);
  db.close();
  assert.equal(db.open, false);
  db.close();
});

Deno.test("a database closes at the end of its scope", () => {
  let seen: Database;
  {
    using db = new Database(":memory:");
    seen = db;
  }
  assert.equal(seen.open, false);
});

Deno.test("a file is created where there is none", () =>
  withFolder((folder) => {
    const path = `${folder}/new.db`;
    {
      using db = new Database(path);
      assert.equal(db.path, path);
      db.exec("CREATE TABLE t (a); INSERT INTO t VALUES ('kept')");
    }
    using again = new Database(path);
    assert.deepEqual(again.prepare("SELECT a FROM t").value(), ["kept"]);
  }));

Deno.test("a file goes by its URL, too", () =>
  withFolder((folder) => {
    const path = `${folder}/a b.db`;
    using db = new Database(new URL(`file://${folder}/a%20b.db`));
    db.exec("CREATE TABLE t (a)");
    assert.equal(db.path, path);
    assert.ok(Deno.statSync(path).isFile);
  }));

Deno.test("a missing file is not created unless wanted", () =>
  withFolder((folder) => {
    assert.throws(() => new Database(`${folder}/new.db`, { create: false }), CANTOPEN);
    assert.throws(() => new Database(`${folder}/new.db`, { readonly: true }), CANTOPEN);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("a file that is there opens without create, whatever its name", () =>
  withFolder((folder) => {
    for (const name of ["plain.db", "a?b.db", "a#b.db", "100%41.db", "ü ñ.db"]) {
      const path = `${folder}/${name}`;
      new Database(path).exec("CREATE TABLE t (a)");
      using db = new Database(path, { create: false });
      assert.equal(db.exec("INSERT INTO t VALUES (1)"), 1);
    }
    assert.equal([...Deno.readDirSync(folder)].length, 5);
  }));

Deno.test("a folder that is missing is not created", () =>
  withFolder((folder) => {
    assert.throws(() => new Database(`${folder}/missing/new.db`), CANTOPEN);
  }));

Deno.test("a database that is read only can be read, not written", () =>
  withFolder((folder) => {
    const path = `${folder}/fixed.db`;
    new Database(path).exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    Deno.chmodSync(folder, 0o555);
    using db = new Database(path, { readonly: true });
    assert.deepEqual(db.prepare("SELECT a FROM t").value(), [1]);
    assert.throws(() => db.exec("INSERT INTO t VALUES (2)"), READONLY);
    assert.throws(() => db.prepare("INSERT INTO t VALUES (?)").run(2), READONLY);
    Deno.chmodSync(folder, 0o755);
  }));

Deno.test("a database in memory leaves no file", () =>
  withFolder((folder) => {
    using db = new Database(`${folder}/none.db`, { memory: true });
    db.exec("CREATE TABLE t (a)");
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("a file that is no database has the code 26", () =>
  withFolder((folder) => {
    const path = `${folder}/text.db`;
    Deno.writeTextFileSync(path, "no database ".repeat(100));
    using db = new Database(path);
    assert.throws(() => db.exec("CREATE TABLE t (a)"), {
      name: "SqliteError",
      code: 26,
    });
    assert.throws(() => db.prepare("SELECT * FROM sqlite_schema"), {
      code: 26,
    });
  }));

Deno.test("foreign keys are enforced", () => {
  using db = new Database(":memory:");
  db.exec("CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a)");
  assert.throws(() => db.exec("INSERT INTO b VALUES (1)"), {
    name: "SqliteError",
    code: 19,
  });
});

Deno.test("texts are found by any part of them", () => {
  using db = new Database(":memory:");
  db.exec("CREATE VIRTUAL TABLE note USING fts5(body, tokenize = 'trigram')");
  db.exec("INSERT INTO note VALUES ('an internet gateway'), ('a route table')");
  assert.deepEqual(
    db.prepare("SELECT body FROM note WHERE note MATCH ?").all("rnet"),
    [{ body: "an internet gateway" }],
  );
});
