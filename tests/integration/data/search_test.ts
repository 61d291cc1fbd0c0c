import { deepEqual, equal, rejects } from "node:assert/strict";
import type { DataFilters } from "../../../src/libswamp/data/search_filters.ts";
import { searchData } from "../../../src/libswamp/data/search.ts";
import { artifact, type Records, withRecords } from "../outputs/recorded_runs.ts";
import { MODEL_ID } from "./stored_data.ts";

interface Search extends DataFilters {
  readonly query?: string;
  readonly limit?: number;
  readonly all?: boolean;
}

const search = (
  { definitions, data, history }: Records,
  { query = "", limit = 50, all = false, ...filters }: Search = {},
) =>
  searchData(
    { definitions, data, history: () => Promise.resolve(history), now: Date.now() },
    { query, filters, limit, all },
  );

const names = async (records: Records, given: Search) =>
  (await search(records, given)).results.map(({ name }) => name).sort();

Deno.test("a result tells all about the latest version", () =>
  withRecords(async (records) => {
    await records.put("main", "one");
    const tags = { type: "resource", specName: "state", workflow: "wf", step: "s" };
    const { metadata } = await records.put("main", "three", { tags });
    deepEqual(await search(records), {
      ...{ query: "", filters: {}, total: 1, limited: false },
      results: [{
        ...{ id: metadata.id, name: "main", version: 2, contentType: "text/plain" },
        ...{ type: "resource", lifetime: "infinite", ownerType: "model-method" },
        ...{ ownerRef: MODEL_ID, modelId: MODEL_ID, modelName: "t1", modelType: "@acme/thing" },
        ...{ streaming: false, size: 5, createdAt: metadata.createdAt, tags },
        ...{ workflowTag: "wf", stepTag: "s", lifecycle: "active" },
      }],
    });
  }));

Deno.test("every filter restricts, and all of them together", () =>
  withRecords(async (records) => {
    await records.put("a", "x", { tags: { type: "resource", env: "dev" }, lifetime: "7d" });
    await records.put("b", "x", { tags: { type: "file", env: "dev" }, streaming: true });
    await records.put("c", "x", { tags: { type: "log", workflow: "wf", env: "prod" } });
    await records.put("d", "x", {
      ownerDefinition: { ownerType: "manual", ownerRef: "joe", workflowRunId: "run-7" },
      contentType: "application/json",
    });
    const found = (given: Search) => names(records, given);
    deepEqual(await found({ type: "resource" }), ["a"]);
    deepEqual(await found({ lifetime: "7d" }), ["a"]);
    deepEqual(await found({ ownerType: "manual" }), ["d"]);
    deepEqual(await found({ contentType: "application/json" }), ["d"]);
    deepEqual(await found({ workflow: "wf" }), ["c"]);
    deepEqual(await found({ streaming: true }), ["b"]);
    deepEqual(await found({ run: "run-7" }), ["d"]);
    deepEqual(await found({ output: "jo" }), ["d"]);
    deepEqual(await found({ tags: [["env", "dev"]] }), ["a", "b"]);
    deepEqual(await found({ tags: [["env", "dev"], ["type", "file"]] }), ["b"]);
    deepEqual(await found({ model: "t1" }), ["a", "b", "c", "d"]);
    deepEqual(await found({ model: MODEL_ID.slice(0, 8), type: "log" }), ["c"]);
    deepEqual(await found({ since: "1h" }), ["a", "b", "c", "d"]);
    deepEqual(await found({ type: "log", streaming: true }), []);
  }));

Deno.test("a query is part of name, type, model name or owner, in any case", () =>
  withRecords(async (records) => {
    await records.put("Main", "x");
    await records.put("other", "x", {
      tags: { type: "log" },
      ownerDefinition: { ownerType: "manual", ownerRef: "joe" },
    });
    const found = (query: string) => names(records, { query });
    deepEqual(await found("mAi"), ["Main"]);
    deepEqual(await found("LOG"), ["other"]);
    deepEqual(await found("joe"), ["other"]);
    deepEqual(await found("T1"), ["Main", "other"]);
    deepEqual(await found("zz"), []);
  }));

