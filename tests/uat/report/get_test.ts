import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createModel, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { inTerminal } from "../terminal.ts";
import { repositoryWith } from "./reports.ts";
import { storeReport } from "./stored_reports.ts";

const SUMMARY = "@swamp/method-summary";
const repository = await repositoryWith({
  byType: ["@acme/cost"],
  reports: {
    "@acme/cost": {
      scope: "model",
      labels: ["money"],
      body: "const { n } = context.methodArgs;" +
        "return { markdown: `# Cost\\n\\nIt is **${n}**.\\n`, json: { n } };",
    },
  },
});
globalThis.addEventListener("unload", () => repository[Symbol.dispose]());
const { modelId } = await runMethod(repository, "t1", "sync", { n: 1 });
for (const n of [2, 3]) await runMethod(repository, "t1", "sync", { n });
await createModel(repository, "command/shell", "sh");
await runMethod(repository, "sh", "execute", { run: "true" });

Deno.test("a report comes with what is known of it, its Markdown and its JSON", async () => {
  const { createdAt, ...document } = await succeeds(repository, ["report", "get", "@acme/cost"]);
  match(createdAt, /^\d{4}-\d\d-\d\dT/);
  deepEqual(document, {
    ...{ reportName: "@acme/cost", reportScope: "model", modelId, modelName: "t1" },
    ...{ modelType: "@acme/thing", version: 3, dataName: "report-acme-cost" },
    ...{ markdown: "# Cost\n\nIt is **3**.\n", json: { n: 3 } },
  });
});

Deno.test("older versions are there as well", async () => {
  for (const n of [1, 2, 3]) {
    const args = ["report", "get", "@acme/cost", "--version", String(n)];
    const { version, markdown, json } = await succeeds(repository, args);
    deepEqual([version, markdown, json], [n, `# Cost\n\nIt is **${n}**.\n`, { n }]);
  }
});

Deno.test("a version that was not kept is not found, and those that were are named", async () => {
  const { error, code, hint } = await fails(repository, [
    ...["report", "get", "@acme/cost", "--version", "99"],
  ]);
  deepEqual([error, code], ['Report not found: "@acme/cost" version 99', "report_not_found"]);
  equal(hint, "Versions that were kept: 1, 2, 3");
});

Deno.test("a report that was not kept comes with what was probably meant", async () => {
  const { error, code, hint } = await fails(repository, ["report", "get", "@acme/csot"]);
  deepEqual([error, code], ["Report not found: @acme/csot", "report_not_found"]);
  equal(hint, 'Did you mean "@acme/cost"?');
});

Deno.test("a report on several models needs --model", async () => {
  const { error, code } = await fails(repository, ["report", "get", SUMMARY]);
  equal(code, "ambiguous_report");
  match(
    error,
    /^Report "@swamp\/method-summary" exists in multiple locations: model:\w+, model:\w+\. Use --model or --workflow to disambiguate\.$/,
  );
  const { json } = await succeeds(repository, ["report", "get", SUMMARY, "--model", "t1"]);
  deepEqual([json.modelName, json.methodArgs], ["t1", { n: 3 }]);
  equal(
    (await fails(repository, ["report", "get", SUMMARY, "--model", "none"])).error,
    "Model not found: none",
  );
});

Deno.test("people read it between rules, and then as it was written", async () => {
  const { stdout } = await repository.run(["report", "get", "@acme/cost"]);
  match(
    stdout,
    /^─{40,}\n {2}@acme\/cost {2}\| {2}Model: t1 \(@acme\/thing\) {2}\| {2}Scope: model {2}\| {2}v3 {2}\| {2}\S+Z\n─{40,}\n\n# Cost\n\nIt is \*\*3\*\*\.\n$/,
  );
});

Deno.test("a terminal shows what is a heading and what is bold", async () => {
  const { text } = await inTerminal("report get @acme/cost", { cwd: repository.root });
  const bold = (part: string) => `\x1b[1m${part}\x1b[22m`;
  ok(text.includes(`${bold("# Cost")}\n\nIt is ${bold("**3**")}.`), text);
});

Deno.test("a report outlives its code, its model's type and its model", async () => {
  using other = await repositoryWith({ byType: ["@acme/cost"], reports: { "@acme/cost": {} } });
  await runMethod(other, "t1", "sync");
  const before = await succeeds(other, ["report", "get", "@acme/cost"]);
  for (const folder of ["extensions", "models"]) {
    Deno.removeSync(other.path(folder), { recursive: true });
  }
  deepEqual(await succeeds(other, ["report", "get", "@acme/cost"]), before);
  deepEqual(await succeeds(other, ["report", "get", "@acme/cost", "--model", "t1"]), before);
});

