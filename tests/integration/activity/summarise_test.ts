import { deepEqual, equal, rejects } from "node:assert/strict";
import { summarise } from "../../../src/libswamp/activity/summarise.ts";
import { artifact, type Records, withRecords } from "../outputs/recorded_runs.ts";
import { MODEL_ID } from "../data/stored_data.ts";

/** An hour after the noon from which the records of runs count. */
const NOW = Date.parse("2026-11-20T13:00:00.000Z");

const summary = (records: Records, duration = "1d", now = NOW) =>
  summarise({ ...records, now }, duration);

Deno.test("runs are counted by model and method, the newest first", () =>
  withRecords(async (records) => {
    const { id, startedAt } = await records.record(1);
    const failed = await records.record(2, { status: "failed", error: { message: "boom" } });
    const running = await records.record(3, {
      ...{ methodName: "create", status: "running", pid: Deno.pid, hostname: Deno.hostname() },
    });
    const { methodExecutions } = await summary(records);
    deepEqual(methodExecutions, [{
      ...{ modelName: "t1", type: "@acme/thing", succeeded: 1, failed: 1, total: 3 },
      methods: [
        {
          ...{ method: "create", succeeded: 0, failed: 0, total: 1 },
          runs: [{
            ...{ id: running.id, definitionId: MODEL_ID, startedAt: running.startedAt },
            ...{ durationMs: 50, status: "running", triggeredBy: "manual" },
          }],
        },
        {
          ...{ method: "sync", succeeded: 1, failed: 1, total: 2 },
          runs: [
            {
              ...{ id: failed.id, definitionId: MODEL_ID, startedAt: failed.startedAt },
              ...{ durationMs: 50, status: "failed", error: "boom", triggeredBy: "manual" },
            },
            {
              ...{ id, definitionId: MODEL_ID, startedAt, durationMs: 50, status: "succeeded" },
              triggeredBy: "manual",
            },
          ],
        },
      ],
    }]);
  }));

Deno.test("runs of types and definitions that are gone count as well", () =>
  withRecords(async (records) => {
    const definitionId = crypto.randomUUID();
    await records.record(1, {
      ...{ type: "@gone/type", definitionId },
      artifacts: { dataArtifacts: [artifact("main")] },
    });
    await records.record(2, { type: "@gone/other", definitionId: crypto.randomUUID() });
    const { methodExecutions } = await summary(records);
    deepEqual(methodExecutions.map(({ type }) => type).sort(), ["@gone/other", "@gone/type"]);
    equal(methodExecutions.find(({ type }) => type === "@gone/type")?.modelName, "t1");
  }));

Deno.test("what happened before does not count", () =>
  withRecords(async (records) => {
    await records.record(0);
    await records.record(30);
    const { methodExecutions, since } = await summary(records, "45m");
    equal(since, "2026-11-20T12:15:00.000Z");
    equal(methodExecutions[0]?.total, 1);
  }));

Deno.test("data written are counted by type: names, versions and models", () =>
  withRecords(async (records) => {
    for (const name of ["a", "a", "a", "b"]) await records.put(name, "x");
    const { data } = await summary(records, "1h", Date.now());
    deepEqual(data, {
      ...{ totalItems: 2, totalVersions: 4, uniqueModels: 1 },
      byModelType: [{ modelType: "@acme/thing", items: 2, versions: 4 }],
    });
    equal((await summary(records, "1h", Date.now() + 7_200_000)).data.totalVersions, 0);
  }));

Deno.test("where nothing happened the document is empty and says so", () =>
  withRecords(async (records) => {
    deepEqual(await summary(records), {
      ...{ since: "2026-11-19T13:00:00.000Z", methodExecutions: [], workflows: [] },
      data: { totalItems: 0, totalVersions: 0, uniqueModels: 0, byModelType: [] },
      message: "No activity found.",
    });
  }));

Deno.test("a damaged record hides no other", () =>
  withRecords(async (records) => {
    await records.record(1);
    await Deno.writeTextFile(`${records.layout.outputs}/@acme/thing/sync/garbage.yaml`, "[");
    equal((await summary(records)).methodExecutions[0]?.total, 1);
    equal(records.damaged.length, 1);
  }));

Deno.test("something that is no duration is refused", () =>
  withRecords((records) =>
    rejects(summary(records, "1x"), {
      message: 'Invalid duration format: "1x". Expected format like 1h, 1d, 7d, 1w, 1mo',
    })
  ));
