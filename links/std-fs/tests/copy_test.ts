import * as assert from "node:assert/strict";
import { copy, type CopyOptions, copySync } from "@std/fs";
import { toFileUrl } from "@std/path";
import { harvest, plant, type Tree, withFolder } from "./tree.ts";

/** Both ways to copy, as ones that give a promise. */
const ways = {
  copy,
  copySync: (src: string | URL, dest: string | URL, options?: CopyOptions) =>
    Promise.try(() => copySync(src, dest, options)),
};

for (const [name, go] of Object.entries(ways)) {
  Deno.test(`${name} copies a file`, () =>
    withFolder(async (folder) => {
      plant(folder, { a: "text" });
      await go(`${folder}/a`, `${folder}/b`);
      await go(toFileUrl(`${folder}/a`), toFileUrl(`${folder}/c`));
      assert.deepEqual(harvest(folder), { a: "text", b: "text", c: "text" });
    }));

  Deno.test(`${name} copies a folder with all that is in it`, () =>
    withFolder(async (folder) => {
      const tree: Tree = { "x/y": "deep", "x/empty": null, z: "text", link: ["z"] };
      plant(`${folder}/a`, tree);
      await go(`${folder}/a`, `${folder}/b`);
      assert.deepEqual(harvest(`${folder}/b`), tree);
      assert.deepEqual(harvest(`${folder}/a`), tree);
    }));

  Deno.test(`${name} copies a link as a link`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "", link: ["a"], loose: ["missing"] });
      await go(`${folder}/link`, `${folder}/copy`);
      await go(`${folder}/loose`, `${folder}/loose copy`);
      assert.equal(Deno.readLinkSync(`${folder}/copy`), "a");
      assert.equal(Deno.readLinkSync(`${folder}/loose copy`), "missing");
    }));

  Deno.test(`${name} replaces nothing unless told`, () =>
    withFolder(async (folder) => {
      plant(folder, { a: "new", b: "old", "c/x": "", "d/x": "" });
      await assert.rejects(go(`${folder}/a`, `${folder}/b`), Deno.errors.AlreadyExists);
      await assert.rejects(go(`${folder}/c`, `${folder}/d`), Deno.errors.AlreadyExists);
      assert.equal(Deno.readTextFileSync(`${folder}/b`), "old");
      await go(`${folder}/a`, `${folder}/b`, { overwrite: true });
      assert.equal(Deno.readTextFileSync(`${folder}/b`), "new");
    }));

  Deno.test(`${name} merges a folder into one that may be overwritten`, () =>
    withFolder(async (folder) => {
      plant(`${folder}/a`, { x: "new", "sub/y": "new" });
      plant(`${folder}/b`, { x: "old", z: "kept" });
      await go(`${folder}/a`, `${folder}/b`, { overwrite: true });
      assert.deepEqual(harvest(`${folder}/b`), { "sub/y": "new", x: "new", z: "kept" });
    }));

  Deno.test(`${name} keeps the times if told`, () =>
    withFolder(async (folder) => {
      const time = new Date("2001-02-03T04:05:06Z");
      plant(folder, { "a/x": "" });
      Deno.utimeSync(`${folder}/a/x`, time, time);
      Deno.utimeSync(`${folder}/a`, time, time);
      await go(`${folder}/a`, `${folder}/b`, { preserveTimestamps: true });
      assert.deepEqual(Deno.statSync(`${folder}/b/x`).mtime, time);
      assert.deepEqual(Deno.statSync(`${folder}/b`).mtime, time);
    }));

  Deno.test(`${name} needs something to copy`, () =>
    withFolder(async (folder) => {
      await assert.rejects(go(`${folder}/missing`, `${folder}/b`), Deno.errors.NotFound);
    }));

  Deno.test(`${name} does not copy something to itself or below itself`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "" });
      await assert.rejects(go(`${folder}/a/x`, `${folder}/a/../a/x`, { overwrite: true }), Error);
      await assert.rejects(go(`${folder}/a`, `${folder}/a/b/c`), Error);
      await assert.rejects(go(`${folder}/a`, `${folder}/a/..b`), Error);
      assert.deepEqual(harvest(folder), { "a/x": "" });
    }));

  Deno.test(`${name} takes a folder with a longer name for another one`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "" });
      await go(`${folder}/a`, `${folder}/a..b`);
      assert.deepEqual(harvest(folder), { "a/x": "", "a..b/x": "" });
    }));

  Deno.test(`${name} does not replace a file by a folder`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "", b: "kept" });
      await assert.rejects(go(`${folder}/a`, `${folder}/b`, { overwrite: true }), Error);
      assert.deepEqual(harvest(folder), { "a/x": "", b: "kept" });
    }));
}
