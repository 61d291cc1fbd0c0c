import * as assert from "node:assert/strict";
import { move, type MoveOptions, moveSync } from "@std/fs";
import { toFileUrl } from "@std/path";
import { harvest, plant, withFolder } from "./tree.ts";

/** Both ways to move, as ones that give a promise. */
const ways = {
  move,
  moveSync: (src: string | URL, dest: string | URL, options?: MoveOptions) =>
    Promise.try(() => moveSync(src, dest, options)),
};

for (const [name, go] of Object.entries(ways)) {
  Deno.test(`${name} moves files and folders`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "deep", b: "text" });
      await go(`${folder}/a`, `${folder}/c`);
      await go(toFileUrl(`${folder}/b`), toFileUrl(`${folder}/d`));
      assert.deepEqual(harvest(folder), { "c/x": "deep", d: "text" });
    }));

  Deno.test(`${name} replaces nothing unless told`, () =>
    withFolder(async (folder) => {
      plant(folder, { a: "new", b: "old" });
      await assert.rejects(go(`${folder}/a`, `${folder}/b`), Deno.errors.AlreadyExists);
      assert.deepEqual(harvest(folder), { a: "new", b: "old" });
    }));

  Deno.test(`${name} replaces all of what is there if told`, () =>
    withFolder(async (folder) => {
      plant(folder, { a: "new", b: "old", "c/x": "new", "d/y": "old", "e/z": "new", f: "old" });
      await go(`${folder}/a`, `${folder}/b`, { overwrite: true });
      await go(`${folder}/c`, `${folder}/d`, { overwrite: true });
      await go(`${folder}/e`, `${folder}/f`, { overwrite: true });
      assert.deepEqual(harvest(folder), { b: "new", "d/x": "new", "f/z": "new" });
    }));

  Deno.test(`${name} overwrites also where there is nothing`, () =>
    withFolder(async (folder) => {
      plant(folder, { a: "text" });
      await go(`${folder}/a`, `${folder}/b`, { overwrite: true });
      assert.deepEqual(harvest(folder), { b: "text" });
    }));

  Deno.test(`${name} leaves something moved to itself where it is`, () =>
    withFolder(async (folder) => {
      plant(folder, { a: "text", "b/x": "" });
      await go(`${folder}/a`, `${folder}/a`, { overwrite: true });
      await go(`${folder}/b`, `${folder}/b`, { overwrite: true });
      assert.deepEqual(harvest(folder), { a: "text", "b/x": "" });
    }));

  Deno.test(`${name} needs something to move`, () =>
    withFolder(async (folder) => {
      await assert.rejects(go(`${folder}/missing`, `${folder}/b`), Deno.errors.NotFound);
    }));

  Deno.test(`${name} does not move a folder below itself`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/b/x": "" });
      await assert.rejects(go(`${folder}/a`, `${folder}/a/b`), Error);
      assert.deepEqual(harvest(folder), { "a/b/x": "" });
    }));
}
