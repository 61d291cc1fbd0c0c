import { deepEqual, equal, match } from "node:assert/strict";
import { createModel, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";
import { repositoryWith } from "./reports.ts";
import { storeReport } from "./stored_reports.ts";

const repository = await repositoryWith({
  byType: ["@acme/cost"],
  reports: { "@acme/cost": { scope: "model", labels: ["money"] } },
});
globalThis.addEventListener("unload", () => repository[Symbol.dispose]());
const { modelId } = await runMethod(repository, "t1", "sync");
await createModel(repository, "command/shell", "sh");
await runMethod(repository, "sh", "execute", { run: "true" });
await runMethod(repository, "t1", "sync");
const WORKFLOW = crypto.randomUUID();
storeReport(repository, {
  ...{ name: "@swamp/workflow-summary", scope: "workflow" },
  ...{ modelType: "workflow", modelId: WORKFLOW, tags: { workflow: "deploy" } },
});
const GONE = crypto.randomUUID();
for (const varySuffix of ["eu", "us"]) {
  storeReport(repository, {
    ...{ name: "@acme/drift", scope: "method", modelType: "@acme/old", modelId: GONE, varySuffix },
    tags: { modelName: "old-one", workflow: "deploy" },
  });
}

// deno-lint-ignore no-explicit-any -- documents whose shape the tests check.
type Found = any;

async function search(...args: string[]): Promise<Found[]> {
  return (await succeeds(repository, ["report", "search", ...args])).results;
}

/** What was found, as `name@model`, sorted. */
async function found(...args: string[]): Promise<string[]> {
  const results = await search(...args);
  return results.map(({ reportName, modelName }) => `${reportName}@${modelName}`).sort();
}

Deno.test("the latest version of every report is listed, the newest first", async () => {
  const { query, results } = await succeeds(repository, ["report", "search"]);
  equal(query, "");
  const times = results.map(({ createdAt }: Found) => createdAt);
  deepEqual(times, times.toSorted().reverse());
  const cost = results.find(({ reportName }: Found) => reportName === "@acme/cost");
  const { createdAt, ...rest } = cost;
  match(createdAt, /^\d{4}-\d\d-\d\dT/);
  deepEqual(rest, {
    ...{ reportName: "@acme/cost", reportScope: "model", modelId, modelName: "t1" },
    ...{ modelType: "@acme/thing", version: 2, dataName: "report-acme-cost" },
  });
  deepEqual(await found(), [
    "@acme/cost@t1",
    "@acme/drift@old-one",
    "@acme/drift@old-one",
    "@swamp/method-summary@sh",
    "@swamp/method-summary@t1",
    "@swamp/workflow-summary@deploy",
  ]);
});

Deno.test("the query matches name, data name and variant, in any case", async () => {
  deepEqual(await found("COST"), ["@acme/cost@t1"]);
  deepEqual(await found("report-acme-c"), ["@acme/cost@t1"]);
  const [variant, ...others] = await search("US");
  deepEqual([variant.varySuffix, others], ["us", []]);
  deepEqual(await search("nothing-like-it"), []);
});

Deno.test("one match is a list as well", async () => {
  equal((await search("cost")).length, 1);
});

Deno.test("reports on a model are found by its name and id, even if the model is gone", async () => {
  for (const model of ["t1", modelId]) {
    deepEqual(await found("--model", model), ["@acme/cost@t1", "@swamp/method-summary@t1"]);
  }
  for (const model of ["old-one", GONE]) equal((await search("--model", model)).length, 2);
  const { error, code } = await fails(repository, ["report", "search", "--model", "nomodel"]);
  deepEqual([error, code], ["Model not found: nomodel", "model_not_found"]);
});

Deno.test("reports on a workflow and its steps are found by its name, those on itself by its id", async () => {
  deepEqual(await found("--workflow", "deploy"), [
    "@acme/drift@old-one",
    "@acme/drift@old-one",
    "@swamp/workflow-summary@deploy",
  ]);
  const [report] = await search("--workflow", WORKFLOW);
  deepEqual(
    [report.workflowName, report.modelType, report.modelId],
    ["deploy", "workflow", WORKFLOW],
  );
});

Deno.test("reports are found by scope", async () => {
  deepEqual(await found("--scope", "model"), ["@acme/cost@t1"]);
  deepEqual(await found("--scope", "workflow"), ["@swamp/workflow-summary@deploy"]);
  match(
    (await fails(repository, ["report", "search", "--scope", "job"])).error,
    /Expected values: "method", "model", "workflow"$/,
  );
});

Deno.test("reports are found by labels of what is installed or built in", async () => {
  deepEqual(await found("--label", "money"), ["@acme/cost@t1"]);
  deepEqual(await found("--label", "money", "--label", "summary", "--model", "t1"), [
    "@acme/cost@t1",
    "@swamp/method-summary@t1",
  ]);
  deepEqual(await found("--label", "none"), []);
});

Deno.test("people get a table", async () => {
  const { stdout } = await repository.run(["report", "search", "--model", "t1"]);
  match(stdout, /^REPORT +SCOPE +MODEL +VERSION +CREATED \(UTC\)\n/);
  match(stdout, /\n@acme\/cost +model +t1 +v2 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n/);
  match(stdout, /\n\n2 reports\n$/);
  equal((await repository.run(["report", "search", "zzz"])).stdout, 'No report matches "zzz".\n');
});

Deno.test("where there are no reports the list is empty", async () => {
  using empty = await Repository.create();
  deepEqual(await succeeds(empty, ["report", "search"]), { query: "", results: [] });
  equal((await empty.run(["report", "search"])).stdout, "No reports.\n");
});

Deno.test("a renamed model's reports have its present name", async () => {
  using other = await repositoryWith({});
  await runMethod(other, "t1", "sync");
  const { path } = await succeeds(other, ["model", "get", "t1"]);
  Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace(/^name: t1$/m, "name: t2"));
  const { results: [report] } = await succeeds(other, ["report", "search"]);
  equal(report.modelName, "t2");
});
