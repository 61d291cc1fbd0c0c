import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import { getData } from "../../../src/libswamp/data/get.ts";
import { renameData } from "../../../src/libswamp/data/rename.ts";
import { MODEL_ID, type Shelf, withShelf } from "./stored_data.ts";

const SCOPE = { type: "@acme/thing", modelId: MODEL_ID };

const rename = ({ layout, definitions, data }: Shelf, oldName: string, newName: string) =>
  renameData(
    { definitions, data, locks: createLocks(layout, { notice: () => {} }) },
    { model: "t1", oldName, newName },
  );

const text = async ({ data }: Shelf, name: string) => {
  const stored = await data.get(SCOPE, name);
  return new TextDecoder().decode(await data.content(stored!));
};

Deno.test("the latest version becomes the first one of the new name", () =>
  withShelf(async (shelf) => {
    await shelf.put("a", "one");
    const old = await shelf.put("a", "two", { lifetime: "7d", garbageCollection: 3 });
    const { warning, ...document } = await rename(shelf, "a", "b");
    match(warning, /"a"/);
    deepEqual(document, {
      ...{ oldName: "a", newName: "b", modelId: MODEL_ID, modelName: "t1" },
      ...{ modelType: "@acme/thing", copiedVersion: 2, newVersion: 1 },
    });
    equal(await text(shelf, "b"), "two");
    const { id, name, version, createdAt, ...kept } = (await shelf.data.get(SCOPE, "b"))!.metadata;
    const { id: oldId, name: _n, version: _v, createdAt: _c, ...before } = old.metadata;
    deepEqual([name, version], ["b", 1]);
    equal(id === oldId, false);
    equal(Number.isNaN(Date.parse(createdAt)), false);
    deepEqual(kept, before);
  }));

Deno.test("the old name ends with a version that leads to the new one", () =>
  withShelf(async (shelf) => {
    const { metadata: { id, tags } } = await shelf.put("a", "one");
    await rename(shelf, "a", "b");
    const { metadata } = (await shelf.data.get(SCOPE, "a"))!;
    const { version, lifecycle, renamedTo, contentType } = metadata;
    deepEqual({ version, lifecycle, renamedTo, contentType }, {
      ...{ version: 2, lifecycle: "deleted", renamedTo: "b", contentType: "application/json" },
    });
    deepEqual([metadata.id, metadata.tags], [id, tags]);
    const { renamedAt, ...content } = JSON.parse(await text(shelf, "a"));
    deepEqual(content, { renamedTo: "b" });
    match(renamedAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const found = await getData(
      { ...shelf, relativePath: (path) => path },
      { model: "t1", name: "a", withContent: true },
    );
    deepEqual([found.name, found.content], ["b", "one"]);
  }));

Deno.test("a name can be given back", () =>
  withShelf(async (shelf) => {
    await shelf.put("a", "one");
    await rename(shelf, "a", "b");
    const { copiedVersion, newVersion } = await rename(shelf, "b", "a");
    deepEqual({ copiedVersion, newVersion }, { copiedVersion: 1, newVersion: 3 });
    equal(await text(shelf, "a"), "one");
    equal((await shelf.data.get(SCOPE, "b"))?.metadata.renamedTo, "a");
  }));

Deno.test("a name whose data were deleted is free", () =>
  withShelf(async (shelf) => {
    await shelf.put("a", "one");
    await shelf.put("b", "{}", { lifecycle: "deleted" });
    equal((await rename(shelf, "a", "b")).newVersion, 2);
  }));

Deno.test("content of any size and kind is copied byte by byte", () =>
  withShelf(async (shelf) => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    await shelf.put("a", bytes);
    await rename(shelf, "a", "b");
    deepEqual(await shelf.data.content((await shelf.data.get(SCOPE, "b"))!), bytes);
  }));

/** What cannot be renamed, and what is said of it. */
const MISTAKES: readonly (readonly [oldName: string, newName: string, message: string])[] = [
  ["a", "a", "Old name and new name must be different."],
  ["zz", "b", 'Data "zz" not found'],
  ["a", "taken", 'Data "taken" already exists'],
  ["gone", "b", 'Data "gone" is already deleted or renamed'],
  ["a", "latest", "Data name 'latest' is reserved for internal use. Use a different name."],
  [
    "a",
    "../x",
    "Invalid new name \"../x\": Data name must not contain '..', '/', '\\', or null bytes " +
    "(path traversal)",
  ],
];

for (const [oldName, newName, message] of MISTAKES) {
  Deno.test(`${oldName} cannot become ${newName}: ${message}`, () =>
    withShelf(async (shelf) => {
      await shelf.put("a", "one");
      await shelf.put("taken", "one");
      await shelf.put("gone", "{}", { lifecycle: "deleted" });
      await rejects(rename(shelf, oldName, newName), { message });
      equal((await shelf.data.get(SCOPE, "a"))?.metadata.version, 1);
    }));
}

Deno.test("without content nothing is renamed, and nothing is left behind", () =>
  withShelf(async (shelf) => {
    const { contentPath } = await shelf.put("a", "one");
    await Deno.remove(contentPath);
    await rejects(rename(shelf, "a", "b"), { message: 'Content not found for "a" version 1' });
    equal(await shelf.data.get(SCOPE, "b"), undefined);
    equal((await shelf.data.get(SCOPE, "a"))?.metadata.lifecycle, undefined);
  }));

Deno.test("data of somebody else keep their name to themselves", () =>
  withShelf(async (shelf) => {
    await shelf.put("a", "one");
    await shelf.put("b", "{}", {
      lifecycle: "deleted",
      ownerDefinition: { ownerType: "manual", ownerRef: "joe" },
    });
    await rejects(rename(shelf, "a", "b"), { code: "ownership_conflict" });
  }));

Deno.test("of two renames to one name one wins, the other says why", () =>
  withShelf(async (shelf) => {
    await shelf.put("a", "one");
    await shelf.put("b", "two");
    const results = await Promise.allSettled([rename(shelf, "a", "c"), rename(shelf, "b", "c")]);
    deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    const [failed] = results.filter((result) => result.status === "rejected");
    equal(failed?.reason.message, 'Data "c" already exists');
  }));