Deno.test("variants are told apart", async () => {
  using other = await repositoryWith({});
  const place = { modelType: "@acme/old", modelId: crypto.randomUUID() };
  for (const varySuffix of ["eu", "us"]) {
    storeReport(other, {
      ...{ name: "@acme/drift", scope: "method", ...place, varySuffix, markdown: varySuffix },
    });
  }
  const get = ["report", "get", "@acme/drift"];
  const { markdown, varySuffix } = await succeeds(other, [...get, "--variant", "us"]);
  deepEqual([markdown, varySuffix], ["us", "us"]);
  equal(
    (await fails(other, get)).error,
    'Report "@acme/drift" exists in several variants: eu, us. Use --variant to choose one.',
  );
  equal((await fails(other, [...get, "--variant", "x"])).error, "Report not found: @acme/drift");
});

Deno.test("a report on a workflow is found by the workflow", async () => {
  using other = await repositoryWith({});
  for (const workflow of ["deploy", "destroy"]) {
    storeReport(other, {
      ...{ name: "@swamp/workflow-summary", scope: "workflow", modelType: "workflow" },
      ...{ modelId: crypto.randomUUID(), tags: { workflow }, markdown: workflow },
    });
  }
  const get = ["report", "get", "@swamp/workflow-summary"];
  match((await fails(other, get)).error, /workflow:deploy/);
  const { markdown, workflowName } = await succeeds(other, [...get, "--workflow", "destroy"]);
  deepEqual([markdown, workflowName], ["destroy", "destroy"]);
  const { stdout } = await other.run([...get, "--workflow", "destroy"]);
  match(stdout, /\| {2}Workflow: destroy {2}\| {2}Scope: workflow {2}\|/);
});

Deno.test("two models of one name, one of them gone, are told apart by their ids", async () => {
  using other = await repositoryWith({});
  const { modelId: present } = await runMethod(other, "t1", "sync");
  const gone = crypto.randomUUID();
  storeReport(other, {
    ...{ name: SUMMARY, scope: "method", modelType: "@acme/thing", modelId: gone },
    ...{ markdown: "old", tags: { modelName: "t1" } },
  });
  const { error } = await fails(other, ["report", "get", SUMMARY]);
  for (const id of [present, gone]) match(error, new RegExp(`model:t1 \\(${id}\\)`));
  equal((await succeeds(other, ["report", "get", SUMMARY, "--model", gone])).markdown, "old");
  match(
    (await succeeds(other, ["report", "get", SUMMARY, "--model", "t1"])).markdown,
    /^# t1 \(@acme\/thing\) → sync/,
  );
});

Deno.test("JSON that is missing is null, with a warning", async () => {
  using other = await repositoryWith({});
  await runMethod(other, "t1", "sync");
  const { modelType, modelId: id } = await succeeds(other, ["report", "get", SUMMARY]);
  const folder = other.path(`.swamp/data/${modelType}/${id}/report-swamp-method-summary-json`);
  Deno.removeSync(folder, { recursive: true });
  const { json, code, stderr } = await other.run(["--json", "report", "get", SUMMARY]);
  deepEqual([code, json.json], [0, null]);
  match(json.markdown, /^# t1/);
  match(stderr, /^warning: The JSON of report "@swamp\/method-summary" version 1 is missing/);
});

Deno.test("JSON belongs to the Markdown of its time, even if one of their versions is missing", async () => {
  using other = await repositoryWith({});
  const place = { modelType: "@acme/old", modelId: crypto.randomUUID() };
  const report = { name: "@acme/x", scope: "method", ...place } as const;
  storeReport(other, { ...report, createdAt: "2026-11-20T10:00:00.000Z", json: { turn: 1 } });
  const orphan = { version: 2, createdAt: "2026-11-20T11:00:00.000Z", json: { turn: 2 } };
  storeReport(other, { ...report, ...orphan });
  const folder = other.path(`.swamp/data/@acme/old/${place.modelId}/report-acme-x/2`);
  Deno.removeSync(folder, { recursive: true });
  const third = { version: 3, createdAt: "2026-11-20T12:00:00.000Z", json: { turn: 3 } };
  storeReport(other, { ...report, ...third });
  const json = other.path(`.swamp/data/@acme/old/${place.modelId}/report-acme-x`);
  Deno.renameSync(`${json}/3`, `${json}/2`);
  const metadata = `${json}/2/metadata.yaml`;
  Deno.writeTextFileSync(
    metadata,
    Deno.readTextFileSync(metadata).replace('"version":3', '"version":2'),
  );
  const { version, json: shown } = await succeeds(other, ["report", "get", "@acme/x"]);
  deepEqual([version, shown], [2, { turn: 3 }]);
});

Deno.test("control characters of a report cannot reach the terminal", async () => {
  using other = await repositoryWith({});
  storeReport(other, {
    ...{ name: "@acme/x", scope: "method", modelType: "@acme/old", modelId: crypto.randomUUID() },
    markdown: "# \x1b[2Jgone",
  });
  const { stdout } = await other.run(["report", "get", "@acme/x"]);
  match(stdout, /# ␛\[2Jgone\n$/);
});
