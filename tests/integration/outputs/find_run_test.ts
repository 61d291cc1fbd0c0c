import { deepEqual, equal, rejects } from "node:assert/strict";
import { getOutput } from "../../../src/libswamp/outputs/get.ts";
import { MODEL_ID } from "../data/stored_data.ts";
import { artifact, withRecords } from "./recorded_runs.ts";

const ID = "babb655f-0000-4000-8000-000000000001";

Deno.test("a run is found by its id, with dashes or without, in any case", () =>
  withRecords(async (records) => {
    await records.record(1, { id: ID });
    await records.record(2);
    for (const argument of [ID, ID.replaceAll("-", ""), ID.toUpperCase()]) {
      equal((await getOutput(records, argument)).id, ID);
    }
  }));

Deno.test("the beginning of an id is enough from three digits on", () =>
  withRecords(async (records) => {
    await records.record(1, { id: ID });
    equal((await getOutput(records, "bab")).id, ID);
    equal((await getOutput(records, "babb655f-0")).id, ID);
    await rejects(getOutput(records, "ba"), { code: "output_not_found" });
  }));

Deno.test("a beginning that several ids have names them all", () =>
  withRecords(async (records) => {
    const [a, b] = ["abcabc00-0000-4000-8000-000000000001", "abcabc11-0000-4000-8000-000000000002"];
    await records.record(1, { id: a });
    await records.record(2, { id: b });
    await rejects(getOutput(records, "abcabc"), {
      code: "ambiguous_output",
      message: `Ambiguous ID prefix "abcabc" matches:\n  ${b}\n  ${a}`,
    });
  }));

Deno.test("a model stands for its latest run", () =>
  withRecords(async (records) => {
    const latest = await records.record(2);
    await records.record(1);
    await records.record(3, { definitionId: crypto.randomUUID() });
    equal((await getOutput(records, "t1")).id, latest.id);
    equal((await getOutput(records, MODEL_ID)).id, latest.id);
  }));

Deno.test("a model called like the beginning of an id is meant when its name is given", () =>
  withRecords(async (records) => {
    const { definitions, record } = records;
    const definitionId = crypto.randomUUID();
    await definitions.add({
      ...{ type: "@acme/thing", id: definitionId, name: "babb", version: 1 },
      ...{ tags: {}, globalArguments: {}, methods: {} },
    });
    await record(1, { id: ID });
    const own = await record(2, { definitionId, id: crypto.randomUUID() });
    equal((await getOutput(records, "babb")).id, own.id);
    equal((await getOutput(records, ID)).id, ID);
  }));

Deno.test("a model without runs and an unknown argument are told apart", () =>
  withRecords(async (records) => {
    await rejects(getOutput(records, "t1"), {
      message: "Output not found: no outputs for model: t1",
    });
    await rejects(getOutput(records, "t2"), {
      code: "output_not_found",
      message: "Output or model not found: t2",
      fields: { hint: 'Did you mean "t1"?' },
    });
  }));

Deno.test("the document is the record, without the process that ran it", () =>
  withRecords(async (records) => {
    const written = artifact("main", 2);
    const { id, startedAt, completedAt, provenance } = await records.record(1, {
      ...{ status: "failed", error: { message: "boom", stack: "Error: boom" } },
      ...{ logFile: ".swamp/outputs/x.log", pid: 1, hostname: "h" },
      artifacts: { dataArtifacts: [written] },
    });
    deepEqual(await getOutput(records, id), {
      ...{ id, definitionId: MODEL_ID, modelName: "t1", type: "@acme/thing" },
      ...{ methodName: "sync", status: "failed", startedAt, completedAt, durationMs: 50 },
      ...{ retryCount: 0, provenance, artifacts: { dataArtifacts: [written] } },
      ...{ error: { message: "boom", stack: "Error: boom" }, logFile: ".swamp/outputs/x.log" },
    });
  }));

Deno.test("the run of a model that is gone is still found, with the name that its data carry", () =>
  withRecords(async (records) => {
    const { id } = await records.record(1, { artifacts: { dataArtifacts: [artifact("main")] } });
    const { path } = await records.definitions.find("t1");
    await records.definitions.remove(path);
    equal((await getOutput(records, id)).modelName, "t1");
    equal((await getOutput(records, MODEL_ID)).id, id);
  }));