Deno.test("what a run wrote is found by the run's id, or its beginning", () =>
  withRecords(async (records) => {
    const { metadata } = await records.put("main", "x");
    await records.put("other", "x");
    const dataArtifacts = [{ ...artifact("main"), dataId: metadata.id }];
    const { id } = await records.record(1, { artifacts: { dataArtifacts } });
    deepEqual(await names(records, { output: id }), ["main"]);
    deepEqual(await names(records, { output: id.slice(0, 8) }), ["main"]);
  }));

Deno.test("the filters in use are named in the result", () =>
  withRecords(async (records) => {
    await records.put("a", "x");
    const { filters } = await search(records, {
      ...{ type: "file", ownerType: "manual", since: "1d", streaming: true },
      ...{ tags: [["env", "dev"]], model: undefined },
    });
    deepEqual(filters, {
      ...{ type: "file", ownerType: "manual", since: "1d", streaming: "true", "tag:env": "dev" },
    });
  }));

Deno.test("the newest come first, and a limit cuts what is older", () =>
  withRecords(async (records) => {
    for (const name of ["a", "b", "c"]) {
      await records.put(name, "x");
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const { results, total, limited } = await search(records, { limit: 2 });
    deepEqual(results.map(({ name }) => name), ["c", "b"]);
    deepEqual({ total, limited }, { total: 3, limited: true });
    equal((await search(records, { limit: 3 })).limited, false);
  }));

Deno.test("deleted data are counted and left out, unless all are asked for", () =>
  withRecords(async (records) => {
    await records.put("alive", "x");
    await records.put("moved", "{}", { lifecycle: "deleted", renamedTo: "alive" });
    const { results, total, hidden } = await search(records);
    deepEqual(results.map(({ name }) => name), ["alive"]);
    deepEqual({ total, hidden }, { total: 1, hidden: 1 });
    const all = await search(records, { all: true, query: "moved" });
    deepEqual(
      all.results.map(({ lifecycle, renamedTo }) => [lifecycle, renamedTo]),
      [["deleted", "alive"]],
    );
    equal("hidden" in all, false);
  }));

Deno.test("data of a model that is gone carry its name", () =>
  withRecords(async (records) => {
    await records.put("main", "x", { tags: { type: "file", modelName: "t1" } });
    const { path } = await records.definitions.find("t1");
    await records.definitions.remove(path);
    equal((await search(records)).results[0]?.modelName, "t1");
  }));

Deno.test("damaged data hide no other", () =>
  withRecords(async (records) => {
    await records.put("healthy", "x");
    const { path } = await records.put("broken", "x");
    await Deno.writeTextFile(`${path}/metadata.yaml`, "");
    deepEqual(await names(records, {}), ["healthy"]);
  }));

/** Filters that cannot be meant, and what is said of them. */
const MISTAKES: readonly (readonly [filters: Search, message: RegExp])[] = [
  [{ since: "1x" }, /^Invalid duration format: "1x"\. Expected format like 1h, 1d, 7d, 1w, 1mo$/],
  [{ type: "resorce" }, /^Invalid value for --type: "resorce"\. Expected one of: resource, file, /],
  [{ ownerType: "x" }, /^Invalid value for --owner-type: "x"\. Expected one of: model-method, /],
  [{ lifetime: "long" }, /^Invalid value for --lifetime: "long"\. Expected one of: infinite, /],
  [{ model: "zz" }, /^Model not found: zz$/],
];

for (const [filters, message] of MISTAKES) {
  Deno.test(`${JSON.stringify(filters)} is refused`, () =>
    withRecords((records) => rejects(search(records, filters), { message })));
}

Deno.test("a type that authors have made up is known once data have it", () =>
  withRecords(async (records) => {
    await records.put("main", "x", { tags: { type: "audit" } });
    deepEqual(await names(records, { type: "audit" }), ["main"]);
  }));
