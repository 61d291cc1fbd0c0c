import { deepEqual, equal } from "node:assert/strict";
import { searchOutputs } from "../../../src/libswamp/outputs/search.ts";
import { MODEL_ID } from "../data/stored_data.ts";
import { artifact, type Records, withRecords } from "./recorded_runs.ts";

const found = async (records: Records, query: string) =>
  (await searchOutputs(records, query)).results.map(({ id }) => id);

Deno.test("a run is listed with its model, method, state and time", () =>
  withRecords(async (records) => {
    const { id, startedAt } = await records.record(1);
    deepEqual(await searchOutputs(records, ""), {
      query: "",
      results: [{
        ...{ id, definitionId: MODEL_ID, modelName: "t1", type: "@acme/thing" },
        ...{ methodName: "sync", status: "succeeded", startedAt, durationMs: 50 },
      }],
    });
  }));

Deno.test("runs match by id, model name, type, method and state, in any case", () =>
  withRecords(async (records) => {
    const a = await records.record(1, { id: "feed0000-0000-4000-8000-000000000001" });
    const b = await records.record(2, {
      ...{ type: "@other/kind", definitionId: crypto.randomUUID(), methodName: "Create" },
      ...{ id: "dead0000-0000-4000-8000-000000000002", status: "failed" },
    });
    deepEqual(await found(records, ""), [b.id, a.id]);
    deepEqual(await found(records, "FEED"), [a.id]);
    deepEqual(await found(records, "t1"), [a.id]);
    deepEqual(await found(records, "other/"), [b.id]);
    deepEqual(await found(records, "create"), [b.id]);
    deepEqual(await found(records, "fail"), [b.id]);
    deepEqual(await found(records, "nothing"), []);
  }));

Deno.test("of a model that is gone the name comes from the data that it wrote", () =>
  withRecords(async (records) => {
    const definitionId = crypto.randomUUID();
    await records.record(1, { definitionId });
    await records.record(2, { definitionId, artifacts: { dataArtifacts: [artifact("main")] } });
    const { results } = await searchOutputs(records, "");
    deepEqual(results.map(({ modelName }) => modelName), ["t1", undefined]);
    equal("modelName" in results[1]!, false);
  }));
