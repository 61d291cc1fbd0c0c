import { deepEqual, equal } from "node:assert/strict";
import { dirname, join } from "@std/path";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import { renameData } from "../../../src/libswamp/data/rename.ts";
import { deleteModel, planDeletion } from "../../../src/libswamp/models/delete.ts";
import { createRunStore } from "../../../src/infrastructure/persistence/yaml_run_store.ts";
import { type CatalogShelf, withCatalog } from "./cataloged_data.ts";
import { MODEL_ID } from "./stored_data.ts";

const SCOPE = { type: "@acme/thing", modelId: MODEL_ID };

/** So many further names that a catalog does not look at every folder. */
async function fill({ put }: CatalogShelf, names: number): Promise<void> {
  for (let name = 0; name < names; name++) {
    await put(`filler-${String(name).padStart(4, "0")}`, "x", { tags: { type: "filler" } });
  }
}

const OTHERS = 'dataType != "filler"';

/** What a change on disk must do to what is found. */
const CHANGES: Readonly<
  Record<string, {
    readonly change: (shelf: CatalogShelf) => Promise<unknown>;
    readonly found: readonly (readonly [string, number])[];
  }>
> = {
  "a further version": {
    change: ({ put }) => put("main", "three"),
    found: [["log", 1], ["main", 3]],
  },
  "a new name": {
    change: ({ put }) => put("extra", "x"),
    found: [["extra", 1], ["log", 1], ["main", 2]],
  },
  "the latest version removed": {
    change: ({ data }) => data.remove(SCOPE, "main", 2),
    found: [["log", 1], ["main", 1]],
  },
  "an older version removed": {
    change: ({ data }) => data.remove(SCOPE, "main", 1),
    found: [["log", 1], ["main", 2]],
  },
  "a name removed": {
    change: ({ data }) => data.remove(SCOPE, "main"),
    found: [["log", 1]],
  },
  "everything of a model removed": {
    change: ({ data }) => data.removeAll(SCOPE),
    found: [],
  },
  "a name given another one": {
    change: ({ layout, definitions, data }) =>
      renameData(
        { definitions, data, locks: createLocks(layout, { notice: () => {} }) },
        { model: "t1", oldName: "main", newName: "other" },
      ),
    found: [["log", 1], ["other", 1]],
  },
  "the folder of a name removed by hand": {
    change: ({ layout }) => Deno.remove(folderOf(layout, "main"), { recursive: true }),
    found: [["log", 1]],
  },
  "the folder of the latest version removed by hand": {
    change: ({ layout }) => Deno.remove(join(folderOf(layout, "main"), "2"), { recursive: true }),
    found: [["log", 1], ["main", 1]],
  },
  "the latest metadata removed by hand": {
    change: ({ layout }) => Deno.remove(join(folderOf(layout, "main"), "2", "metadata.yaml")),
    found: [["log", 1], ["main", 1]],
  },
  "the latest metadata overwritten with garbage": {
    change: ({ layout }) =>
      Deno.writeTextFile(join(folderOf(layout, "main"), "2", "metadata.yaml"), "["),
    found: [["log", 1], ["main", 1]],
  },
  "the content removed by hand": {
    change: ({ layout }) => Deno.remove(join(folderOf(layout, "main"), "2", "raw")),
    found: [["log", 1], ["main", 2]],
  },
  "a version reserved but not published": {
    change: ({ data }) => data.reserve(SCOPE, "main"),
    found: [["log", 1], ["main", 2]],
  },
};

function folderOf({ data }: CatalogShelf["layout"], name: string): string {
  return join(data, "@acme", "thing", MODEL_ID, name);
}

for (const [what, { change, found }] of Object.entries(CHANGES)) {
  Deno.test(`${what} shows in the next query`, () =>
    withCatalog(async (shelf) => {
      for (const name of ["main", "main", "log"]) await shelf.put(name, "x");
      deepEqual(await shelf.found(), [["log", 1], ["main", 2]]);
      await change(shelf);
      deepEqual(await shelf.found(), found);
      deepEqual(await shelf.found(), found);
    }));
}

Deno.test("a version that is published after a query is found by the next one", () =>
  withCatalog(async ({ data, put, found }) => {
    const { metadata: { name: _n, version: _v, ...metadata } } = await put("main", "one");
    const pending = await data.reserve(SCOPE, "main");
    await ReadableStream.from([new Uint8Array(3)]).pipeTo(await data.openContent(pending));
    deepEqual(await found(), [["main", 1]]);
    await data.publish(pending, metadata);
    deepEqual(await found(), [["main", 2]]);
  }));

Deno.test("a first version that is published after a query is found by the next one", () =>
  withCatalog(async ({ data, put, found }) => {
    const { metadata: { name: _n, version: _v, ...metadata } } = await put("main", "one");
    const pending = await data.reserve(SCOPE, "new");
    await ReadableStream.from([new Uint8Array(3)]).pipeTo(await data.openContent(pending));
    deepEqual(await found(), [["main", 1]]);
    await data.publish(pending, metadata);
    deepEqual(await found(), [["main", 1], ["new", 1]]);
  }));

Deno.test("the data of a deleted model are not found any more", () =>
  withCatalog(async (shelf) => {
    await shelf.put("main", "x");
    equal((await shelf.found()).length, 1);
    const { layout, definitions, data } = shelf;
    const dependencies = {
      ...{ definitions, data, runs: createRunStore(layout) },
      locks: createLocks(layout, { notice: () => {} }),
      openVaults: () => Promise.reject(new Error("There are no secrets")),
    };
    await deleteModel(dependencies, await planDeletion(dependencies, "t1", true), true);
    deepEqual(await shelf.found(), []);
  }));

Deno.test("what swamp changes shows among thousands of names as well", () =>
  withCatalog(async (shelf) => {
    const { put, data, found } = shelf;
    await fill(shelf, 2010);
    for (const name of ["main", "main", "log"]) await put(name, "x");
    deepEqual(await found(OTHERS), [["log", 1], ["main", 2]]);
    await put("main", "x");
    await put("extra", "x");
    deepEqual(await found(OTHERS), [["extra", 1], ["log", 1], ["main", 3]]);
    await data.remove(SCOPE, "main", 3);
    deepEqual(await found(OTHERS), [["extra", 1], ["log", 1], ["main", 2]]);
    await data.remove(SCOPE, "extra");
    deepEqual(await found(OTHERS), [["log", 1], ["main", 2]]);
    await Deno.remove(join(folderOf(shelf.layout, "main"), "2"), { recursive: true });
    deepEqual(await found(OTHERS), [["log", 1], ["main", 1]]);
    await Deno.remove(dirname(folderOf(shelf.layout, "main")), { recursive: true });
    deepEqual(await found(OTHERS), []);
  }));

Deno.test("a query that finds nothing changed writes nothing", () =>
  withCatalog(async ({ put, found, file }) => {
    await put("main", "x");
    await found();
    await found();
    const { mtime } = await Deno.stat(file);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await found();
    deepEqual((await Deno.stat(file)).mtime, mtime);
  }));

Deno.test("a repository that was moved keeps its catalog", () =>
  withCatalog(async ({ put, found, file, layout }) => {
    await put("main", "x");
    await found();
    const moved = `${layout.data}-moved`;
    await Deno.rename(layout.data, moved);
    await Deno.mkdir(layout.data);
    deepEqual(await found(), []);
    await Deno.remove(layout.data, { recursive: true });
    await Deno.rename(moved, layout.data);
    const { ino } = await Deno.stat(file);
    deepEqual(await found(), [["main", 1]]);
    equal((await Deno.stat(file)).ino, ino);
  }));
