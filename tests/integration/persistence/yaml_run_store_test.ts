import assert from "node:assert/strict";
import { join } from "@std/path";
import type { Definition } from "../../../src/domain/models/definition.ts";
import type { RunRecord } from "../../../src/domain/models/run_record.ts";
import { createRunStore } from "../../../src/infrastructure/persistence/yaml_run_store.ts";
import { withRepository } from "./temporary_repository.ts";

const TYPE = "@acme/thing";
const DEFINITION_ID = "2ed368ef-ec52-41ca-9585-7cdcef9c1823";

function recordAt(startedAt: string, more: Partial<RunRecord> = {}): RunRecord {
  return {
    id: crypto.randomUUID(),
    definitionId: DEFINITION_ID,
    methodName: "sync",
    status: "succeeded",
    startedAt,
    completedAt: "2026-11-20T17:31:08.000Z",
    durationMs: 50,
    retryCount: 0,
    provenance: {
      definitionHash: "ab".repeat(32),
      modelVersion: "2026.01.02.1",
      triggeredBy: "manual",
    },
    artifacts: {
      dataArtifacts: [{ dataId: "d", name: "main", version: 2, tags: { type: "resource" } }],
    },
    ...more,
  };
}

/** The id of a process that ran and is gone. */
async function deadProcess(): Promise<number> {
  const process = new Deno.Command("true").spawn();
  await process.status;
  return process.pid;
}

Deno.test("a record is kept under type, method, definition and time, and comes back unchanged", () =>
  withRepository(async (layout) => {
    const runs = createRunStore(layout);
    const record = recordAt("2026-11-20T17:31:07.950Z");
    await runs.save(TYPE, record);
    const file = `${DEFINITION_ID}-2026-11-20T17-31-07-950Z.yaml`;
    await Deno.stat(join(layout.outputs, "@acme", "thing", "sync", file));
    assert.deepEqual(await runs.listFor(TYPE, DEFINITION_ID), [record]);
  }));

Deno.test("saving a run again replaces its earlier state", () =>
  withRepository(async (layout) => {
    const runs = createRunStore(layout);
    const record = recordAt("2026-11-20T17:31:07.950Z", { status: "failed" });
    await runs.save(TYPE, { ...record, status: "running" });
    await runs.save(TYPE, record);
    assert.deepEqual(await runs.listFor(TYPE, DEFINITION_ID), [record]);
  }));

Deno.test("records of all methods come newest first, those of other definitions do not", () =>
  withRepository(async (layout) => {
    const runs = createRunStore(layout);
    const times = ["2026-01-02T00:00:00.000Z", "2026-01-03T00:00:00.000Z"];
    await runs.save(TYPE, recordAt(times[0]!));
    await runs.save(TYPE, recordAt(times[1]!, { methodName: "delete" }));
    await runs.save(TYPE, recordAt(times[1]!, { definitionId: crypto.randomUUID() }));
    const listed = await runs.listFor(TYPE, DEFINITION_ID);
    assert.deepEqual(listed.map((record) => record.startedAt), times.toReversed());
  }));

Deno.test("a damaged record is reported and hides no other", () =>
  withRepository(async (layout) => {
    const damaged: string[] = [];
    const runs = createRunStore(layout, ({ reason }) => damaged.push(reason));
    await runs.save(TYPE, recordAt("2026-01-02T00:00:00.000Z"));
    const folder = join(layout.outputs, "@acme", "thing", "sync");
    await Deno.writeTextFile(join(folder, `${DEFINITION_ID}-1.yaml`), "id: 7\n");
    await Deno.writeTextFile(join(folder, `${DEFINITION_ID}-2.yaml`), "");
    assert.equal((await runs.listFor(TYPE, DEFINITION_ID)).length, 1);
    assert.deepEqual(damaged.sort(), ["id must be a string", "must be a YAML map"]);
  }));

