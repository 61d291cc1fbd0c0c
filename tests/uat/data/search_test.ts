import { deepEqual, equal, match } from "node:assert/strict";
import { thingRepository } from "../model_source.ts";
import { createModel, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import type { Run } from "../swamp.ts";

/** A repository with the models `t1`, of an extension type, and `sh`, which have both run. */
const repository = await thingRepository({
  sync: `await context.writeResource("state", "main", { n: 1 }, { lifetime: "7d" });
    await context.createFileWriter("log", "run-log").writeText("hi");`,
  destroy: "return {};",
});
const { id } = await createModel(repository, "@acme/thing", "t1");
await createModel(repository, "@acme/thing", "t2");
await createModel(repository, "command/shell", "sh");
const run = await runMethod(repository, "t1", "sync", {}, ["--tag", "env=dev"]);
await runMethod(repository, "sh", "execute", { run: "echo hi" }, ["--skip-reports"]);
await runMethod(repository, "t2", "sync", {}, ["--skip-reports"]);
await runMethod(repository, "t2", "destroy", {}, ["--skip-reports"]);
Deno.test.afterAll(() => repository[Symbol.dispose]());

const search = (...args: string[]) => succeeds(repository, ["data", "search", ...args]);
const namesOf = ({ results }: Run["json"]) =>
  results.map(({ modelName, name }: Run["json"]) => `${modelName}/${name}`).sort();

Deno.test("data of all models are found, the newest first, deleted ones left out", async () => {
  const document = await search("--limit", "5");
  deepEqual(namesOf(document), [
    ...["sh/log", "sh/result", "t1/report-swamp-method-summary"],
    ...["t1/report-swamp-method-summary-json", "t2/run-log"],
  ]);
  equal(document.results[0].name, "run-log");
  deepEqual([document.total, document.limited, document.hidden], [7, true, 1]);
  equal((await search("--all")).total, 8);
});

Deno.test("a result tells where its data come from", async () => {
  const { results: [found], filters } = await search("--model", "t1", "--type", "resource");
  deepEqual(filters, { type: "resource", model: "t1" });
  const { id: dataId, createdAt, ...rest } = found;
  match(dataId, /^[0-9a-f-]{36}$/);
  match(createdAt, /^\d{4}-\d\d-\d\dT/);
  deepEqual(rest, {
    ...{ name: "main", version: 1, contentType: "application/json", type: "resource" },
    ...{ lifetime: "7d", ownerType: "model-method", ownerRef: id, modelId: id },
    ...{ modelName: "t1", modelType: "@acme/thing", streaming: false, size: 7 },
    tags: { type: "resource", specName: "state", modelName: "t1", env: "dev" },
    lifecycle: "active",
  });
});

/** Filters, and what they find. */
const FILTERS: readonly (readonly [args: string, names: readonly string[]])[] = [
  ["run-log", ["t1/run-log", "t2/run-log"]],
  ["--lifetime 7d --type resource", ["t1/main"]],
  ["--tag env=dev --type file", ["t1/run-log"]],
  ["--tag env=dev --tag type=resource", ["t1/main"]],
  ["--streaming", ["sh/log"]],
  [`--model ${id} --content-type application/json --type resource`, ["t1/main"]],
  [`--output ${run.outputId}`, ["t1/main", "t1/run-log"]],
  ["--owner-type workflow-step", []],
  ["--since 1h --model sh", ["sh/log", "sh/result"]],
  ["--workflow nightly", []],
];

for (const [args, names] of FILTERS) {
  Deno.test(`data search ${args.replace(/[0-9a-f-]{36}/, "<id>")}`, async () => {
    deepEqual(namesOf(await search(...args.split(" "))), names);
  });
}

Deno.test("people read a table, and how many results there are", async () => {
  const { stdout, stderr } = await repository.run(["data", "search", "--model", "sh"]);
  equal(stderr, "");
  match(stdout, /^NAME +MODEL +TYPE +VERSION +SIZE +CREATED/m);
  match(stdout, /^2 results$/m);
  match((await repository.run(["data", "search", "zzz"])).stdout, /^No matching data\.$/m);
});

/** Arguments of `data search` that make no sense, and what is said of them. */
const MISTAKES: readonly (readonly [args: string, message: RegExp])[] = [
  ["--since 1x", /^Invalid duration format: "1x"\. Expected format like 1h, 1d, 7d, 1w, 1mo$/],
  ["--tag foo", /^Invalid tag format: "foo"\. Expected KEY=VALUE$/],
  ["--limit 0", /^Option "--limit" must be an integer of 1 or more, but got "0"\.$/],
  ["--limit -1", /^Option "--limit" must be an integer of 1 or more, but got "-1"\.$/],
  ["--limit 1.5", /^Option "--limit" must be an integer of 1 or more, but got "1\.5"\.$/],
  ["--limit abc", /^Option "--limit" must be of type "number", but got "abc"\.$/],
  ["--type resorce", /^Invalid value for --type: "resorce"\./],
  ["--owner-type me", /^Invalid value for --owner-type: "me"\./],
  ["--lifetime long", /^Invalid value for --lifetime: "long"\./],
];

for (const [args, message] of MISTAKES) {
  Deno.test(`data search ${args} is refused`, async () => {
    match((await fails(repository, ["data", "search", ...args.split(" ")])).error, message);
  });
}
