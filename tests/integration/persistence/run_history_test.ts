import { deepEqual, equal } from "node:assert/strict";
import { join } from "@std/path";
import { withRecords } from "../outputs/recorded_runs.ts";

const OTHER_ID = "6c0e8b5d-8d53-4f4e-9b5e-1b8e3c2f9a10";

Deno.test("runs of every type and definition come newest first", () =>
  withRecords(async ({ history, record }) => {
    const first = await record(1);
    const third = await record(3, { type: "@gone/type", definitionId: OTHER_ID });
    const second = await record(2, { methodName: "other" });
    deepEqual(await history.runs(), [
      { type: "@gone/type", record: third },
      { type: "@acme/thing", record: second },
      { type: "@acme/thing", record: first },
    ]);
  }));

Deno.test("a repository without runs has none", () =>
  withRecords(async ({ history }) => deepEqual(await history.runs(), [])));

Deno.test("runs are chosen by definition, time, id and number", () =>
  withRecords(async ({ history, record }) => {
    const first = await record(1, { id: "abc00000-0000-4000-8000-000000000001" });
    const second = await record(2, { id: "abc11111-0000-4000-8000-000000000002" });
    const other = await record(3, { definitionId: OTHER_ID });
    const chosen = async (selection: Parameters<typeof history.runs>[0]) =>
      (await history.runs(selection)).map((run) => run.record.id);
    deepEqual(await chosen({ definitionId: OTHER_ID }), [other.id]);
    deepEqual(await chosen({ idDigits: "abc" }), [second.id, first.id]);
    deepEqual(await chosen({ idDigits: "abc000000000400" }), [first.id]);
    deepEqual(await chosen({ since: Date.parse(second.startedAt) }), [other.id, second.id]);
    deepEqual(await chosen({ limit: 1 }), [other.id]);
    deepEqual(await chosen({ idDigits: "abc", limit: 1 }), [second.id]);
  }));

Deno.test("a damaged record is reported once and hides no other", () =>
  withRecords(async ({ layout, history, record, damaged }) => {
    const healthy = await record(1);
    const folder = join(layout.outputs, "@acme", "thing", "sync");
    await Deno.writeTextFile(join(folder, "garbage.yaml"), "id: [");
    await Deno.writeTextFile(join(folder, `${OTHER_ID}-2026-11-20T12-09-00-000Z.yaml`), "");
    for (let time = 0; time < 2; time++) {
      deepEqual((await history.runs()).map((run) => run.record.id), [healthy.id]);
    }
    deepEqual(damaged.map(({ path }) => path.slice(folder.length + 1)).sort(), [
      `${OTHER_ID}-2026-11-20T12-09-00-000Z.yaml`,
      "garbage.yaml",
    ]);
  }));

Deno.test("files beside the records are no records", () =>
  withRecords(async ({ layout, history, record, damaged }) => {
    const { startedAt } = await record(1);
    const folder = join(layout.outputs, "@acme", "thing", "sync");
    await Deno.writeTextFile(join(folder, `x-${startedAt}.log`), "log");
    await Deno.writeTextFile(join(folder, `.${OTHER_ID}.tmp`), "id: [");
    equal((await history.runs()).length, 1);
    deepEqual(damaged, []);
  }));

Deno.test("a run whose process is gone has failed", () =>
  withRecords(async ({ history, record }) => {
    const ended = new Deno.Command("true").spawn();
    await ended.status;
    const here = { hostname: Deno.hostname(), status: "running" as const };
    await record(1, { ...here, pid: ended.pid });
    await record(2, { ...here, pid: Deno.pid });
    const runs = await history.runs();
    deepEqual(runs.map((run) => run.record.status), ["running", "failed"]);
    equal(runs[1]?.record.error?.message, "interrupted");
  }));

Deno.test("the log of a run is read from where its record says, inside of the repository", () =>
  withRecords(async ({ layout, history, record }) => {
    await Deno.mkdir(join(layout.root, "logs"));
    await Deno.writeTextFile(join(layout.root, "logs", "run.log"), "line\n");
    const read = async (logFile?: string) => {
      const log = await history.openLog({
        ...await record(1),
        ...(logFile === undefined ? {} : { logFile }),
      });
      return log === undefined ? undefined : await new Response(log).text();
    };
    equal(await read("logs/run.log"), "line\n");
    equal(await read("logs/missing.log"), undefined);
    equal(await read(), undefined);
    await Deno.writeTextFile(`${layout.root}-outside.log`, "secret");
    try {
      equal(await read(`../${layout.root.split("/").at(-1)}-outside.log`), undefined);
    } finally {
      await Deno.remove(`${layout.root}-outside.log`);
    }
  }));

Deno.test("five hundred runs are all found, and one of them by its id", () =>
  withRecords(async ({ history, record }) => {
    for (let minute = 0; minute < 500; minute++) await record(minute);
    const runs = await history.runs();
    equal(runs.length, 500);
    const { id } = runs[250]!.record;
    const found = await history.runs({ idDigits: id.replaceAll("-", "") });
    deepEqual(found, [runs[250]]);
  }));
