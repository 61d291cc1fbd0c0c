import { deepEqual, equal } from "node:assert/strict";
import { Database } from "@db/sqlite";
import { join } from "@std/path";
import { type CatalogShelf, withCatalog } from "./cataloged_data.ts";
import { MODEL_ID } from "./stored_data.ts";

const JSON_TYPE = { contentType: "application/json" };
const SCOPE = { type: "@acme/thing", modelId: MODEL_ID };

/** The content that the catalog keeps, by name. */
function kept({ file }: CatalogShelf): Record<string, unknown> {
  using database = new Database(file);
  const rows = database.prepare("SELECT data_name, content FROM catalog_content").values();
  return Object.fromEntries(rows as [string, string][]);
}

function rawOf({ layout }: CatalogShelf, name: string): string {
  return join(layout.data, "@acme", "thing", MODEL_ID, name, "1", "raw");
}

Deno.test("small text is kept in the catalog, large content and bytes are not", () =>
  withCatalog(async (shelf) => {
    await shelf.put("small", '{"n":1}', JSON_TYPE);
    await shelf.put("large", "x".repeat(5000));
    await shelf.put("bytes", new Uint8Array([0xff, 0xfe]));
    await shelf.put("zero", "a\0b");
    await shelf.query();
    deepEqual(kept(shelf), { small: '{"n":1}' });
    const { results } = await shelf.query("size > 0", { select: "content.size()" });
    deepEqual(results, [2, 5000, 7, 3]);
  }));

Deno.test("content that was changed by hand is read from its file", () =>
  withCatalog(async (shelf) => {
    await shelf.put("main", '{"n":1}', JSON_TYPE);
    await shelf.query("attributes.n == 1");
    Deno.writeTextFileSync(rawOf(shelf, "main"), '{"n":2}');
    deepEqual(await shelf.found("attributes.n == 1"), []);
    deepEqual(await shelf.found("attributes.n == 2"), [["main", 1]]);
    deepEqual((await shelf.query("true", { select: "attributes.n" })).results, [2]);
  }));

Deno.test("content that is not what its checksum says is never kept", () =>
  withCatalog(async (shelf) => {
    await shelf.put("main", '{"n":1}', JSON_TYPE);
    Deno.writeTextFileSync(rawOf(shelf, "main"), '{"n":2}');
    deepEqual(await shelf.found("attributes.n == 2"), [["main", 1]]);
    deepEqual(kept(shelf), {});
  }));

Deno.test("data whose content is gone have no attributes", () =>
  withCatalog(async (shelf) => {
    await shelf.put("main", '{"n":1}', JSON_TYPE);
    await shelf.query();
    Deno.removeSync(rawOf(shelf, "main"));
    deepEqual((await shelf.query("true", { select: "attributes" })).results, [{}]);
  }));

Deno.test("what is removed does not live on in the catalog", () =>
  withCatalog(async (shelf) => {
    await shelf.put("main", '{"text":"remember me"}', JSON_TYPE);
    await shelf.put("other", "{}", JSON_TYPE);
    await shelf.query();
    await shelf.data.remove(SCOPE, "main");
    using catalog = shelf.open();
    await catalog.forgetRemoved();
    deepEqual(kept(shelf), { other: "{}" });
    equal(Deno.readTextFileSync(shelf.file).includes("remember me"), false);
  }));

Deno.test("no catalog is made just to forget something", () =>
  withCatalog(async (shelf) => {
    await shelf.put("main", "x");
    using catalog = shelf.open();
    await catalog.forgetRemoved();
    equal([...Deno.readDirSync(shelf.layout.data)].some(({ name }) => name.endsWith(".db")), false);
  }));

Deno.test("a comparison of texts finds what the whole predicate finds, and no more", () =>
  withCatalog(async ({ put, found }) => {
    await put("a", '{"n":1}', JSON_TYPE);
    await put("b", '{"n":1}', { ...JSON_TYPE, tags: { type: "file", modelName: "o'clock" } });
    deepEqual(await found('modelName == "t1" && attributes.n == 1'), [["a", 1]]);
    deepEqual(await found(`attributes.n == 1 && "o'clock" == modelName`), [["b", 1]]);
    deepEqual(await found('modelName == "t1" && modelName == "t2"'), []);
  }));
