import assert from "node:assert/strict";
import { listData } from "../../../src/libswamp/data/list.ts";
import { MODEL_ID, type Shelf, withShelf } from "./stored_data.ts";

const list = (shelf: Shelf, more: { type?: string; all?: boolean } = {}) =>
  listData(shelf, { model: "t1", all: false, ...more });

const ofType = (type: string) => ({ tags: { type } });

Deno.test("logs, files, resources and data come first, then other types, items by name", () =>
  withShelf(async (shelf) => {
    for (const type of ["report", "data", "resource", "file", "audit", "log"]) {
      await shelf.put(`${type}-b`, "x", ofType(type));
      await shelf.put(`${type}-a`, "x", ofType(type));
    }
    const { groups, total } = await list(shelf);
    assert.deepEqual(groups.map(({ type }) => type), [
      ...["log", "file", "resource", "data", "audit", "report"],
    ]);
    assert.deepEqual(groups[0]?.items.map(({ name }) => name), ["log-a", "log-b"]);
    assert.equal(total, 12);
  }));

Deno.test("the latest version of each name is listed", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "one");
    const { metadata: { id, createdAt } } = await shelf.put("main", "three");
    assert.deepEqual(await list(shelf), {
      modelId: MODEL_ID,
      modelName: "t1",
      modelType: "@acme/thing",
      groups: [{
        type: "file",
        items: [{
          ...{ id, name: "main", version: 2, contentType: "text/plain", type: "file" },
          ...{ streaming: false, size: 5, createdAt, lifecycle: "active" },
        }],
      }],
      total: 1,
    });
  }));

Deno.test("one type can be asked for; an unknown one is empty", () =>
  withShelf(async (shelf) => {
    await shelf.put("a", "x", ofType("resource"));
    await shelf.put("b", "x", ofType("file"));
    assert.equal((await list(shelf, { type: "resource" })).total, 1);
    assert.deepEqual((await list(shelf, { type: "nope" })).groups, []);
  }));

Deno.test("deleted data is left out and counted, unless all is asked for", () =>
  withShelf(async (shelf) => {
    await shelf.put("alive", "x");
    await shelf.put("gone", "x", { lifecycle: "deleted" });
    await shelf.put("moved", "x", { lifecycle: "deleted", renamedTo: "alive" });
    const { total, hidden } = await list(shelf);
    assert.deepEqual({ total, hidden }, { total: 1, hidden: 2 });
    const all = await list(shelf, { all: true });
    assert.equal(all.hidden, undefined);
    assert.deepEqual(
      all.groups[0]?.items.map(({ name, lifecycle, renamedTo }) => [name, lifecycle, renamedTo]),
      [["alive", "active", undefined], ["gone", "deleted", undefined], [
        "moved",
        "deleted",
        "alive",
      ]],
    );
  }));

Deno.test("a model without data has no groups", () =>
  withShelf(async (shelf) => {
    const { groups, total } = await list(shelf);
    assert.deepEqual({ groups, total }, { groups: [], total: 0 });
  }));
