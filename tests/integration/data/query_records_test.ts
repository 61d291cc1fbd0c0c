import { deepEqual, equal, rejects } from "node:assert/strict";
import type { AttributesFilter } from "../../../src/libswamp/data/catalog_record.ts";
import {
  queryRecords,
  type RecordSearch,
  recordsWithTag,
} from "../../../src/libswamp/data/query_records.ts";
import { type CatalogShelf, withCatalog } from "./cataloged_data.ts";

const JSON_TYPE = { contentType: "application/json" };

async function records({ open }: CatalogShelf, search: RecordSearch): Promise<readonly unknown[]> {
  using catalog = open();
  return await queryRecords(catalog, search);
}

/** Puts `plain` in the place of every `secret`, and counts for how many records. */
function revealing(
  wait: boolean,
): { readonly filter: AttributesFilter; readonly asked: () => number } {
  let asked = 0;
  const filter: AttributesFilter = (attributes) => {
    asked++;
    const made = JSON.parse(JSON.stringify(attributes).replaceAll("secret", "plain"));
    return wait ? new Promise((resolve) => setTimeout(() => resolve(made), 1)) : made;
  };
  return { filter, asked: () => asked };
}

for (const wait of [false, true]) {
  const when = wait ? "after waiting" : "at once";
  Deno.test(`attributes that are made anew ${when} are what everything sees`, () =>
    withCatalog(async (shelf) => {
      await shelf.put("a", '{"token":"secret"}', JSON_TYPE);
      await shelf.put("b", '{"token":"other"}', JSON_TYPE);
      const { filter: attributes } = revealing(wait);
      const predicate = 'attributes.token == "plain"';
      const [record] = await records(shelf, { predicate, attributes }) as Record<string, unknown>[];
      deepEqual([record?.name, record?.attributes], ["a", { token: "plain" }]);
      deepEqual(await records(shelf, { predicate, select: "attributes.token", attributes }), [
        "plain",
      ]);
    }));
}

Deno.test("nobody is asked about attributes that nobody looks at", () =>
  withCatalog(async (shelf) => {
    for (const name of ["a", "b", "c"]) await shelf.put(name, '{"n":1}', JSON_TYPE);
    const { filter: attributes, asked } = revealing(true);
    await records(shelf, { predicate: 'name == "b"', attributes });
    equal(asked(), 0);
    await records(shelf, { predicate: 'name == "b" && attributes.n == 1', attributes });
    equal(asked() > 0 && asked() <= 3, true, "once for each look at the one that is meant");
  }));

Deno.test("attributes that cannot be made fail the query", () =>
  withCatalog(async (shelf) => {
    await shelf.put("a", '{"n":1}', JSON_TYPE);
    const attributes = () => Promise.reject(new Error("no vault"));
    await rejects(records(shelf, { predicate: "attributes.n == 1", attributes }), /no vault/);
  }));

Deno.test("deleted data are records, too", () =>
  withCatalog(async (shelf) => {
    await shelf.put("gone", '{"n":1}', { ...JSON_TYPE, lifecycle: "deleted" });
    deepEqual(await records(shelf, { predicate: "attributes.n == 1", select: "name" }), ["gone"]);
  }));

Deno.test("records with a tag come with attributes, and with content that is not too large", () =>
  withCatalog(async (shelf) => {
    const tags = { type: "file", modelName: "t1", env: "dev" };
    await shelf.put("a", '{"n":1}', { ...JSON_TYPE, tags });
    await shelf.put("b", "x".repeat(5000), { tags });
    await shelf.put("c", "x", { tags: { ...tags, env: "prod" } });
    using catalog = shelf.open();
    const found = await recordsWithTag(catalog, { key: "env", value: "dev", contentLimit: 4500 });
    deepEqual(found.map(({ name, attributes, content }) => [name, attributes, content]), [
      ["a", { n: 1 }, '{"n":1}'],
      ["b", {}, ""],
    ]);
    const none = await recordsWithTag(catalog, { key: "nosuch", value: "x", contentLimit: 0 });
    deepEqual(none, []);
  }));
