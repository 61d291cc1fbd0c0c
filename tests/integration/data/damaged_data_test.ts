import { deepEqual, equal } from "node:assert/strict";
import { join } from "@std/path";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import { collectGarbage, planGarbageCollection } from "../../../src/libswamp/data/gc.ts";
import { getData } from "../../../src/libswamp/data/get.ts";
import { listData } from "../../../src/libswamp/data/list.ts";
import { searchData } from "../../../src/libswamp/data/search.ts";
import { dataVersions } from "../../../src/libswamp/data/versions.ts";
import { createRunHistory } from "../../../src/infrastructure/persistence/runs/run_history.ts";
import { type CatalogShelf, withCatalog } from "./cataloged_data.ts";
import { MODEL_ID } from "./stored_data.ts";

/** What may happen to data, in the folder of a name that has the versions 1, 2 and 3. */
const DAMAGE: Readonly<
  Record<string, {
    readonly damage: (folder: string) => Promise<unknown>;
    /** Readable versions, newest first. */
    readonly readable: readonly number[];
  }>
> = {
  "the latest metadata are missing": {
    damage: (folder) => Deno.remove(join(folder, "3", "metadata.yaml")),
    readable: [2, 1],
  },
  "the latest metadata are garbage": {
    damage: (folder) => Deno.writeTextFile(join(folder, "3", "metadata.yaml"), "{["),
    readable: [2, 1],
  },
  "the latest metadata are empty": {
    damage: (folder) => Deno.writeTextFile(join(folder, "3", "metadata.yaml"), ""),
    readable: [2, 1],
  },
  "the metadata of an older version are garbage": {
    damage: (folder) => Deno.writeTextFile(join(folder, "2", "metadata.yaml"), "{["),
    readable: [3, 1],
  },
  "the metadata tell another name": {
    damage: async (folder) => {
      const path = join(folder, "3", "metadata.yaml");
      const text = await Deno.readTextFile(path);
      await Deno.writeTextFile(path, text.replace("name: main", "name: other"));
    },
    readable: [3, 2, 1],
  },
  "the content is missing": {
    damage: (folder) => Deno.remove(join(folder, "3", "raw")),
    readable: [3, 2, 1],
  },
  "latest is missing": {
    damage: (folder) => Deno.remove(join(folder, "latest")),
    readable: [3, 2, 1],
  },
  "latest is garbage": {
    damage: (folder) => Deno.writeTextFile(join(folder, "latest"), "soon"),
    readable: [3, 2, 1],
  },
  "latest is a folder": {
    damage: async (folder) => {
      await Deno.remove(join(folder, "latest"));
      await Deno.mkdir(join(folder, "latest"));
    },
    readable: [3, 2, 1],
  },
  "latest names a version that is missing": {
    damage: (folder) => Deno.writeTextFile(join(folder, "latest"), "7"),
    readable: [3, 2, 1],
  },
  "latest is behind the newest": {
    damage: (folder) => Deno.writeTextFile(join(folder, "latest"), "1"),
    readable: [3, 2, 1],
  },
};

/** The version of `main` that each command takes for the latest; `other` must always be there. */
async function latestOf(shelf: CatalogShelf): Promise<Readonly<Record<string, unknown>>> {
  const listed = await listData(shelf, { model: "t1", all: false });
  const items = listed.groups.flatMap((group) => group.items);
  const searched = await searchData({
    ...shelf,
    history: () => Promise.resolve(createRunHistory(shelf.layout)),
    now: Date.now(),
  }, { query: "", filters: {}, limit: 50, all: false });
  const got = await getData(
    { ...shelf, relativePath: (path) => path },
    { model: "t1", name: "main", withContent: true },
  );
  const versionIn = (found: readonly { readonly name: string; readonly version: number }[]) => {
    deepEqual(found.map(({ name }) => name).sort(), ["main", "other"]);
    return found.find(({ name }) => name === "main")?.version;
  };
  return {
    get: got.version,
    list: versionIn(items),
    search: versionIn(searched.results),
    query: (await shelf.query('name == "main"', { select: "version" })).results[0],
  };
}

for (const [what, { damage, readable }] of Object.entries(DAMAGE)) {
  Deno.test(`${what}: everything else goes on`, () =>
    withCatalog(async (shelf) => {
      for (const text of ["1", "2", "3"]) await shelf.put("main", text);
      await shelf.put("other", "x");
      await shelf.found();
      await damage(join(shelf.layout.data, "@acme", "thing", MODEL_ID, "main"));
      const [latest] = readable;
      deepEqual(await latestOf(shelf), {
        get: latest,
        list: latest,
        search: latest,
        query: latest,
      });
      const { versions } = await dataVersions(shelf, "t1", "main");
      deepEqual(versions.map(({ version }) => version), readable);
      deepEqual(versions.map(({ isLatest }) => isLatest), readable.map((_, index) => index === 0));
      const gc = {
        ...{ data: shelf.data, definitions: shelf.definitions },
        locks: createLocks(shelf.layout, { notice: () => {} }),
        openVaults: () => Promise.reject(new Error("There are no secrets")),
        situation: { now: Date.now(), workflowRun: () => "gone" as const },
      };
      await collectGarbage(gc, await planGarbageCollection(gc));
      equal((await shelf.put("main", "4")).metadata.version, 4);
      equal((await latestOf(shelf)).query, 4);
    }));
}
