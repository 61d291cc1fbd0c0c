import assert from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { createDataStore } from "../../../src/infrastructure/persistence/file_data_store.ts";
import { readVersion, SCOPE, writeVersion } from "./data_samples.ts";
import { withRepository } from "./temporary_repository.ts";

const WRITER = fromFileUrl(new URL("./data_writer_process.ts", import.meta.url));

function startWriter(root: string, name: string, count: number, ...more: string[]) {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", WRITER, root, name, String(count), ...more],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

async function versionsOf(process: Deno.ChildProcess): Promise<number[]> {
  const { stdout, success } = await process.output();
  assert.ok(success);
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Starts a writer and kills it with SIGKILL while it is in the middle of a version. */
async function killWhileWriting(root: string, name: string): Promise<void> {
  const process = startWriter(root, name, 1, "--hang");
  const reader = process.stdout.getReader();
  await reader.read();
  process.kill("SIGKILL");
  await process.status;
  await reader.cancel();
}

for (const writers of [5, 20]) {
  Deno.test(`${writers} processes writing one name get versions without a gap or a double`, () =>
    withRepository(async (layout) => {
      const processes = Array.from({ length: writers }, () => startWriter(layout.root, "main", 3));
      const written = (await Promise.all(processes.map(versionsOf))).flat();
      const expected = Array.from({ length: writers * 3 }, (_, index) => index + 1);
      assert.deepEqual(written.sort((a, b) => a - b), expected);
      const store = createDataStore(layout);
      assert.deepEqual(await store.versions(SCOPE, "main"), expected);
      assert.equal((await store.get(SCOPE, "main"))?.metadata.version, writers * 3);
    }));
}

Deno.test("a writer killed in the middle of a version leaves nothing that anybody sees", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout, ({ reason }) => assert.fail(reason));
    await writeVersion(store, "main", "one");
    await killWhileWriting(layout.root, "main");
    assert.equal(await readVersion(store, "main"), "one");
    assert.deepEqual(await store.versions(SCOPE, "main"), [1]);
  }));

Deno.test("the version of a killed writer is used by the next one, with nothing of the old content", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    await writeVersion(store, "main", "one");
    await killWhileWriting(layout.root, "main");
    await killWhileWriting(layout.root, "main");
    assert.equal((await writeVersion(store, "main", "two")).metadata.version, 2);
    assert.equal((await writeVersion(store, "main", "three")).metadata.version, 3);
    assert.equal(await readVersion(store, "main", 2), "two");
  }));

Deno.test("several writers that find the remains of a killed one share out the numbers", () =>
  withRepository(async (layout) => {
    await killWhileWriting(layout.root, "main");
    const processes = Array.from({ length: 5 }, () => startWriter(layout.root, "main", 2));
    const written = (await Promise.all(processes.map(versionsOf))).flat();
    assert.deepEqual(
      written.sort((a, b) => a - b),
      Array.from({ length: 10 }, (_, index) => index + 1),
    );
  }));

Deno.test("a version that another process still writes is left alone", () =>
  withRepository(async (layout) => {
    const process = startWriter(layout.root, "main", 1, "--hang");
    const reader = process.stdout.getReader();
    await reader.read();
    const store = createDataStore(layout);
    assert.equal((await writeVersion(store, "main", "next")).metadata.version, 2);
    process.kill("SIGKILL");
    await process.status;
    await reader.cancel();
    assert.equal((await writeVersion(store, "main", "after")).metadata.version, 3);
  }));
