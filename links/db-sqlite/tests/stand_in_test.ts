import * as assert from "node:assert/strict";
import { Database } from "../mod.ts";

// What only the stand-in does: it fails where the published package would
// answer in a way that the built-in engine does not allow, or not at all.

Deno.test("results that may be JSON are refused while they would have to be parsed", () => {
  using db = new Database(":memory:");
  for (const sql of ["json('[]')", "json_group_array(1)", "JSON_OBJECT()", "'{}' -> 'a'"]) {
    using statement = db.prepare(`SELECT ${sql}`);
    assert.throws(() => statement.value(), /parseJson/);
    assert.throws(() => statement.all(), /parseJson/);
    assert.throws(() => [...statement.iter()], /parseJson/);
  }
});

Deno.test("statements without JSON results are not taken for some with them", () => {
  using db = new Database(":memory:");
  assert.deepEqual(db.prepare(`SELECT 1 AS json, '{"a":1}' ->> 'a' AS a`).get(), { json: 1, a: 1 });
});

Deno.test("a list of parameters with more behind it is refused", () => {
  using db = new Database(":memory:");
  const statement = db.prepare("SELECT ?, ?");
  assert.throws(() => statement.value(...[["a"], "b"] as never), TypeError);
});

Deno.test("a finalized statement cannot be used", () => {
  using db = new Database(":memory:");
  const statement = db.prepare("SELECT 1");
  statement.finalize();
  statement.finalize();
  assert.throws(() => statement.get(), /finalized/);
});

Deno.test("a closed database cannot be used", () => {
  const db = new Database(":memory:");
  const statement = db.prepare("SELECT 1");
  db.close();
  assert.throws(() => statement.get());
  assert.throws(() => db.prepare("SELECT 1"));
  assert.throws(() => db.exec("SELECT 1"));
});

Deno.test("a locked database is not waited for by default", () => {
  using db = new Database(":memory:");
  assert.deepEqual(db.prepare("PRAGMA busy_timeout").value(), [0]);
});

Deno.test("nothing but node:sqlite is loaded", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--no-config", new URL("../mod.ts", import.meta.url).href],
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout));
  const foreign = modules.map((module: { specifier: string }) => module.specifier)
    .filter((specifier: string) => !specifier.startsWith(new URL("..", import.meta.url).href));
  assert.deepEqual(foreign, ["node:sqlite"]);
});
