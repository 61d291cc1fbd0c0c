import assert from "node:assert/strict";
import { join } from "node:path";
import * as fc from "fast-check";
import { tarArchive, type TarEntry } from "../../../../tasks/build/tar_archive.ts";

/** What `tar` makes of an archive: contents and permissions by path. */
async function extract(
  entries: TarEntry[],
): Promise<Record<string, { content: Uint8Array; executable: boolean }>> {
  const dir = await Deno.makeTempDir();
  try {
    const archive = join(dir, "archive.tar");
    await Deno.writeFile(archive, new Blob(tarArchive(entries)).stream());
    const out = join(dir, "out");
    await Deno.mkdir(out);
    const { code } = await new Deno.Command("tar", { args: ["-xf", archive, "-C", out] }).output();
    assert.equal(code, 0);
    return Object.fromEntries(entries.map(({ name }) => {
      const path = join(out, name);
      const executable = (Deno.statSync(path).mode! & 0o100) !== 0;
      return [name, { content: Deno.readFileSync(path), executable }];
    }));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("tar gets the files back, in their folders and with their permissions", async () => {
  const content = new TextEncoder().encode("hello\n");
  const files = await extract([
    { name: "main.js", content },
    { name: "a/b/deno", content: new Uint8Array(), executable: true },
  ]);
  assert.deepEqual(files, {
    "main.js": { content, executable: false },
    "a/b/deno": { content: new Uint8Array(), executable: true },
  });
});

Deno.test("tar gets files of any size back", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 1500 }), { minLength: 1 }),
      async (all) => {
        const entries = all.map((content, i) => ({ name: `${i}.bin`, content }));
        const files = await extract(entries);
        for (const { name, content } of entries) assert.deepEqual(files[name]?.content, content);
      },
    ),
    { numRuns: 20 },
  );
});

Deno.test("the same files make the same archive", async () => {
  const entries = [{ name: "main.js", content: new TextEncoder().encode("1;") }];
  const [one, two] = [new Blob(tarArchive(entries)), new Blob(tarArchive(entries))];
  assert.deepEqual(await one.bytes(), await two.bytes());
});

Deno.test("a name that does not fit is refused", () => {
  const entry = { name: "x".repeat(101), content: new Uint8Array() };
  assert.throws(() => tarArchive([entry]), RangeError);
});
