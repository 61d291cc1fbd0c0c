import { deepEqual, equal, rejects } from "node:assert/strict";
import { MODEL_ID } from "./stored_data.ts";
import { withCatalog } from "./cataloged_data.ts";

const JSON_TYPE = { contentType: "application/json" };

Deno.test("a record tells what is known of the latest version", () =>
  withCatalog(async ({ put, query }) => {
    await put("main", "one");
    const { metadata: { id, createdAt } } = await put("main", "three");
    deepEqual(await query('name == "main"'), {
      predicate: 'name == "main"',
      results: [{
        ...{ id, name: "main", version: 2, createdAt, attributes: {} },
        tags: { type: "file", specName: "log", modelName: "t1" },
        ...{ modelName: "t1", modelType: "@acme/thing", specName: "log", dataType: "file" },
        ...{ contentType: "text/plain", lifetime: "infinite", lifecycle: "active" },
        ...{ ownerType: "model-method", streaming: false, size: 5, content: "" },
      }],
      ...{ total: 1, limited: false },
    });
  }));

Deno.test("attributes and content are there when somebody mentions them", () =>
  withCatalog(async ({ put, query }) => {
    await put("main", '{"n":1}', JSON_TYPE);
    const [record] = (await query("attributes.n == 1")).results as Record<string, unknown>[];
    deepEqual([record?.attributes, record?.content], [{ n: 1 }, ""]);
    const [text] = (await query('content.contains("n")')).results as Record<string, unknown>[];
    deepEqual([text?.attributes, text?.content], [{}, '{"n":1}']);
    deepEqual((await query("true", { select: "attributes.n + 1" })).results, [2]);
  }));

Deno.test("data that are no map in JSON have no attributes", () =>
  withCatalog(async ({ put, query }) => {
    await put("list", "[1]", JSON_TYPE);
    await put("broken", "{", JSON_TYPE);
    await put("text", '{"n":1}');
    deepEqual((await query("true", { select: "attributes" })).results, [{}, {}, {}]);
  }));

Deno.test("records on which the predicate fails do not match", () =>
  withCatalog(async ({ put, found }) => {
    await put("a", '{"n":5}', JSON_TYPE);
    await put("b", '{"n":"five"}', JSON_TYPE);
    await put("c", "text");
    deepEqual(await found("attributes.n > 3"), [["a", 1]]);
  }));

Deno.test("results come by model and name, whatever the order of writing", () =>
  withCatalog(async ({ put, found }) => {
    const ofModel = (modelName: string) => ({ tags: { type: "file", modelName } });
    await put("b", "x", ofModel("z"));
    await put("c", "x", ofModel("a"));
    await put("a", "x", ofModel("z"));
    deepEqual((await found()).map(([name]) => name), ["c", "a", "b"]);
  }));

Deno.test("a limit cuts the results, not their number", () =>
  withCatalog(async ({ put, query }) => {
    for (const name of ["a", "b", "c"]) await put(name, "x");
    const { results, total, limited } = await query("true", { limit: 2 });
    deepEqual([results.length, total, limited], [2, 3, true]);
    equal((await query("true", { limit: 3 })).limited, false);
  }));

Deno.test("a selection takes the place of records and of the predicate", () =>
  withCatalog(async ({ put, query }) => {
    await put("a", "x");
    await put("b", "xx");
    deepEqual(await query("true", { select: '{"n": name, "s": size}' }), {
      ...{ results: [{ n: "a", s: 1 }, { n: "b", s: 2 }], total: 2, limited: false },
    });
    deepEqual((await query("true", { select: "attributes.missing" })).results, [null, null]);
  }));

Deno.test("deleted data are counted and left out, unless the query is about them", () =>
  withCatalog(async ({ put, query, found }) => {
    await put("alive", "x");
    await put("gone", "{}", { lifecycle: "deleted" });
    await put("moved", "{}", { lifecycle: "deleted", renamedTo: "alive" });
    const { total, hidden } = await query();
    deepEqual({ total, hidden }, { total: 1, hidden: 2 });
    equal((await query("true", { all: true })).total, 3);
    deepEqual(await found('lifecycle == "deleted"'), [["gone", 1], ["moved", 1]]);
    deepEqual(await found('renamedTo == "alive"'), [["moved", 1]]);
  }));

Deno.test("data that do not tell their model have the name of the definition with its id", () =>
  withCatalog(async ({ put, query }) => {
    await put("report", "x", { tags: { type: "report" } });
    const { results } = await query('modelName == "t1"', { select: "name" });
    deepEqual(results, ["report"]);
  }));

Deno.test("nor is anything lost when that definition is gone", () =>
  withCatalog(async ({ put, query, definitions }) => {
    await put("report", "x", { tags: { type: "report" } });
    await definitions.remove((await definitions.find("t1")).path);
    deepEqual((await query("true", { select: "modelName" })).results, [MODEL_ID]);
  }));

Deno.test("a predicate that is no boolean for any record is a mistake", () =>
  withCatalog(async ({ put, query }) => {
    await put("main", '{"n":1}', JSON_TYPE);
    await rejects(query("attributes.n"), { code: "invalid_query", message: /a number\.$/ });
    await rejects(query("version"), { code: "invalid_query" });
  }));

Deno.test("a repository without data has no records", () =>
  withCatalog(async ({ query }) => {
    deepEqual(await query(), { predicate: "true", results: [], total: 0, limited: false });
  }));
