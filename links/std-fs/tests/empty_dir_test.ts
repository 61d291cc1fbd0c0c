import * as assert from "node:assert/strict";
import { emptyDir, emptyDirSync } from "@std/fs";
import { toFileUrl } from "@std/path";
import { harvest, plant, withFolder } from "./tree.ts";

/** Both ways to do it, as ones that give a promise. */
const ways = {
  emptyDir,
  emptyDirSync: (path: string | URL) => Promise.try(() => emptyDirSync(path)),
};

for (const [name, empty] of Object.entries(ways)) {
  Deno.test(`${name} removes all that is in a folder`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "", "a/b/y": "", "a/.hidden": "", "a/link": ["../kept"], kept: "" });
      await empty(`${folder}/a`);
      assert.deepEqual(harvest(folder), { a: null, kept: "" });
    }));

  Deno.test(`${name} makes a folder that is missing`, () =>
    withFolder(async (folder) => {
      await empty(`${folder}/a/b`);
      await empty(toFileUrl(`${folder}/c d`));
      assert.deepEqual(harvest(folder), { "a/b": null, "c d": null });
    }));

  Deno.test(`${name} refuses a file`, () =>
    withFolder(async (folder) => {
      plant(folder, { a: "kept" });
      await assert.rejects(empty(`${folder}/a`));
      assert.deepEqual(harvest(folder), { a: "kept" });
    }));
}
