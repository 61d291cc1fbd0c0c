import * as assert from "node:assert/strict";
import { walk, type WalkEntry, type WalkOptions, walkSync } from "@std/fs";
import { relative, toFileUrl } from "@std/path";
import fc from "fast-check";
import { plant, type Tree, withFolder } from "./tree.ts";

/** Both ways to walk, as ones that give all entries at once. */
const ways = {
  walk: (root: string | URL, options?: WalkOptions) => Array.fromAsync(walk(root, options)),
  walkSync: (root: string | URL, options?: WalkOptions) =>
    Promise.try(() => [...walkSync(root, options)]),
};

/** The paths from the root, in alphabetical order. */
function pathsOf(folder: string, entries: WalkEntry[]): string[] {
  return entries.map(({ path }) => relative(folder, path) || ".").toSorted();
}

const TREE: Tree = { "a/b/c.ts": "", "a/d.md": "", "e.ts": "", f: null, link: ["a"] };

type Walk = (root: string, options?: WalkOptions) => Promise<WalkEntry[]>;

/** What a walk yields of a tree. */
async function found(go: Walk, options?: WalkOptions, tree = TREE): Promise<string[]> {
  let paths: string[] = [];
  await withFolder(async (folder) => {
    plant(folder, tree);
    paths = pathsOf(folder, await go(folder, options));
  });
  return paths;
}

for (const [name, go] of Object.entries(ways)) {
  Deno.test(`${name} comes across everything, the root as well`, async () => {
    assert.deepEqual(await found(go), [
      ".",
      "a",
      "a/b",
      "a/b/c.ts",
      "a/d.md",
      "e.ts",
      "f",
      "link",
    ]);
  });

  Deno.test(`${name} tells what it has come across`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "", link: ["a"] });
      const entries = await go(folder);
      const kinds = { isDirectory: false, isFile: false, isSymlink: false };
      assert.deepEqual(entries.find(({ name }) => name === "a"), {
        ...kinds,
        isDirectory: true,
        name: "a",
        path: `${folder}/a`,
      });
      assert.deepEqual(entries.find(({ name }) => name === "x"), {
        ...kinds,
        isFile: true,
        name: "x",
        path: `${folder}/a/x`,
      });
      assert.deepEqual(entries.find(({ name }) => name === "link"), {
        ...kinds,
        isSymlink: true,
        name: "link",
        path: `${folder}/link`,
      });
    }));

  Deno.test(`${name} starts its paths as the root is given`, () =>
    withFolder(async (folder) => {
      plant(folder, { "a/x": "" });
      const root = relative(Deno.cwd(), folder);
      assert.deepEqual((await go(root)).map(({ path }) => path), [
        root,
        `${root}/a`,
        `${root}/a/x`,
      ]);
      assert.deepEqual((await go(toFileUrl(folder))).map(({ path }) => path), [
        folder,
        `${folder}/a`,
        `${folder}/a/x`,
      ]);
    }));

  Deno.test(`${name} yields a folder before its content`, () =>
    withFolder(async (folder) => {
      plant(folder, TREE);
      const paths = (await go(folder)).map(({ path }) => path);
      for (const path of paths.slice(1)) {
        assert.ok(paths.indexOf(path) > paths.indexOf(path.slice(0, path.lastIndexOf("/"))));
      }
    }));

  Deno.test(`${name} goes as deep as wanted`, async () => {
    assert.deepEqual(await found(go, { maxDepth: 0 }), ["."]);
    assert.deepEqual(await found(go, { maxDepth: 1 }), [".", "a", "e.ts", "f", "link"]);
    assert.deepEqual(await found(go, { maxDepth: -1 }), []);
  });

  Deno.test(`${name} yields the kinds that are wanted`, async () => {
    assert.deepEqual(await found(go, { includeDirs: false, includeSymlinks: false }), [
      "a/b/c.ts",
      "a/d.md",
      "e.ts",
    ]);
    assert.deepEqual(await found(go, { includeFiles: false, includeSymlinks: false }), [
      ".",
      "a",
      "a/b",
      "f",
    ]);
    assert.deepEqual(await found(go, { includeFiles: false, includeDirs: false }), ["link"]);
  });

  Deno.test(`${name} yields what has one of the endings`, async () => {
    assert.deepEqual(await found(go, { exts: [".ts"] }), ["a/b/c.ts", "e.ts"]);
    assert.deepEqual(await found(go, { exts: ["ts", "md"] }), ["a/b/c.ts", "a/d.md", "e.ts"]);
  });

  Deno.test(`${name} yields what one of the patterns matches`, async () => {
    assert.deepEqual(await found(go, { match: [/\/d\.md$/, /\/f$/] }), ["a/d.md", "f"]);
  });

  Deno.test(`${name} does not look into what is skipped`, async () => {
    assert.deepEqual(await found(go, { skip: [/\/b$/] }), [
      ".",
      "a",
      "a/d.md",
      "e.ts",
      "f",
      "link",
    ]);
  });

  Deno.test(`${name} goes by the real path where a link leads to`, async () => {
    assert.deepEqual(await found(go, { followSymlinks: true }, { "a/x": "", link: ["a"] }), [
      ".",
      "a",
      "a",
      "a/x",
      "a/x",
    ]);
  });

  Deno.test(`${name} can go by the path of the link`, async () => {
    const options = { followSymlinks: true, canonicalize: false };
    assert.deepEqual(await found(go, options, { "a/x": "", link: ["a"], loop: ["a/x"] }), [
      ".",
      "a",
      "a/x",
      "link",
      "link/x",
      "loop",
    ]);
  });

  Deno.test(`${name} needs a root that is there`, () =>
    withFolder(async (folder) => {
      await assert.rejects(go(`${folder}/missing`), Deno.errors.NotFound);
    }));
}

Deno.test("walk comes across what was put there, however deep", async () => {
  const path = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 6 })
    .map((names) => `${names.join("/")}.txt`);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(path), (paths) =>
      withFolder(async (folder) => {
        plant(folder, Object.fromEntries(paths.map((each) => [each, ""])));
        const entries = await Array.fromAsync(walk(folder, { includeDirs: false }));
        assert.deepEqual(pathsOf(folder, entries), paths.toSorted());
      })),
    { numRuns: 20 },
  );
});
