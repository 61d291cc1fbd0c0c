import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { historyLogs } from "../../../src/libswamp/outputs/history_logs.ts";
import { outputLogs } from "../../../src/libswamp/outputs/logs.ts";
import { artifact, type Records, withRecords } from "./recorded_runs.ts";

/** Keeps a record of a run that wrote these artifacts, and whose own log has three lines. */
async function logged(records: Records, ...artifacts: ReturnType<typeof artifact>[]) {
  await Deno.mkdir(records.layout.outputs, { recursive: true });
  await Deno.writeTextFile(join(records.layout.outputs, "run.log"), "one\ntwo\nthree\n");
  const { id } = await records.record(1, {
    logFile: ".swamp/outputs/run.log",
    artifacts: { dataArtifacts: artifacts },
  });
  return id;
}

const ofType = (type: string) => ({ tags: { type } });

Deno.test("data tagged as logs are the logs of a run", () =>
  withRecords(async (records) => {
    await records.put("trail", "a\nb\n", ofType("log"));
    await records.put("page", "text", ofType("file"));
    const id = await logged(records, artifact("page"), artifact("trail"));
    deepEqual(await outputLogs(records, id), {
      ...{ outputId: id, methodName: "sync", logArtifacts: ["trail"] },
      ...{ lines: ["a", "b"], totalLines: 2, showingLines: 2 },
    });
  }));

Deno.test("without such data the text files of a run are, in their order", () =>
  withRecords(async (records) => {
    await records.put("out", "a\nb", ofType("file"));
    await records.put("err", "c\n", ofType("file"));
    await records.put("image", "x", { ...ofType("file"), contentType: "image/png" });
    await records.put("main", "{}", ofType("resource"));
    const names = ["out", "image", "main", "err"];
    const id = await logged(records, ...names.map((name) => artifact(name)));
    const { lines, logArtifacts } = await outputLogs(records, id);
    deepEqual(lines, ["a", "b", "c"]);
    deepEqual(logArtifacts, ["out", "err"]);
  }));

Deno.test("without any of them it is the run's own log", () =>
  withRecords(async (records) => {
    const id = await logged(records);
    const { lines, logArtifacts, logFile } = await outputLogs(records, id);
    deepEqual(lines, ["one", "two", "three"]);
    deepEqual(logArtifacts, []);
    equal(logFile, ".swamp/outputs/run.log");
  }));

Deno.test("the version that the run wrote is shown, not the latest", () =>
  withRecords(async (records) => {
    await records.put("trail", "old", ofType("log"));
    await records.put("trail", "new", ofType("log"));
    const id = await logged(records, artifact("trail", 1));
    deepEqual((await outputLogs(records, id)).lines, ["old"]);
  }));

Deno.test("a tail is the end of all lines together", () =>
  withRecords(async (records) => {
    await records.put("a", "1\n2\n3", ofType("log"));
    await records.put("b", "4\n", ofType("log"));
    const id = await logged(records, artifact("a"), artifact("b"));
    const { lines, totalLines, showingLines } = await outputLogs(records, id, 2);
    deepEqual({ lines, totalLines, showingLines }, {
      ...{ lines: ["3", "4"], totalLines: 4, showingLines: 2 },
    });
  }));

Deno.test("a run that left no logs at all says so", () =>
  withRecords(async (records) => {
    const { id } = await records.record(1);
    await rejects(outputLogs(records, id), {
      code: "no_logs",
      message:
        `Log artifacts not found: Output ${id} has no log artifacts. Status: succeeded, Method: sync`,
    });
  }));

Deno.test("what is no id and no model is no id; what could be one is not found", () =>
  withRecords(async (records) => {
    await rejects(outputLogs(records, "zz"), {
      message: "Invalid output ID format: zz. Expected a UUID or partial ID (3+ hex characters).",
    });
    await rejects(outputLogs(records, "abc"), { message: "Output not found: abc" });
    await rejects(outputLogs(records, "t1"), {
      message: "Output not found: no outputs for model: t1",
    });
  }));

Deno.test("the history shows a run's own log", () =>
  withRecords(async (records) => {
    const outputId = await logged(records);
    const identity = { outputId, methodName: "sync", modelName: "t1" };
    deepEqual(await historyLogs(records, "t1", 2), {
      ...{ ...identity, path: ".swamp/outputs/run.log", lines: ["two", "three"] },
      ...{ lineCount: 2, totalLines: 3 },
    });
    await Deno.remove(join(records.layout.outputs, "run.log"));
    deepEqual(await historyLogs(records, "t1"), {
      ...{ ...identity, path: ".swamp/outputs/run.log", lines: [], lineCount: 0, totalLines: 0 },
    });
  }));

Deno.test("a run without a log has an explanation in place of lines", () =>
  withRecords(async (records) => {
    const { id } = await records.record(1);
    const { lines, error } = await historyLogs(records, id);
    deepEqual({ lines, error }, { lines: [], error: "This run has no log file." });
  }));

Deno.test("the history has words of its own for what it does not find", () =>
  withRecords(async (records) => {
    await rejects(historyLogs(records, "zz"), { message: "No method run or model found: zz" });
    await rejects(historyLogs(records, "t1"), { message: "Run not found: for model: t1" });
  }));