Deno.test("a run whose process is gone reads as failed with the error interrupted", () =>
  withRepository(async (layout) => {
    const runs = createRunStore(layout);
    const pid = await deadProcess();
    const running = { status: "running", hostname: Deno.hostname() } as const;
    await runs.save(TYPE, recordAt("2026-01-02T00:00:00.000Z", { ...running, pid }));
    const [record] = await runs.listFor(TYPE, DEFINITION_ID);
    assert.equal(record?.status, "failed");
    assert.deepEqual(record?.error, { message: "interrupted" });
  }));

Deno.test("a run stays running while its process lives or belongs to another machine", () =>
  withRepository(async (layout) => {
    const runs = createRunStore(layout);
    const pid = await deadProcess();
    const status = "running" as const;
    const here = { status, pid: Deno.pid, hostname: Deno.hostname() };
    await runs.save(TYPE, recordAt("2026-01-02T00:00:00.000Z", here));
    const elsewhere = { status, pid, hostname: "elsewhere.example" };
    await runs.save(TYPE, recordAt("2026-01-03T00:00:00.000Z", elsewhere));
    const listed = await runs.listFor(TYPE, DEFINITION_ID);
    assert.deepEqual(listed.map((record) => record.status), ["running", "running"]);
  }));

Deno.test("a log lies beside its record and holds every line at once", () =>
  withRepository(async (layout) => {
    const runs = createRunStore(layout);
    const log = await runs.openLog(TYPE, "sync", DEFINITION_ID, "2026-01-02T00:00:00.000Z");
    const name = `${DEFINITION_ID}-2026-01-02T00-00-00-000Z.log`;
    assert.equal(log.relativePath, `.swamp/outputs/@acme/thing/sync/${name}`);
    log.append("one");
    log.append("two");
    assert.equal(await Deno.readTextFile(log.path), "one\ntwo\n");
    log.close();
    log.append("too late");
    assert.equal(await Deno.readTextFile(log.path), "one\ntwo\n");
  }));

Deno.test("method names cannot lead out of the folder of outputs", () =>
  withRepository((layout) => {
    const runs = createRunStore(layout);
    const path = runs.logPath(TYPE, "../../../x", DEFINITION_ID, "2026-01-02T00:00:00.000Z");
    assert.ok(path.startsWith(join(layout.outputs, "@acme", "thing", "--")));
    return Promise.resolve();
  }));

Deno.test("an evaluated definition comes back as it was saved", () =>
  withRepository(async (layout) => {
    const runs = createRunStore(layout);
    const definition: Definition = {
      type: TYPE,
      typeVersion: "2026.01.02.1",
      id: DEFINITION_ID,
      name: "t1",
      version: 1,
      tags: { env: "dev" },
      globalArguments: { region: "eu", when: "2026-01-02" },
      methods: { sync: { arguments: { n: 1 } } },
    };
    assert.equal(await runs.lastEvaluated(TYPE, DEFINITION_ID), undefined);
    await runs.saveEvaluated(definition);
    assert.deepEqual(await runs.lastEvaluated(TYPE, DEFINITION_ID), definition);
  }));

Deno.test("removing a definition's runs takes records, logs and empty folders, nobody else's", () =>
  withRepository(async (layout) => {
    const runs = createRunStore(layout);
    const time = "2026-01-02T00:00:00.000Z";
    await runs.save(TYPE, recordAt(time));
    (await runs.openLog(TYPE, "sync", DEFINITION_ID, time)).close();
    await runs.save("@acme/other", recordAt(time));
    assert.equal(await runs.removeFor(TYPE, DEFINITION_ID), 1);
    await assert.rejects(Deno.stat(join(layout.outputs, "@acme", "thing")), Deno.errors.NotFound);
    assert.equal((await runs.listFor("@acme/other", DEFINITION_ID)).length, 1);
    assert.equal(await runs.removeFor(TYPE, DEFINITION_ID), 0);
  }));
