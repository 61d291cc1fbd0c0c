import { deepEqual, equal, match } from "node:assert/strict";
import { method, sourceOf } from "../model_source.ts";
import { createModel, runArgs, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

/** A repository with the models `t1`, of an extension type, and `sh`, which have run. */
const repository = await Repository.create();
repository.write(
  "extensions/models/thing.ts",
  sourceOf("@acme/thing", {
    methods: `{ ${method("sync", `await context.writeResource("state", "main", {});`)}
    ${method("fail", `throw new Error(args.why);`, "z.object({ why: z.string() })")} }`,
  }),
);
await createModel(repository, "@acme/thing", "t1");
await createModel(repository, "command/shell", "sh");
await runMethod(repository, "t1", "sync", {}, ["--skip-reports"]);
await runMethod(repository, "t1", "sync", {}, ["--skip-reports"]);
await fails(repository, [...runArgs("t1", "fail", { why: "older" }), "--skip-reports"]);
await fails(repository, [...runArgs("t1", "fail", { why: "newer" }), "--skip-reports"]);
await runMethod(repository, "sh", "execute", { run: "true" }, ["--skip-reports"]);
Deno.test.afterAll(() => repository[Symbol.dispose]());

Deno.test("runs are counted by model and method, of whatever type", async () => {
  const document = await succeeds(repository, ["summarise"]);
  match(document.since, /^\d{4}-\d\d-\d\dT/);
  deepEqual(
    document.methodExecutions.map(({ modelName, type, succeeded, failed, total }: Run["json"]) => ({
      ...{ modelName, type, succeeded, failed, total },
    })),
    [
      { modelName: "sh", type: "command/shell", succeeded: 1, failed: 0, total: 1 },
      { modelName: "t1", type: "@acme/thing", succeeded: 2, failed: 2, total: 4 },
    ],
  );
  const [fail, sync] = document.methodExecutions[1].methods;
  deepEqual([fail.method, fail.failed, sync.method, sync.succeeded], ["fail", 2, "sync", 2]);
  deepEqual(fail.runs.map(({ error }: Run["json"]) => error), ["newer", "older"]);
  equal(fail.runs[0].triggeredBy, "manual");
  deepEqual(document.workflows, []);
  deepEqual(document.data, {
    ...{ totalItems: 3, totalVersions: 4, uniqueModels: 2 },
    byModelType: [
      { modelType: "@acme/thing", items: 1, versions: 2 },
      { modelType: "command/shell", items: 2, versions: 2 },
    ],
  });
});

Deno.test("summarize is the same command", async () => {
  const { methodExecutions } = await succeeds(repository, ["summarize", "--since", "1h"]);
  equal(methodExecutions.length, 2);
});

Deno.test("people read counts and the last error; -v lists every run", async () => {
  const { stdout, stderr } = await repository.run(["summarise"]);
  equal(stderr, "");
  match(stdout, /^Activity summary \(last 7d\)$/m);
  match(stdout, /^Direct Method Executions \(5 total: 3 succeeded, 2 failed\)$/m);
  match(stdout, /^ +t1 fail +✗ 2/m);
  match(stdout, /last error: "newer"/);
  match(stdout, /\(3 items, 4 versions, 2 models\)/);
  const verbose = await repository.run(["summarise", "-v"]);
  equal(verbose.stdout.match(/✓ succeeded/g)?.length, 3);
});

Deno.test("runs from before --since are left out", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "sh");
  const { logFile } = await runMethod(other, "sh", "execute", { run: "true" });
  await runMethod(other, "sh", "execute", { run: "true" });
  const record = logFile.replace(/\.log$/, ".yaml");
  const threeDaysAgo = new Date(Date.now() - 3 * 24 * 3600 * 1000).toISOString();
  Deno.writeTextFileSync(
    record,
    Deno.readTextFileSync(record).replace(/^startedAt: .*$/m, `startedAt: '${threeDaysAgo}'`),
  );
  const total = async (since: string) => {
    const { methodExecutions } = await succeeds(other, ["summarise", "--since", since]);
    return methodExecutions[0].total;
  };
  deepEqual([await total("2d"), await total("4d")], [1, 2]);
});

Deno.test("an error of several lines takes one", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "sh");
  await fails(other, runArgs("sh", "execute", { run: "echo why >&2; exit 3" }));
  const { stdout } = await other.run(["summarise", "-v"]);
  match(stdout, /last error: "Command exited with code 3 …"$/m);
  match(stdout, / Command exited with code 3 …$/m);
});

Deno.test("where nothing happened the document has the usual shape", async () => {
  using quiet = await Repository.create();
  const { since, ...rest } = await succeeds(quiet, ["summarise"]);
  match(since, /^\d{4}-\d\d-\d\dT/);
  deepEqual(rest, {
    ...{ methodExecutions: [], workflows: [] },
    data: { totalItems: 0, totalVersions: 0, uniqueModels: 0, byModelType: [] },
    message: "No activity found.",
  });
});

Deno.test("something that is no duration is refused", async () => {
  equal(
    (await fails(repository, ["summarise", "--since", "1x"])).error,
    'Invalid duration format: "1x". Expected format like 1h, 1d, 7d, 1w, 1mo',
  );
});
