import assert from "node:assert/strict";
import { type DataDocument, getData, type GetDataRequest } from "../../../src/libswamp/data/get.ts";
import { MODEL_ID, type Shelf, withShelf } from "./stored_data.ts";

function get(
  shelf: Shelf,
  name: string,
  more: Partial<GetDataRequest> = {},
): Promise<DataDocument> {
  return getData({
    ...shelf,
    relativePath: (path) => path.slice(shelf.layout.root.length + 1),
  }, { model: "t1", name, withContent: true, ...more });
}

Deno.test("data comes with everything that is known of it and its content", () =>
  withShelf(async (shelf) => {
    const { metadata } = await shelf.put("main", '{"n":1}', { contentType: "application/json" });
    const { id, createdAt, checksum, ...rest } = await get(shelf, "main");
    assert.deepEqual({ id, createdAt, checksum }, {
      id: metadata.id,
      createdAt: metadata.createdAt,
      checksum: metadata.checksum,
    });
    assert.deepEqual(rest, {
      name: "main",
      modelId: MODEL_ID,
      modelName: "t1",
      modelType: "@acme/thing",
      version: 1,
      contentType: "application/json",
      lifetime: "infinite",
      garbageCollection: 2,
      streaming: false,
      tags: { type: "file", specName: "log", modelName: "t1" },
      ownerDefinition: { ownerType: "model-method", ownerRef: MODEL_ID },
      size: 7,
      lifecycle: "active",
      contentPath: `.swamp/data/@acme/thing/${MODEL_ID}/main/1/raw`,
      content: { n: 1 },
    });
  }));

Deno.test("the latest version is given unless another one is asked for", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "one");
    await shelf.put("main", "two");
    assert.equal((await get(shelf, "main")).content, "two");
    assert.equal((await get(shelf, "main", { version: 1 })).content, "one");
  }));

Deno.test("content can be left out", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "one");
    assert.equal("content" in await get(shelf, "main", { withContent: false }), false);
  }));

Deno.test("JSON that does not parse is text", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "{", { contentType: "application/json; charset=utf-8" });
    assert.equal((await get(shelf, "main")).content, "{");
  }));

Deno.test("bytes that are no text come in base64", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", new Uint8Array([255, 254, 0, 1]));
    const { content, contentEncoding } = await get(shelf, "main");
    assert.deepEqual({ content, contentEncoding }, {
      content: "//4AAQ==",
      contentEncoding: "base64",
    });
  }));

Deno.test("content that is not what was written is shown with a warning", () =>
  withShelf(async (shelf) => {
    const { contentPath } = await shelf.put("main", "one");
    await Deno.writeTextFile(contentPath, "eno");
    const { content, warnings } = await get(shelf, "main");
    assert.equal(content, "eno");
    assert.deepEqual(warnings?.map(({ code }) => code), ["checksum_mismatch"]);
  }));

Deno.test("missing content is a warning, not a failure", () =>
  withShelf(async (shelf) => {
    const { contentPath } = await shelf.put("main", "one");
    await Deno.remove(contentPath);
    const document = await get(shelf, "main");
    assert.equal("content" in document, false);
    assert.deepEqual(document.warnings?.map(({ code }) => code), ["content_missing"]);
  }));

Deno.test("deleted data says so", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "{}", { lifecycle: "deleted" });
    assert.equal((await get(shelf, "main")).lifecycle, "deleted");
  }));

Deno.test("a renamed name leads to the data under its new name, over several renames", () =>
  withShelf(async (shelf) => {
    await shelf.put("a", "{}", { lifecycle: "deleted", renamedTo: "b" });
    await shelf.put("b", "{}", { lifecycle: "deleted", renamedTo: "c" });
    await shelf.put("c", "here");
    const { name, content } = await get(shelf, "a");
    assert.deepEqual([name, content], ["c", "here"]);
    const { renamedTo } = await get(shelf, "a", { version: 1 });
    assert.equal(renamedTo, "b");
  }));

Deno.test("renames that go round in a circle come to an end", () =>
  withShelf(async (shelf) => {
    await shelf.put("a", "{}", { lifecycle: "deleted", renamedTo: "b" });
    await shelf.put("b", "{}", { lifecycle: "deleted", renamedTo: "a" });
    assert.equal((await get(shelf, "a")).lifecycle, "deleted");
  }));

Deno.test("what is not there is told with model and version, and what was probably meant", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "one");
    await assert.rejects(get(shelf, "mian"), {
      code: "data_not_found",
      message: 'Data not found: "mian" for model "t1"',
      fields: { hint: 'Did you mean "main"?' },
    });
    await assert.rejects(get(shelf, "main", { version: 99 }), {
      message: 'Data not found: "main" for model "t1" (version 99)',
    });
    await assert.rejects(get(shelf, "latest"), { code: "data_not_found" });
  }));

Deno.test("a name that leads elsewhere is refused with the rule for names", () =>
  withShelf(async (shelf) => {
    for (const name of ["../../x", "a/b"]) {
      await assert.rejects(get(shelf, name), {
        code: "invalid_data_name",
        message:
          `Data name must not contain '..', '/', '\\', or null bytes (path traversal): "${name}"`,
      });
    }
  }));

Deno.test("data of an unknown model is not there", () =>
  withShelf((shelf) =>
    assert.rejects(get(shelf, "main", { model: "nobody" }), { code: "model_not_found" })
  ));
