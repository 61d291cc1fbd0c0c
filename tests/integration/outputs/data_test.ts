import { deepEqual, equal, rejects } from "node:assert/strict";
import { outputData } from "../../../src/libswamp/outputs/data.ts";
import { artifact, type Records, withRecords } from "./recorded_runs.ts";

const JSON_TYPE = { contentType: "application/json" };

/** A run that wrote the first versions of `result`, a map, and `log`, a text. */
async function written(records: Records): Promise<string> {
  await records.put("result", '{"exitCode":0,"a.b":1,"nested":{"x":[7]}}', JSON_TYPE);
  await records.put("log", "hello");
  const dataArtifacts = [artifact("result"), artifact("log")];
  return (await records.record(1, { artifacts: { dataArtifacts } })).id;
}

Deno.test("the first of what a run wrote is shown", () =>
  withRecords(async (records) => {
    const run = await written(records);
    const { dataId, ...document } = await outputData(records, { run });
    equal(dataId.length, 36);
    deepEqual(document, {
      ...{ outputId: run, methodName: "sync", dataName: "result", version: 1 },
      ...{ contentType: "application/json", field: null },
      data: { exitCode: 0, "a.b": 1, nested: { x: [7] } },
    });
  }));

Deno.test("data tagged as such come before all other", () =>
  withRecords(async (records) => {
    await records.put("first", "1");
    await records.put("second", "2");
    const dataArtifacts = [artifact("first"), artifact("second", 1, "data")];
    const { id: run } = await records.record(1, { artifacts: { dataArtifacts } });
    equal((await outputData(records, { run })).dataName, "second");
  }));

Deno.test("data are chosen by name", () =>
  withRecords(async (records) => {
    const run = await written(records);
    equal((await outputData(records, { run, name: "log" })).data, "hello");
    await rejects(outputData(records, { run, name: "zz" }), {
      message: 'Data artifact not found: "zz". Available: result, log',
    });
  }));

Deno.test("a field is a member, or a path of members", () =>
  withRecords(async (records) => {
    const run = await written(records);
    const field = async (name: string) => (await outputData(records, { run, field: name })).data;
    equal(await field("exitCode"), 0);
    equal(await field("a.b"), 1);
    equal(await field("nested.x.0"), 7);
    await rejects(field("zz"), {
      message: 'Field not found: "zz" in data artifact. Available fields: exitCode, a.b, nested',
    });
    await rejects(outputData(records, { run, name: "log", field: "x" }), {
      message: 'Cannot extract field "x": data is not a JSON object',
    });
  }));

Deno.test("another version may be asked for", () =>
  withRecords(async (records) => {
    const run = await written(records);
    await records.put("log", "later");
    equal((await outputData(records, { run, name: "log", version: 2 })).data, "later");
    await rejects(outputData(records, { run, name: "log", version: 77 }), {
      message: 'Data not found: "log" (v77) for model "t1"',
    });
  }));

Deno.test("bytes that are no text come in base64", () =>
  withRecords(async (records) => {
    await records.put("raw", new Uint8Array([255, 0]));
    const { id: run } = await records.record(1, {
      artifacts: { dataArtifacts: [artifact("raw")] },
    });
    const { data, contentEncoding } = await outputData(records, { run });
    deepEqual({ data, contentEncoding }, { data: "/wA=", contentEncoding: "base64" });
  }));

Deno.test("a run that wrote nothing says so", () =>
  withRecords(async (records) => {
    const { id: run } = await records.record(1, { status: "failed" });
    await rejects(outputData(records, { run }), {
      message:
        `Data artifacts not found: Output ${run} has no data artifacts. Status: failed, Method: sync`,
    });
  }));

Deno.test("content that is missing is told", () =>
  withRecords(async (records) => {
    const run = await written(records);
    const stored = await records.put("log", "x");
    await Deno.remove(stored.contentPath);
    await rejects(outputData(records, { run, name: "log", version: 2 }), {
      message: 'Data content not found: "log" (v2)',
    });
  }));

Deno.test("the data of a model whose definition is gone can still be read", () =>
  withRecords(async (records) => {
    const run = await written(records);
    const { path } = await records.definitions.find("t1");
    await records.definitions.remove(path);
    equal((await outputData(records, { run, name: "log" })).data, "hello");
  }));
