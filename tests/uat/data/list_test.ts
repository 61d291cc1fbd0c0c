import { deepEqual, equal, match } from "node:assert/strict";
import { thingRepository } from "../model_source.ts";
import { createModel, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import type { Run } from "../swamp.ts";

/** A repository with the model `t1` that has resources, files and reports. */
const repository = await thingRepository({
  sync: `await context.writeResource("state", "b", { n: 1 });
    await context.writeResource("state", "a", { n: 1 });
    await context.writeResource("state", "a", { n: 2 });
    await context.createFileWriter("log", "run-log").writeText("hi");`,
});
const { id } = await createModel(repository, "@acme/thing", "t1");
await createModel(repository, "@acme/thing", "empty");
await runMethod(repository, "t1", "sync");
Deno.test.afterAll(() => repository[Symbol.dispose]());

const itemsOf = ({ groups }: Run["json"]) =>
  groups.map(({ type, items }: Run["json"]) => [
    type,
    items.map((item: Run["json"]) => [item.name, item.version]),
  ]);

Deno.test("the latest versions are listed in groups, items by name", async () => {
  const document = await succeeds(repository, ["data", "list", "t1"]);
  equal(document.modelId, id);
  equal(document.modelName, "t1");
  equal(document.modelType, "@acme/thing");
  equal(document.total, 5);
  deepEqual(itemsOf(document), [
    ["file", [["run-log", 1]]],
    ["resource", [["a", 2], ["b", 1]]],
    ["report", [["report-swamp-method-summary", 1], ["report-swamp-method-summary-json", 1]]],
  ]);
});

Deno.test("an item tells what it is", async () => {
  const { groups } = await succeeds(repository, ["data", "list", "t1", "--type", "file"]);
  const { id: itemId, createdAt, ...item } = groups[0].items[0];
  match(itemId, /^[0-9a-f-]{36}$/);
  match(createdAt, /^\d{4}-\d\d-\d\dT/);
  deepEqual(item, {
    name: "run-log",
    version: 1,
    contentType: "text/plain",
    type: "file",
    streaming: false,
    size: 2,
    lifecycle: "active",
  });
});

Deno.test("--type chooses a group", async () => {
  const document = await succeeds(repository, ["data", "list", "t1", "--type", "resource"]);
  deepEqual(itemsOf(document), [["resource", [["a", 2], ["b", 1]]]]);
  equal(document.total, 2);
});

Deno.test("a type that no data has gives an empty list", async () => {
  const document = await succeeds(repository, ["data", "list", "t1", "--type", "log"]);
  deepEqual([document.groups, document.total], [[], 0]);
});

Deno.test("a model without data has an empty list", async () => {
  const document = await succeeds(repository, ["data", "list", "empty"]);
  deepEqual([document.groups, document.total], [[], 0]);
  const { code, stdout } = await repository.run(["data", "list", "empty"]);
  equal(code, 0);
  match(stdout, /empty/);
});

Deno.test("a model of an extension type may be named by its id", async () => {
  equal((await succeeds(repository, ["data", "list", id])).modelName, "t1");
});

Deno.test("people read a heading, groups and their items", async () => {
  const { stdout, stderr } = await repository.run(["data", "list", "t1"]);
  equal(stderr, "");
  match(stdout, /^Data for t1 \(@acme\/thing\)$/m);
  match(stdout, /^file \(1 item\):$/m);
  match(stdout, /^resource \(2 items\):$/m);
  match(stdout, /^ +a +v2 +application\/json +7B +\d{4}-\d\d-\d\d$/m);
});

Deno.test("reports are data too, and their text can be read", async () => {
  const report = await succeeds(repository, ["data", "get", "t1", "report-swamp-method-summary"]);
  equal(report.contentType, "text/markdown");
  equal(report.lifetime, "30d");
  equal(report.garbageCollection, 5);
  equal(report.tags.reportName, "@swamp/method-summary");
  equal(report.tags.reportScope, "method");
  match(report.content, /^# t1 \(@acme\/thing\) → sync: succeeded/);
  const parsed = await succeeds(repository, [
    ...["data", "get", "t1", "report-swamp-method-summary-json"],
  ]);
  equal(parsed.content.status, "succeeded");
});

/** Arguments of `data list` and what is said of them. */
const MISTAKES: readonly (readonly [args: string, message: RegExp])[] = [
  ["", /^Either a model name or --workflow is required\./],
  ["--workflow wf", /^Workflow not found: wf$/],
  ["t1 --run abc", /^--run needs --workflow <name>\.$/],
  [
    "t1 --workflow wf",
    /^Cannot specify both a model and --workflow\. Use one or the other\.$/,
  ],
];

for (const [args, message] of MISTAKES) {
  Deno.test(`data list ${args}: ${message.source}`, async () => {
    const words = args.split(" ").filter((word) => word !== "");
    match((await fails(repository, ["data", "list", ...words])).error, message);
  });
}
