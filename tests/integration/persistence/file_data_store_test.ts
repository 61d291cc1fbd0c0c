import assert from "node:assert/strict";
import { join } from "@std/path";
import type { DamagedFile } from "../../../src/domain/repository/damage.ts";
import { createDataStore } from "../../../src/infrastructure/persistence/file_data_store.ts";
import { readSimpleYaml } from "../../../src/infrastructure/persistence/yaml_reader.ts";
import { readVersion, sampleMetadata, SCOPE, writeVersion } from "./data_samples.ts";
import { withRepository } from "./temporary_repository.ts";

const folderOf = (data: string, name: string) => join(data, SCOPE.type, SCOPE.modelId, name);

Deno.test("every write makes the next version and the latest one is found", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    await writeVersion(store, "main", "one");
    await writeVersion(store, "main", "two");
    assert.equal(await readVersion(store, "main"), "two");
    assert.equal(await readVersion(store, "main", 1), "one");
    assert.deepEqual(await store.versions(SCOPE, "main"), [1, 2]);
  }));

Deno.test("a version lies on disk as raw, metadata.yaml and a latest file without line break", () =>
  withRepository(async (layout) => {
    const stored = await writeVersion(createDataStore(layout), "main", "hello\n");
    const folder = folderOf(layout.data, "main");
    assert.equal(stored.path, join(folder, "1"));
    assert.equal(await Deno.readTextFile(join(folder, "latest")), "1");
    assert.equal(await Deno.readTextFile(join(folder, "1", "raw")), "hello\n");
    const files = await Array.fromAsync(Deno.readDir(join(folder, "1")));
    assert.deepEqual(files.map((file) => file.name).sort(), ["metadata.yaml", "raw"]);
  }));

Deno.test("metadata has the fields of the contract, times quoted, size and checksum computed", () =>
  withRepository(async (layout) => {
    const { metadata } = await writeVersion(createDataStore(layout), "main", "hello\n");
    const text = await Deno.readTextFile(join(folderOf(layout.data, "main"), "1", "metadata.yaml"));
    assert.equal(
      text,
      [
        `id: ${metadata.id}`,
        "name: main",
        "version: 1",
        "contentType: text/plain",
        "lifetime: infinite",
        "garbageCollection: 5",
        "streaming: false",
        "tags:",
        "  type: resource",
        "  specName: state",
        "  modelName: t1",
        "ownerDefinition:",
        "  ownerType: model-method",
        `  ownerRef: ${SCOPE.modelId}`,
        `createdAt: '${metadata.createdAt}'`,
        "size: 6",
        "checksum: 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
        "",
      ].join("\n"),
    );
  }));

Deno.test("metadata that swamp wrote is read without a YAML library", () =>
  withRepository(async (layout) => {
    await writeVersion(createDataStore(layout), "main", "hello");
    const text = await Deno.readTextFile(join(folderOf(layout.data, "main"), "1", "metadata.yaml"));
    assert.equal(readSimpleYaml(text)?.name, "main");
  }));

Deno.test("content too large for one piece gets the same checksum as the system computes", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    const pending = await store.reserve(SCOPE, "big");
    const chunk = new Uint8Array(1024 * 1024).map((_, index) => index % 251);
    const chunks = ReadableStream.from(Array.from({ length: 9 }, () => chunk));
    await chunks.pipeTo(await store.openContent(pending));
    const { metadata, contentPath } = await store.publish(pending, sampleMetadata());
    const sum = await new Deno.Command("sha256sum", { args: [contentPath] }).output();
    assert.equal(metadata.checksum, new TextDecoder().decode(sum.stdout).split(" ")[0]);
    assert.equal(metadata.size, 9 * chunk.length);
  }));

Deno.test("a reserved version is invisible until it is published", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    const pending = await store.reserve(SCOPE, "main");
    await Deno.writeTextFile(pending.contentPath, "half");
    assert.equal(await store.get(SCOPE, "main"), undefined);
    assert.deepEqual(await store.list(SCOPE), []);
    await store.publish(pending, sampleMetadata());
    assert.equal(await readVersion(store, "main"), "half");
  }));

Deno.test("a discarded version leaves nothing and its number is free again", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    await store.discard(await store.reserve(SCOPE, "main"));
    assert.equal((await store.reserve(SCOPE, "main")).version, 1);
  }));

Deno.test("publishing without content fails and says which path was expected", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    const pending = await store.reserve(SCOPE, "main");
    await assert.rejects(store.publish(pending, sampleMetadata()), {
      code: "no_content",
      message: `Nothing was written for "main": ${pending.contentPath}`,
    });
  }));

Deno.test("names that lead elsewhere are refused for reading and writing", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    for (const name of ["../x", "a/b", "a\\b", "..", ".", ""]) {
      await assert.rejects(store.get(SCOPE, name), { code: "invalid_data_name" });
      await assert.rejects(store.reserve(SCOPE, name), { code: "invalid_data_name" });
    }
    await assert.rejects(store.list({ type: "a/b", modelId: "../x" }), {
      code: "invalid_model_id",
    });
  }));

