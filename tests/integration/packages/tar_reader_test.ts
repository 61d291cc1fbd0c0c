import { deepEqual, equal, rejects } from "node:assert/strict";
import { dirname, join } from "@std/path";
import fc from "fast-check";
import { tarArchive } from "../../../tasks/build/tar_archive.ts";
import { readTar } from "../../../src/infrastructure/extensions/packages/tar_reader.ts";
import { type LongNames, tar, type TarItem } from "./tar_writer.ts";

interface Read {
  readonly name: string;
  readonly kind: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

/** Streams bytes in pieces of a given size, so that headers and contents are torn apart. */
function streamOf(bytes: Uint8Array, pieceSize = 64 * 1024): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(offset, offset += pieceSize));
    },
  });
}

async function readAll(bytes: Uint8Array, pieceSize?: number): Promise<Read[]> {
  const entries: Read[] = [];
  for await (const { name, kind, executable, content } of readTar(streamOf(bytes, pieceSize))) {
    const pieces = await Array.fromAsync(content);
    const whole = new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer());
    entries.push({ name, kind, executable, content: whole });
  }
  return entries;
}

const nameOf = fc.stringMatching(/^[a-zA-Zäß0-9_. -]{1,40}$/);
const item = fc.record({
  name: fc.array(nameOf, { minLength: 1, maxLength: 6 }).map((parts) => parts.join("/"))
    .filter((name) => !name.endsWith("/")),
  content: fc.uint8Array({ maxLength: 2000 }),
});

Deno.test("what was put into an archive comes out, whatever the sizes, names and pieces", async () => {
  const longNames = fc.constantFrom<LongNames>("pax", "gnu");
  const pieceSize = fc.integer({ min: 1, max: 3000 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { maxLength: 6 }),
      longNames,
      pieceSize,
      async (items, long, size) => {
        const read = await readAll(tar(items, long), size);
        deepEqual(read.map(({ name, content }) => ({ name, content })), items);
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("an archive that is cut off in the middle of an entry is refused", async () => {
  const [first, second] = [[{ name: "a", content: "x".repeat(700) }], [{
    name: "b",
    content: "y",
  }]];
  const archive = tar([...first, ...second]);
  const END = 1024;
  const whole = [tar(first).length - END, archive.length - END];
  for (let length = 1; length < archive.length - END; length += 31) {
    if (whole.includes(length)) continue;
    await rejects(readAll(archive.slice(0, length)), { name: "TarError" }, `${length} bytes`);
  }
});

Deno.test("a byte changed in a header is noticed", async () => {
  const archive = tar([{ name: "a", content: "x" }]);
  archive[0]! ^= 1;
  await rejects(readAll(archive), { message: "a header's checksum is wrong" });
});

Deno.test("random bytes are refused and never loop", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), async (bytes) => {
      const isEmpty = bytes.subarray(0, 512).every((byte) => byte === 0) && bytes.length >= 512;
      if (isEmpty) deepEqual(await readAll(bytes), []);
      else await rejects(readAll(bytes), { name: "TarError" });
    }),
  );
});

Deno.test("links, devices and folders are told from files", async () => {
  const items: TarItem[] = [
    { name: "folder/", type: "5" },
    { name: "symlink", type: "2", linkName: "/etc/passwd" },
    { name: "hard", type: "1", linkName: "folder/x" },
    { name: "device", type: "3" },
    { name: "pipe", type: "6" },
    { name: "old-file", type: "\0", content: "x" },
    { name: "sparse", type: "S" },
  ];
  deepEqual((await readAll(tar(items))).map(({ kind }) => kind), [
    "folder",
    "symlink",
    "hard link",
    "special",
    "special",
    "file",
    "special",
  ]);
});

Deno.test("the mode tells what may be executed", async () => {
  const read = await readAll(tar([{ name: "a", mode: 0o755 }, { name: "b", mode: 0o644 }]));
  deepEqual(read.map(({ executable }) => executable), [true, false]);
});

Deno.test("content that nobody reads is skipped", async () => {
  const names: string[] = [];
  const archive = tar([{ name: "a", content: "x".repeat(5000) }, { name: "b" }]);
  for await (const entry of readTar(streamOf(archive, 100))) names.push(entry.name);
  deepEqual(names, ["a", "b"]);
});

Deno.test("content of which only the beginning is read is skipped", async () => {
  const names: string[] = [];
  const archive = tar([{ name: "a", content: "x".repeat(5000) }, { name: "b" }]);
  for await (const entry of readTar(streamOf(archive, 100))) {
    names.push(entry.name);
    for await (const piece of entry.content) {
      equal(piece.length > 0, true);
      break;
    }
  }
  deepEqual(names, ["a", "b"]);
});

Deno.test("archives of the project's own writer can be read", async () => {
  const content = new TextEncoder().encode("hello");
  const blocks = tarArchive([{ name: "a/b.js", content, executable: true }]);
  const bytes = new Uint8Array(await new Blob(blocks).arrayBuffer());
  deepEqual(await readAll(bytes), [{ name: "a/b.js", kind: "file", executable: true, content }]);
});

const hasTar = await new Deno.Command("tar", {
  args: ["--version"],
  stdout: "null",
  stderr: "null",
})
  .output().then(({ success }) => success, () => false);

for (const format of ["v7", "ustar", "gnu", "pax"]) {
  Deno.test({
    name: `archives of the system's tar in the ${format} format can be read`,
    ignore: !hasTar,
    fn: async () => {
      const folder = await Deno.makeTempDir({ prefix: "swamp-test-" });
      try {
        const long = format === "v7" ? "short.ts" : `${"d".repeat(90)}/${"n".repeat(60)}.ts`;
        for (const [path, text] of Object.entries({ "a.ts": "a", [long]: "long" })) {
          await Deno.mkdir(dirname(join(folder, "in", path)), { recursive: true });
          await Deno.writeTextFile(join(folder, "in", path), text);
        }
        const made = await new Deno.Command("tar", {
          args: [`--format=${format}`, "-cf", join(folder, "x.tar"), "-C", join(folder, "in"), "."],
        }).output();
        equal(made.success, true);
        const read = await readAll(await Deno.readFile(join(folder, "x.tar")));
        const files = read.filter(({ kind }) => kind === "file")
          .map(({ name, content }) => [name, new TextDecoder().decode(content)]);
        deepEqual(Object.fromEntries(files), { "./a.ts": "a", [`./${long}`]: "long" });
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}
