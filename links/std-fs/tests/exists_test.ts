import * as assert from "node:assert/strict";
import { exists, type ExistsOptions, existsSync } from "@std/fs";
import { toFileUrl } from "@std/path";
import { plant, withFolder } from "./tree.ts";

/** Both ways to ask, as ones that give a promise. */
const ways = {
  exists,
  existsSync: (path: string | URL, options?: ExistsOptions) =>
    Promise.try(() => existsSync(path, options)),
};

for (const [name, ask] of Object.entries(ways)) {
  Deno.test(`${name} finds files and folders`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "" });
      assert.equal(await ask(folder), true);
      assert.equal(await ask(`${folder}/a/x`), true);
      assert.equal(await ask(toFileUrl(`${folder}/a/x`)), true);
      assert.equal(await ask(`${folder}/missing`), false);
    }));

  Deno.test(`${name} can ask for a file or a folder`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "" });
      assert.equal(await ask(`${folder}/a`, { isDirectory: true }), true);
      assert.equal(await ask(`${folder}/a`, { isFile: true }), false);
      assert.equal(await ask(`${folder}/a/x`, { isDirectory: true }), false);
      assert.equal(await ask(`${folder}/a/x`, { isFile: true }), true);
    }));

  Deno.test(`${name} looks where a symbolic link leads to`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "", link: ["a"], loose: ["missing"] });
      assert.equal(await ask(`${folder}/link`, { isDirectory: true }), true);
      assert.equal(await ask(`${folder}/loose`), false);
    }));

  Deno.test({
    name: `${name} can ask for something readable`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      withFolder(async (folder) => {
        plant(folder, { a: "", b: "" });
        Deno.chmodSync(`${folder}/b`, 0o000);
        assert.equal(await ask(`${folder}/a`, { isReadable: true }), true);
        assert.equal(await ask(`${folder}/b`, { isReadable: true }), false);
        assert.equal(await ask(`${folder}/b`), true);
      }),
  });

  Deno.test(`${name} refuses to look for a file and folder at once`, async () => {
    await assert.rejects(ask(".", { isDirectory: true, isFile: true }), TypeError);
  });

  Deno.test({
    name: `${name} does not answer what Deno may not look up`,
    permissions: { read: false },
    fn: () => assert.rejects(ask("/"), Deno.errors.NotCapable),
  });
}
