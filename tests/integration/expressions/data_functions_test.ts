import { deepEqual, equal, rejects } from "node:assert/strict";
import { queryRecords, type RecordSearch } from "../../../src/libswamp/data/query_records.ts";
import { type ExpressionLab, withExpressions } from "./expression_lab.ts";

/** The value of an expression. */
async function valueOf(lab: ExpressionLab, source: string): Promise<unknown> {
  const name = `m${crypto.randomUUID()}`;
  await lab.define(name, `globalArguments:\n  x: ${JSON.stringify(`\${{ ${source} }}`)}\n`);
  const { globalArguments, unresolved } = await lab.evaluate(name);
  return unresolved === undefined ? globalArguments.x : unresolved[0]?.reason;
}

async function records(lab: ExpressionLab, search: RecordSearch): Promise<readonly unknown[]> {
  using catalog = await lab.openCatalog();
  return await queryRecords(catalog, search);
}

Deno.test("the latest version of data is found by the names of model and data", () =>
  withExpressions(async (lab) => {
    await lab.define("my src", "");
    await lab.write("my src", "main", { n: 1 });
    await lab.write("my src", "main", { n: 2 });
    equal(await valueOf(lab, 'data.latest("my src", "main").attributes.n + 1'), 3);
    equal(await valueOf(lab, 'data.latest("my src", "main").version'), 2);
    equal(await valueOf(lab, 'data.version("my src", "main", 1).attributes.n'), 1);
    equal(await valueOf(lab, 'data.version("my src", "main", 3) == null'), true);
    equal(await valueOf(lab, 'data.latest("my src", "gone")'), null);
    equal(await valueOf(lab, 'data.latest("nosuch", "main")'), null);
    deepEqual(await valueOf(lab, 'data.listVersions("my src", "main")'), [1, 2]);
    equal(await valueOf(lab, '["main"].map(n, data.latest("my src", n).name)[0]'), "main");
  }));

Deno.test("vary values are added to the name, and must be plain names", () =>
  withExpressions(async (lab) => {
    await lab.define("src", "");
    await lab.write("src", "st-dev-eu", { n: 1 });
    equal(await valueOf(lab, 'data.latest("src", "st", ["dev", "eu"]).attributes.n'), 1);
    equal(await valueOf(lab, 'data.version("src", "st", ["dev", "eu"], 1).name'), "st-dev-eu");
    deepEqual(await valueOf(lab, 'data.listVersions("src", "st", ["dev", "eu"])'), [1]);
    equal(
      await valueOf(lab, 'data.latest("src", "st", [""])'),
      "Vary value at index 0 must be a non-empty string",
    );
    equal(
      await valueOf(lab, 'data.latest("src", "st", ["a", "b/c"])'),
      "Vary value at index 1 contains path separator characters: b/c",
    );
    equal(
      await valueOf(lab, 'data.latest("src", "st", [".."])'),
      "Vary value at index 0 must not be a relative path component: ..",
    );
  }));

Deno.test("data is found by spec and by tag, over all models", () =>
  withExpressions(async (lab) => {
    await lab.define("a", "");
    await lab.define("b", "");
    await lab.write("a", "one", { n: 1 }, {
      tags: { type: "resource", specName: "st", env: "dev" },
    });
    await lab.write("a", "two", { n: 2 });
    await lab.write("b", "three", { n: 3 }, {
      tags: { type: "resource", specName: "x", env: "dev" },
    });
    deepEqual(await valueOf(lab, 'data.findBySpec("a", "st").map(r, r.attributes.n)'), [1, 2]);
    const found = await valueOf(lab, 'data.findByTag("env", "dev").map(r, r.modelName + r.name)');
    deepEqual((found as string[]).sort(), ["aone", "bthree"]);
    deepEqual(await valueOf(lab, 'data.findBySpec("nosuch", "st")'), []);
  }));

Deno.test("file.contents gives the text of the first file of a spec", () =>
  withExpressions(async (lab) => {
    await lab.define("a", "");
    const stored = { tags: { type: "file", specName: "doc" }, contentType: "text/plain" };
    await lab.write("a", "readme", "hello ${{ x }}", stored);
    equal(await valueOf(lab, 'file.contents("a", "doc")'), "hello $${{ x }}");
    equal(await valueOf(lab, 'file.contents("a", "gone")'), null);
  }));

Deno.test("data of a model that was made anew is found under its name", () =>
  withExpressions(async (lab) => {
    const id = await lab.define("a", "");
    await lab.write("a", "main", { n: 1 });
    await Deno.remove(`${lab.layout.models}/@acme/bag/${id}.yaml`);
    await lab.define("a", "");
    equal(await valueOf(lab, 'data.latest("a", "main").attributes.n'), 1);
    await lab.write("a", "main", { n: 2 });
    equal(await valueOf(lab, 'data.latest("a", "main").attributes.n'), 2);
  }));

Deno.test("a query is CEL over the fields of all records", () =>
  withExpressions(async (lab) => {
    await lab.define("a", "");
    await lab.write("a", "one", { size: 5 });
    await lab.write("a", "two", { size: 1 });
    await lab.write("a", "bare", {});
    const query = (predicate: string, select?: string) => records(lab, { predicate, select });
    deepEqual(await query("attributes.size > 3", "name"), ["one"]);
    deepEqual(await query('modelName == "a" && specName == "st"', "attributes.size + 1"), [
      null,
      6,
      2,
    ]);
    deepEqual(await query("true", "{'n': name, 'v': version}"), [
      { n: "bare", v: 1 },
      { n: "one", v: 1 },
      { n: "two", v: 1 },
    ]);
    const [record] = await query('name == "one"') as Record<string, unknown>[];
    deepEqual([record?.attributes, record?.content, record?.size], [{}, "", 10]);
    equal(await valueOf(lab, "data.query('attributes.size > 3', 'name')[0]"), "one");
  }));

Deno.test("a query that is no CEL, or has unknown fields, is refused", () =>
  withExpressions(async (lab) => {
    for (const query of [{ predicate: "nmae == 1" }, { predicate: "true", select: "name +" }]) {
      await rejects(records(lab, query), { code: "invalid_query" });
    }
  }));

Deno.test("at most a hundred records are given unless told", () =>
  withExpressions(async (lab) => {
    await lab.define("a", "");
    for (let count = 0; count < 101; count++) await lab.write("a", `d${count}`, {});
    equal((await records(lab, { predicate: "true" })).length, 100);
    equal((await records(lab, { predicate: "true", limit: 3 })).length, 3);
  }));
