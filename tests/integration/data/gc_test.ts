import { deepEqual, equal, rejects } from "node:assert/strict";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import {
  collectGarbage,
  type CollectGarbageDependencies,
  garbageDocument,
  planGarbageCollection,
} from "../../../src/libswamp/data/gc.ts";
import { vaultsOf } from "../runs/method_runs.ts";
import { MODEL_ID, type Shelf, withShelf } from "./stored_data.ts";

const SCOPE = { type: "@acme/thing", modelId: MODEL_ID };
const HOUR = 3_600_000;

/** Garbage collection that takes place so many hours from now. */
function gcIn(hours: number, { layout, data, definitions }: Shelf): CollectGarbageDependencies {
  return {
    ...{ data, definitions, locks: createLocks(layout, { notice: () => {}, waitMs: 0 }) },
    openVaults: () => vaultsOf(layout),
    situation: { now: Date.now() + hours * HOUR, workflowRun: () => "gone" },
  };
}

async function collect(hours: number, shelf: Shelf) {
  const dependencies = gcIn(hours, shelf);
  return await collectGarbage(dependencies, await planGarbageCollection(dependencies));
}

const versionsOf = ({ data }: Shelf, name: string) => data.versions(SCOPE, name);

Deno.test("a name that has outlived its lifetime goes with all its versions", () =>
  withShelf(async (shelf) => {
    await shelf.put("old", "12345", { lifetime: "1h" });
    await shelf.put("old", "123", { lifetime: "1h" });
    await shelf.put("young", "x", { lifetime: "3h" });
    deepEqual(await collect(2, shelf), {
      ...{ dataEntriesExpired: 1, versionsDeleted: 2, bytesReclaimed: 8, dryRun: false },
      expiredEntries: [{
        ...{ type: "@acme/thing", modelId: MODEL_ID, modelName: "t1", dataName: "old" },
        ...{ versionCount: 2, reason: "duration-expired" },
      }],
      prunedEntries: [],
    });
    deepEqual(await versionsOf(shelf, "old"), []);
    deepEqual(await versionsOf(shelf, "young"), [1]);
  }));

Deno.test("old versions that the policy does not keep go, the latest stays", () =>
  withShelf(async (shelf) => {
    for (const text of ["1", "22", "333", "4444"]) {
      await shelf.put("main", text, { garbageCollection: 2 });
    }
    deepEqual(await collect(0, shelf), {
      ...{ dataEntriesExpired: 0, versionsDeleted: 2, bytesReclaimed: 3, dryRun: false },
      expiredEntries: [],
      prunedEntries: [{
        ...{ type: "@acme/thing", modelId: MODEL_ID, modelName: "t1", dataName: "main" },
        versionCount: 2,
      }],
    });
    deepEqual(await versionsOf(shelf, "main"), [3, 4]);
    equal((await shelf.data.get(SCOPE, "main"))?.metadata.version, 4);
  }));

Deno.test("versions older than a policy's duration go", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "1", { garbageCollection: "1h" });
    await shelf.put("main", "2", { garbageCollection: "1h" });
    equal((await collect(0, shelf)).versionsDeleted, 0);
    equal((await collect(2, shelf)).versionsDeleted, 1);
    deepEqual(await versionsOf(shelf, "main"), [2]);
  }));

Deno.test("a plan tells exactly what is then done, and does nothing itself", () =>
  withShelf(async (shelf) => {
    for (let version = 1; version <= 5; version++) {
      await shelf.put("pruned", "x", { garbageCollection: 2 });
      await shelf.put("expired", "xy", { lifetime: "1h" });
    }
    const dependencies = gcIn(2, shelf);
    const plan = await planGarbageCollection(dependencies);
    const preview = await garbageDocument(dependencies, plan, true);
    deepEqual(await versionsOf(shelf, "expired"), [1, 2, 3, 4, 5]);
    const done = await collectGarbage(dependencies, plan);
    deepEqual({ ...preview, dryRun: false }, done);
    equal(done.versionsDeleted, 8);
    equal((await planGarbageCollection(dependencies)).length, 0);
  }));

Deno.test("what was written since the plan was made is safe", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "1", { lifetime: "1h", garbageCollection: 1 });
    const dependencies = gcIn(2, shelf);
    const plan = await planGarbageCollection(dependencies);
    const { metadata } = await shelf.put("main", "2", { lifetime: "1y", garbageCollection: 1 });
    const done = await collectGarbage(dependencies, plan);
    equal(done.dataEntriesExpired, 0);
    deepEqual(await versionsOf(shelf, "main"), [metadata.version]);
  }));

