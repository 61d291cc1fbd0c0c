import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "@std/path";
import {
  createFileExclusively,
  writeFileAtomically,
} from "../../../../src/infrastructure/persistence/atomic_file.ts";

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const namesIn = (folder: string): string[] => [...Deno.readDirSync(folder)].map(({ name }) => name);

Deno.test("a file is written anew or over what is there", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a");
    await writeFileAtomically(path, "one");
    await writeFileAtomically(path, new TextEncoder().encode("two"));
    equal(await Deno.readTextFile(path), "two");
    deepEqual(namesIn(folder), ["a"]);
  }));

Deno.test("a file that cannot be written leaves nothing behind", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "a"));
    await rejects(writeFileAtomically(join(folder, "a"), "text"));
    deepEqual(namesIn(folder), ["a"]);
  }));

Deno.test("a link is replaced, not followed", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "target"), "kept");
    await Deno.symlink("target", join(folder, "link"));
    await writeFileAtomically(join(folder, "link"), "new");
    equal(await Deno.readTextFile(join(folder, "target")), "kept");
    equal(await Deno.readTextFile(join(folder, "link")), "new");
  }));

Deno.test("a file is created only where there is none", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a");
    equal(await createFileExclusively(path, "one"), true);
    equal(await createFileExclusively(path, "two"), false);
    equal(await Deno.readTextFile(path), "one");
    deepEqual(namesIn(folder), ["a"]);
  }));

Deno.test("of many that create a file at once, one succeeds and its content is whole", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a");
    const texts = Array.from({ length: 20 }, (_, at) => String(at).repeat(10_000));
    const created = await Promise.all(texts.map((text) => createFileExclusively(path, text)));
    equal(created.filter((yes) => yes).length, 1);
    equal(await Deno.readTextFile(path), texts[created.indexOf(true)]);
  }));

Deno.test("a missing folder is the caller's mistake", () =>
  withFolder(async (folder) => {
    await rejects(createFileExclusively(join(folder, "no/a"), "text"), Deno.errors.NotFound);
  }));