Deno.test("data is listed by name with its latest version; the model's lock is no data", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    await writeVersion(store, "b", "1");
    await writeVersion(store, "a", "1");
    await writeVersion(store, "a", "2");
    await Deno.writeTextFile(folderOf(layout.data, ".lock"), "{}");
    const listed = (await store.list(SCOPE)).map(({ metadata }) => metadata);
    assert.deepEqual(listed.map(({ name, version }) => [name, version]), [["a", 2], ["b", 1]]);
    assert.deepEqual(await store.scopes(), [SCOPE]);
  }));

for (
  const [title, spoil] of Object.entries<(latest: string) => Promise<void>>({
    "is missing": (latest) => Deno.remove(latest),
    "is garbage": (latest) => Deno.writeTextFile(latest, "%%%"),
    "is behind": (latest) => Deno.writeTextFile(latest, "1"),
    "names a version that is not there": (latest) => Deno.writeTextFile(latest, "77"),
    "is a link to a version": async (latest) => {
      await Deno.remove(latest);
      await Deno.symlink("1", latest);
    },
    "is a folder": async (latest) => {
      await Deno.remove(latest);
      await Deno.mkdir(latest);
    },
  })
) {
  Deno.test(`when latest ${title}, the newest version is found and the next write repairs it`, () =>
    withRepository(async (layout) => {
      const store = createDataStore(layout);
      await writeVersion(store, "main", "one");
      await writeVersion(store, "main", "two");
      const latest = join(folderOf(layout.data, "main"), "latest");
      await spoil(latest);
      assert.equal(await readVersion(store, "main"), "two");
      await writeVersion(store, "main", "three");
      assert.equal(await Deno.readTextFile(latest), "3");
      assert.equal((await Deno.lstat(latest)).isFile, true);
    }));
}

for (
  const [title, text, reason] of [
    ["garbage", "{{{", /at line 1/],
    ["empty", "", /must be a YAML map/],
    ["a list", "- 1\n", /must be a YAML map/],
    ["lacking its tags", "id: x\ncontentType: a\nlifetime: 1d\ngarbageCollection: 1\n", /tags/],
  ] as const
) {
  Deno.test(`metadata that is ${title} is reported once and hides only its own version`, () =>
    withRepository(async (layout) => {
      const damaged: DamagedFile[] = [];
      const store = createDataStore(layout, (file) => damaged.push(file));
      await writeVersion(store, "main", "one");
      await writeVersion(store, "main", "two");
      await writeVersion(store, "other", "kept");
      const path = join(folderOf(layout.data, "main"), "2", "metadata.yaml");
      await Deno.writeTextFile(path, text);
      assert.equal(await readVersion(store, "main"), "one");
      assert.deepEqual((await store.list(SCOPE)).length, 2);
      assert.deepEqual(await store.versions(SCOPE, "main"), [1]);
      assert.deepEqual(damaged.map((file) => file.path), [path]);
      assert.match(damaged[0]!.reason, reason);
      assert.equal((await writeVersion(store, "main", "three")).metadata.version, 3);
    }));
}

Deno.test("lost metadata is reported, the version before it is the latest", () =>
  withRepository(async (layout) => {
    const damaged: DamagedFile[] = [];
    const store = createDataStore(layout, (file) => damaged.push(file));
    await writeVersion(store, "main", "one");
    await writeVersion(store, "main", "two");
    await Deno.remove(join(folderOf(layout.data, "main"), "2", "metadata.yaml"));
    assert.equal(await readVersion(store, "main"), "one");
    assert.equal(damaged[0]?.reason, "the file is missing");
    assert.equal((await writeVersion(store, "main", "three")).metadata.version, 3);
  }));

Deno.test("content that is missing is told apart from data that is missing", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    const stored = await writeVersion(store, "main", "one");
    await Deno.remove(stored.contentPath);
    assert.notEqual(await store.get(SCOPE, "main"), undefined);
    assert.equal(await store.content(stored), undefined);
  }));

Deno.test("removing the newest version makes the one before it the latest", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    await writeVersion(store, "main", "one");
    await writeVersion(store, "main", "two");
    await store.remove(SCOPE, "main", 2);
    assert.equal(await readVersion(store, "main"), "one");
    assert.equal(await Deno.readTextFile(join(folderOf(layout.data, "main"), "latest")), "1");
  }));

Deno.test("removing the only version removes the name", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    await writeVersion(store, "main", "one");
    await store.remove(SCOPE, "main", 1);
    await assert.rejects(Deno.stat(folderOf(layout.data, "main")), Deno.errors.NotFound);
  }));

Deno.test("removing all data of a model spares the lock that its remover holds", () =>
  withRepository(async (layout) => {
    const store = createDataStore(layout);
    await writeVersion(store, "a", "one");
    await writeVersion(store, "b", "one");
    await Deno.writeTextFile(folderOf(layout.data, ".lock"), "{}");
    assert.equal(await store.removeAll(SCOPE), 2);
    const left = await Array.fromAsync(Deno.readDir(folderOf(layout.data, "")));
    assert.deepEqual(left.map((entry) => entry.name), [".lock"]);
    assert.equal(await store.removeAll({ ...SCOPE, modelId: crypto.randomUUID() }), 0);
  }));