Deno.test("versions that became surplus since the plan was made stay for the next time", () =>
  withShelf(async (shelf) => {
    for (const text of ["1", "2"]) await shelf.put("main", text, { garbageCollection: 1 });
    const dependencies = gcIn(0, shelf);
    const plan = await planGarbageCollection(dependencies);
    await shelf.put("main", "3", { garbageCollection: 1 });
    equal((await collectGarbage(dependencies, plan)).versionsDeleted, 1);
    deepEqual(await versionsOf(shelf, "main"), [2, 3]);
  }));

Deno.test("that data were deleted stays known, what they were before goes", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "1", { lifetime: "1h", garbageCollection: 1 });
    await shelf.put("main", "{}", { lifetime: "1h", garbageCollection: 1, lifecycle: "deleted" });
    const { dataEntriesExpired, versionsDeleted } = await collect(1000, shelf);
    deepEqual({ dataEntriesExpired, versionsDeleted }, {
      dataEntriesExpired: 0,
      versionsDeleted: 1,
    });
    deepEqual(await versionsOf(shelf, "main"), [2]);
  }));

Deno.test("ephemeral data, and those of workflow runs that are gone, go", () =>
  withShelf(async (shelf) => {
    const ownerDefinition = {
      ...{ ownerType: "workflow-step" as const, ownerRef: "w", workflowRunId: "r" },
    };
    await shelf.put("e", "x", { lifetime: "ephemeral" });
    await shelf.put("j", "x", { lifetime: "job", ownerDefinition });
    await shelf.put("w", "x", { lifetime: "workflow", ownerDefinition });
    await shelf.put("unknown", "x", { lifetime: "workflow" });
    const { expiredEntries } = await collect(0, shelf);
    deepEqual(expiredEntries.map(({ dataName, reason }) => [dataName, reason]), [
      ["e", "ephemeral-ended"],
      ["j", "job-deleted"],
      ["w", "workflow-deleted"],
    ]);
  }));

Deno.test("data of models that are gone are collected too", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "x", { lifetime: "1h" });
    const { path } = await shelf.definitions.find("t1");
    await shelf.definitions.remove(path);
    const { expiredEntries } = await collect(2, shelf);
    deepEqual(expiredEntries.map(({ modelName }) => modelName), [MODEL_ID]);
    deepEqual(await shelf.data.scopes(), []);
  }));

Deno.test("damaged and unfinished versions are nobody's garbage", () =>
  withShelf(async (shelf) => {
    const { path } = await shelf.put("main", "1", { garbageCollection: 1 });
    for (const text of ["2", "3"]) await shelf.put("main", text, { garbageCollection: 1 });
    await Deno.writeTextFile(`${path}/metadata.yaml`, "[");
    const pending = await shelf.data.reserve(SCOPE, "main");
    equal((await collect(0, shelf)).versionsDeleted, 1);
    await Deno.stat(path);
    await shelf.data.discard(pending);
    deepEqual(await versionsOf(shelf, "main"), [3]);
  }));

Deno.test("nothing goes of data whose latest version is damaged", () =>
  withShelf(async (shelf) => {
    const old = { lifetime: "1h", garbageCollection: 1 };
    for (const text of ["1", "2"]) await shelf.put("main", text, old);
    const { path } = await shelf.put("main", "3", old);
    await Deno.writeTextFile(`${path}/metadata.yaml`, "[");
    equal((await collect(2, shelf)).versionsDeleted, 0);
    deepEqual(await versionsOf(shelf, "main"), [1, 2]);
  }));

Deno.test("nothing goes while a method of the model runs", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "x", { lifetime: "1h" });
    const locks = createLocks(shelf.layout, { notice: () => {} });
    await using _running = await locks.model(SCOPE);
    await rejects(collect(2, shelf), { code: "lock_timeout" });
    deepEqual(await versionsOf(shelf, "main"), [1]);
  }));

Deno.test("with nothing to collect no lock is asked for", () =>
  withShelf(async (shelf) => {
    await shelf.put("main", "x");
    const locks = createLocks(shelf.layout, { notice: () => {} });
    await using _somebody = await locks.global();
    equal((await collect(0, shelf)).versionsDeleted, 0);
  }));
