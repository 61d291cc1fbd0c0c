import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { thingRepository } from "../model_source.ts";
import { createModel, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";
import { isThere } from "../background_run.ts";

/** A repository with the model `t1`, which wrote resources `a` and `b` and a file. */
const repository = await thingRepository({
  sync: `await context.writeResource("state", "a", { size: 5, nested: { color: "red" } });
    await context.writeResource("state", "b", { size: 2 });
    await context.createFileWriter("log", "run-log").writeText("some text");`,
});
await createModel(repository, "@acme/thing", "t1");
await runMethod(repository, "t1", "sync");
Deno.test.afterAll(() => repository[Symbol.dispose]());

const CATALOG = ".swamp/data/_catalog.db";

const query = (...args: string[]) => succeeds(repository, ["data", "query", ...args]);
const namesOf = ({ results }: Run["json"]) => results.map(({ name }: Run["json"]) => name);

Deno.test("commands that do not query leave the catalog alone", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "sh");
  await runMethod(other, "sh", "execute", { run: "true" });
  await succeeds(other, ["data", "search"]);
  equal(isThere(other.path(CATALOG)), false);
  await succeeds(other, ["data", "query", "true"]);
  equal(isThere(other.path(CATALOG)), true);
  other.write(CATALOG, "garbage");
  await succeeds(other, ["data", "list", "sh"]);
  equal(Deno.readTextFileSync(other.path(CATALOG)), "garbage");
});

/** Predicates, and the data that they hold for. */
const PREDICATES: readonly (readonly [predicate: string, names: readonly string[]])[] = [
  ['modelName == "t1" && dataType == "resource"', ["a", "b"]],
  ['specName == "state" && attributes.size > 3', ["a"]],
  ['attributes.nested.color == "red"', ["a"]],
  ['content.contains("some")', ["run-log"]],
  ['tags.type == "file"', ["run-log"]],
  ['modelType == "@acme/thing" && name in ["b", "zz"]', ["b"]],
  ['name.startsWith("run") && version == 1 && !streaming', ["run-log"]],
  ['name == "nothing"', []],
];

for (const [predicate, names] of PREDICATES) {
  Deno.test(`data query '${predicate}'`, async () => {
    const document = await query(predicate);
    deepEqual(namesOf(document), names);
    equal(document.predicate, predicate);
    equal(document.total, names.length);
    equal(document.limited, false);
  });
}

Deno.test("a record has every field; attributes and content only when mentioned", async () => {
  const { results: [record] } = await query('name == "a"');
  match(record.id, /^[0-9a-f-]{36}$/);
  match(record.createdAt, /^\d{4}-\d\d-\d\dT/);
  deepEqual({ ...record, id: "", createdAt: "" }, {
    ...{ id: "", name: "a", version: 1, createdAt: "", attributes: {} },
    tags: { type: "resource", specName: "state", modelName: "t1" },
    ...{ modelName: "t1", modelType: "@acme/thing", specName: "state", dataType: "resource" },
    ...{ contentType: "application/json", lifetime: "infinite", lifecycle: "active" },
    ...{ ownerType: "model-method", streaming: false, size: 35, content: "" },
  });
  const { results: [other] } = await query('name == "a" && attributes.size == 5');
  deepEqual(other.attributes, { size: 5, nested: { color: "red" } });
});

Deno.test("--select makes results of records", async () => {
  deepEqual(await query('specName == "state"', "--select", "attributes.size"), {
    ...{ results: [5, 2], total: 2, limited: false },
  });
  deepEqual(
    (await query('specName == "state"', "--select", '{"n": name, "c": attributes.nested.color}'))
      .results,
    [{ n: "a", c: "red" }, null],
  );
});

Deno.test("--limit cuts the results; the total counts all", async () => {
  const { results, total, limited } = await query('modelName == "t1"', "--limit", "2");
  deepEqual([results.length, total, limited], [2, 5, true]);
});

Deno.test("people read a table, of a selection the bare values", async () => {
  const records = await repository.run(["data", "query", 'specName == "state"']);
  equal(records.stderr, "");
  match(records.stdout, /^NAME +MODEL +SPEC +TYPE +VERSION +SIZE$/m);
  match(records.stdout, /^2 results$/m);
  const values = await repository.run([
    ...["data", "query", 'specName == "state"', "--select", "name"],
  ]);
  equal(values.stdout, "a\nb\n");
  const maps = await repository.run([
    ...["data", "query", 'specName == "state"', "--select", '{"n": name}'],
  ]);
  match(maps.stdout, /^n\na\nb\n/);
  const nothing = await repository.run(["data", "query", "name == 'zz'"]);
  equal(nothing.stdout, "No matching data found.\n");
});

Deno.test("what changes between two queries is seen by the second", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "sh");
  await runMethod(other, "sh", "execute", { run: "true" }, ["--skip-reports"]);
  const found = async () => {
    const { results } = await succeeds(other, ["data", "query", "true"]);
    return results.map(({ name, version }: Run["json"]) => `${name} ${version}`);
  };
  deepEqual(await found(), ["log 1", "result 1"]);
  await runMethod(other, "sh", "execute", { run: "true" }, ["--skip-reports"]);
  deepEqual(await found(), ["log 2", "result 2"]);
  await succeeds(other, ["data", "rename", "sh", "result", "outcome"]);
  deepEqual(await found(), ["log 2", "outcome 1"]);
  await succeeds(other, ["model", "delete", "sh", "--force"]);
  deepEqual(await found(), []);
});

Deno.test("a damaged catalog is made anew with one warning", async () => {
  const before = namesOf(await query("true"));
  repository.write(CATALOG, "garbage ".repeat(100));
  const { code, stderr, json } = await repository.run(["--json", "data", "query", "true"]);
  equal(code, 0);
  deepEqual(namesOf(json), before);
  equal(stderr.trimEnd().split("\n").length, 1);
  match(stderr, /^warning: The data catalog is damaged and made anew/);
  deepEqual(namesOf(await query("true")), before);
});

Deno.test("a catalog of a swamp that laid it out otherwise is made anew", async () => {
  const before = namesOf(await query("true"));
  Deno.removeSync(repository.path(CATALOG));
  using catalog = new DatabaseSync(repository.path(CATALOG));
  catalog.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE catalog (data_name PRIMARY KEY, id, version, size);
    INSERT INTO catalog VALUES ('gone', 'x', 1, 0);
    CREATE TABLE catalog_meta (key PRIMARY KEY, value);
    INSERT INTO catalog_meta VALUES ('populated', 'true');`);
  deepEqual(namesOf(await query("true")), before);
});

/** Arguments of `data query` that make no sense, and what is said of them. */
const MISTAKES: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [[], /^A CEL predicate is required in non-interactive mode\.\nUsage: swamp data query '/],
  [["bogus == 1"], /^Unknown field "bogus" in query predicate\.\nAvailable: attributes, content, /],
  [["name =="], /^Unexpected token: EOF\n\n> +1 \| name ==\n +\^$/],
  [["name"], /^The query predicate must be true or false for a record, but it gives string\.$/],
  [["attributes.size"], /^The query predicate must be true or false/],
  [["true", "--select", "bogus"], /^Unknown field "bogus" in query selection\./],
  [["true", "--limit", "0"], /^Option "--limit" must be an integer of 1 or more, but got "0"\.$/],
];

for (const [args, message] of MISTAKES) {
  Deno.test(`data query ${args.join(" ")} is refused`, async () => {
    const { error, code } = await fails(repository, ["data", "query", ...args]);
    match(error, message);
    ok(code.length > 0);
  });
}
