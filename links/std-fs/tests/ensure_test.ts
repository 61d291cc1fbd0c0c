import * as assert from "node:assert/strict";
import { ensureDir, ensureDirSync, ensureFile, ensureFileSync } from "@std/fs";
import { toFileUrl } from "@std/path";
import { harvest, plant, withFolder } from "./tree.ts";

/** Both ways to do it, as ones that give a promise. */
const dirs = {
  ensureDir,
  ensureDirSync: (path: string | URL) => Promise.try(() => ensureDirSync(path)),
};
const files = {
  ensureFile,
  ensureFileSync: (path: string | URL) => Promise.try(() => ensureFileSync(path)),
};

for (const [name, ensure] of Object.entries(dirs)) {
  Deno.test(`${name} makes a folder and those above it`, () =>
    withFolder(async (folder) => {
      await ensure(`${folder}/a/b`);
      assert.deepEqual(harvest(folder), { "a/b": null });
    }));

  Deno.test(`${name} takes a URL`, () =>
    withFolder(async (folder) => {
      await ensure(toFileUrl(`${folder}/a b`));
      assert.deepEqual(harvest(folder), { "a b": null });
    }));

  Deno.test(`${name} leaves a folder that is there as it is`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "kept", link: ["a"] });
      await ensure(`${folder}/a`);
      await ensure(`${folder}/link`);
      assert.deepEqual(harvest(folder), { "a/x": "kept", link: ["a"] });
    }));

  Deno.test(`${name} refuses a file`, () =>
    withFolder(async (folder) => {
      plant(folder, { a: "", link: ["a"] });
      await assert.rejects(ensure(`${folder}/a`), Error);
      await assert.rejects(ensure(`${folder}/link`), Error);
    }));

  Deno.test(`${name} may be called many times at once`, () =>
    withFolder(async (folder) => {
      await Promise.all(Array.from({ length: 20 }, () => ensure(`${folder}/a/b/c`)));
      assert.deepEqual(harvest(folder), { "a/b/c": null });
    }));
}

for (const [name, ensure] of Object.entries(files)) {
  Deno.test(`${name} makes an empty file and the folders above it`, () =>
    withFolder(async (folder) => {
      await ensure(`${folder}/a/b`);
      await ensure(toFileUrl(`${folder}/a/c d`));
      assert.deepEqual(harvest(folder), { "a/b": "", "a/c d": "" });
    }));

  Deno.test(`${name} leaves the content of a file that is there`, () =>
    withFolder(async (folder) => {
      plant(folder, { a: "kept" });
      await ensure(`${folder}/a`);
      assert.deepEqual(harvest(folder), { a: "kept" });
    }));

  Deno.test(`${name} refuses a folder`, () =>
    withFolder(async (folder) => {
      plant(folder, { a: null });
      await assert.rejects(ensure(`${folder}/a`), Error);
    }));
}
