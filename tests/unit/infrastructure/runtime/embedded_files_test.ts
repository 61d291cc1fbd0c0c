import assert from "node:assert/strict";
import { join } from "node:path";
import { unpackedFolder } from "../../../../src/infrastructure/runtime/embedded_files.ts";

/** A folder with two files to unpack, and one to unpack them into. */
async function folders() {
  const root = await Deno.makeTempDir();
  await Deno.writeTextFile(join(root, "deno"), "#!/bin/sh\necho hello\n");
  await Deno.writeTextFile(join(root, "worker.js"), "1;");
  return {
    root,
    cache: join(root, "cache"),
    files: [
      { source: join(root, "deno"), name: "deno", executable: true },
      { source: join(root, "worker.js"), name: "src/worker.js" },
    ],
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

Deno.test("files are unpacked under their names, the executable ones executable", async () => {
  await using made = await folders();
  const folder = await unpackedFolder("tools", made.files, [{ path: made.cache }]);
  assert.equal(folder, join(made.cache, "tools"));
  assert.equal(await Deno.readTextFile(join(folder, "src/worker.js")), "1;");
  const { stdout } = await new Deno.Command(join(folder, "deno")).output();
  assert.equal(new TextDecoder().decode(stdout), "hello\n");
});

Deno.test("what is unpacked is not unpacked again", async () => {
  await using made = await folders();
  const folder = await unpackedFolder("tools", made.files, [{ path: made.cache }]);
  const before = (await Deno.stat(join(folder, "deno"))).ino;
  await unpackedFolder("tools", made.files, [{ path: made.cache }]);
  assert.equal((await Deno.stat(join(folder, "deno"))).ino, before);
});

Deno.test("many at once get the same complete folder and leave nothing else", async () => {
  await using made = await folders();
  const unpack = () => unpackedFolder("tools", made.files, [{ path: made.cache }]);
  const all = await Promise.all(Array.from({ length: 20 }, unpack));
  assert.deepEqual(new Set(all), new Set([join(made.cache, "tools")]));
  assert.deepEqual([...Deno.readDirSync(made.cache)].map((entry) => entry.name), ["tools"]);
  assert.equal(await Deno.readTextFile(join(made.cache, "tools/src/worker.js")), "1;");
});

Deno.test("a folder that has lost a file is replaced", async () => {
  await using made = await folders();
  const folder = await unpackedFolder("tools", made.files, [{ path: made.cache }]);
  await Deno.remove(join(folder, "src/worker.js"));
  await unpackedFolder("tools", made.files, [{ path: made.cache }]);
  assert.equal(await Deno.readTextFile(join(folder, "src/worker.js")), "1;");
});

Deno.test("the next cache is used where one cannot be written", async () => {
  await using made = await folders();
  const blocked = join(made.root, "deno/cache");
  const folder = await unpackedFolder("tools", made.files, [
    { path: blocked },
    { path: made.cache },
  ]);
  assert.equal(folder, join(made.cache, "tools"));
});

Deno.test("a cache below a link is not trusted where everybody can write", async () => {
  await using made = await folders();
  const own = join(made.root, "own");
  await Deno.mkdir(join(made.root, "elsewhere"));
  await Deno.symlink(join(made.root, "elsewhere"), own);
  await assert.rejects(
    unpackedFolder("tools", made.files, [{ path: join(own, "runtime"), own }]),
    /SWAMP_CACHE_DIR/,
  );
});

Deno.test("when no cache can be written the error says what to do", async () => {
  await using made = await folders();
  const blocked = [{ path: join(made.root, "deno/cache") }];
  await assert.rejects(unpackedFolder("tools", made.files, blocked), (error: AggregateError) => {
    assert.match(error.message, /SWAMP_CACHE_DIR/);
    assert.equal(error.errors.length, 1);
    return true;
  });
});
