import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parse, stringify } from "yaml";
import { deadPid } from "../background_run.ts";
import { thingRepository } from "../model_source.ts";
import { createModel, runArgs, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

/** A repository with the model `t1`, of an extension type, and `sh`. Both have run and failed. */
const repository = await thingRepository({
  sync: `await context.writeResource("state", "main", { n: 1, nested: { x: [7] } });
    await context.createFileWriter("log", "run-log").writeText("line 1\\nline 2\\n");`,
  fail: `throw new Error("boom happened");`,
  quiet: "return {};",
});
const { id: modelId } = await createModel(repository, "@acme/thing", "t1");
await createModel(repository, "command/shell", "sh");
await createModel(repository, "command/shell", "idle");
const first = await runMethod(repository, "t1", "sync");
const failed = await fails(repository, runArgs("t1", "fail"));
const quiet = await runMethod(repository, "t1", "quiet", {}, ["--skip-reports"]);
const shell = await runMethod(repository, "sh", "execute", { run: "echo out; echo err >&2" });
Deno.test.afterAll(() => repository[Symbol.dispose]());

const output = (...args: string[]) => succeeds(repository, ["model", "output", ...args]);
const refused = async (...args: string[]) =>
  (await fails(repository, ["model", "output", ...args])).error;

Deno.test("a run is shown by its id, or the beginning of it", async () => {
  const document = await output("get", first.outputId);
  const { startedAt, completedAt, durationMs, provenance, artifacts, logFile, ...rest } = document;
  deepEqual(rest, {
    ...{ id: first.outputId, definitionId: modelId, modelName: "t1", type: "@acme/thing" },
    ...{ methodName: "sync", status: "succeeded", retryCount: 0 },
  });
  ok(startedAt <= completedAt);
  ok(Number.isInteger(durationMs));
  match(provenance.definitionHash, /^[0-9a-f]{64}$/);
  deepEqual([provenance.modelVersion, provenance.triggeredBy], ["2026.01.02.1", "manual"]);
  deepEqual(
    artifacts.dataArtifacts.map(({ name, version }: Run["json"]) => [name, version]),
    [["main", 1], ["run-log", 1]],
  );
  match(logFile, /^\.swamp\/outputs\/@acme\/thing\/sync\/.*\.log$/);
  for (const argument of [first.outputId.slice(0, 8), first.outputId.replaceAll("-", "")]) {
    equal((await output("get", argument)).id, first.outputId);
  }
});

Deno.test("a model stands for its latest run", async () => {
  equal((await output("get", "t1")).id, quiet.outputId);
  equal((await output("get", modelId)).id, quiet.outputId);
});

Deno.test("a run that failed tells why", async () => {
  const { status, error } = await output("get", failed.outputId);
  equal(status, "failed");
  equal(error.message, "boom happened");
});

Deno.test("runs of all types are listed, the newest first", async () => {
  const { query, results } = await output("search");
  equal(query, "");
  deepEqual(
    results.map(({ modelName, methodName, status }: Run["json"]) => [
      ...[modelName, methodName, status],
    ]),
    [
      ["sh", "execute", "succeeded"],
      ["t1", "quiet", "succeeded"],
      ["t1", "fail", "failed"],
      ["t1", "sync", "succeeded"],
    ],
  );
  const { startedAt, durationMs, ...rest } = results[3];
  match(startedAt, /^\d{4}-\d\d-\d\dT/);
  ok(Number.isInteger(durationMs));
  deepEqual(rest, {
    ...{ id: first.outputId, definitionId: modelId, modelName: "t1", type: "@acme/thing" },
    ...{ methodName: "sync", status: "succeeded" },
  });
});

Deno.test("runs are found by id, model, type, method and state", async () => {
  const found = async (query: string) =>
    (await output("search", query)).results.map(({ id }: Run["json"]) => id);
  deepEqual(await found(first.outputId), [first.outputId]);
  deepEqual(await found("SH"), [shell.outputId]);
  deepEqual(await found("@acme"), [quiet.outputId, failed.outputId, first.outputId]);
  deepEqual(await found("failed"), [failed.outputId]);
  deepEqual(await found("quiet"), [quiet.outputId]);
  deepEqual(await found("zzz"), []);
});

Deno.test("logs are the text files that a run wrote", async () => {
  deepEqual(await output("logs", first.outputId), {
    ...{ outputId: first.outputId, methodName: "sync", logArtifacts: ["run-log"] },
    ...{ lines: ["line 1", "line 2"], totalLines: 2, showingLines: 2 },
  });
  deepEqual((await output("logs", "sh")).lines, ["[stdout]", "out", "[stderr]", "err"]);
});

Deno.test("without any they are the log of the run itself", async () => {
  const { lines, logArtifacts } = await output("logs", quiet.outputId);
  deepEqual(logArtifacts, []);
  match(lines.at(-1), /Method "quiet" completed on "t1"$/);
});

Deno.test("--tail shows the end of the logs", async () => {
  const { lines, totalLines, showingLines } = await output("logs", "sh", "--tail", "1");
  deepEqual([lines, totalLines, showingLines], [["err"], 4, 1]);
  const { stdout } = await repository.run(["model", "output", "logs", "sh", "--tail", "2"]);
  equal(stdout, "[stderr]\nerr\n");
});

Deno.test("data that a run wrote are shown whole or by field", async () => {
  const { dataId, ...document } = await output("data", first.outputId);
  match(dataId, /^[0-9a-f-]{36}$/);
  deepEqual(document, {
    ...{ outputId: first.outputId, methodName: "sync", dataName: "main", version: 1 },
    ...{ contentType: "application/json", field: null, data: { n: 1, nested: { x: [7] } } },
  });
  const field = await output("data", first.outputId, "--field", "nested.x.0");
  deepEqual([field.field, field.data], ["nested.x.0", 7]);
  equal((await output("data", first.outputId, "--name", "run-log")).data, "line 1\nline 2\n");
  equal((await output("data", "sh", "--field", "stdout")).data, "out");
});

Deno.test("people get only the value", async () => {
  const { stdout } = await repository.run([
    ...["model", "output", "data", "sh", "--field", "stdout"],
  ]);
  equal(stdout, "out\n");
});

Deno.test("people read a run, and a table of runs", async () => {
  const get = await repository.run(["model", "output", "get", failed.outputId]);
  equal(get.stderr, "");
  match(get.stdout, /^Status: ✗ failed$/m);
  match(get.stdout, /^Error: boom happened$/m);
  const search = await repository.run(["model", "output", "search"]);
  equal(search.stderr, "");
  match(search.stdout, /^STARTED \(UTC\) +MODEL +METHOD +STATUS/m);
});

Deno.test("what a model did stays readable when its definition is gone", async () => {
  using other = await Repository.create();
  const { path } = await createModel(other, "command/shell", "gone");
  const { outputId } = await runMethod(other, "gone", "execute", { run: "echo hi" });
  Deno.removeSync(path);
  equal((await succeeds(other, ["model", "output", "get", outputId])).modelName, "gone");
  const { data } = await succeeds(other, ["model", "output", "data", outputId]);
  equal(data.stdout, "hi");
  equal((await succeeds(other, ["model", "output", "search"])).results[0].modelName, "gone");
});

Deno.test("a damaged record is told of and hides no other", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "sh");
  const { outputId } = await runMethod(other, "sh", "execute", { run: "true" });
  const broken = ".swamp/outputs/command/shell/execute/broken.yaml";
  other.write(broken, "id: [");
  for (const args of [["search"], ["logs", outputId], ["data", outputId.slice(0, 8)]]) {
    const { code, stderr } = await other.run(["--json", "model", "output", ...args]);
    equal(code, 0, args.join(" "));
    match(stderr, new RegExp(`^warning: Skipping ${broken}: .*\\n$`));
  }
  await succeeds(other, ["model", "output", "get", "sh"]);
});

Deno.test("a run goes on until its process is gone, and then was interrupted", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "sh");
  const { logFile } = await runMethod(other, "sh", "execute", { run: "true" });
  const path = logFile.replace(/\.log$/, ".yaml");
  const { completedAt: _completedAt, durationMs: _durationMs, ...record } = parse(
    Deno.readTextFileSync(path),
  );
  const hostname = Deno.hostname();
  const left = (pid: number) =>
    Deno.writeTextFileSync(path, stringify({ ...record, status: "running", pid, hostname }));
  left(Deno.pid);
  equal((await succeeds(other, ["model", "output", "get", "sh"])).status, "running");
  match((await other.run(["summarise"])).stdout, /\(1 total: 0 succeeded, 0 failed, 1 running\)/);
  left(await deadPid());
  const { status, error } = await succeeds(other, ["model", "output", "get", "sh"]);
  deepEqual([status, error], ["failed", { message: "interrupted" }]);
});

Deno.test("an id that begins like several is refused with all of them", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "sh");
  const ids = ["a", "b"].map((last) => `abcabc00-0000-4000-8000-00000000000${last}`);
  for (const id of ids) {
    const { logFile, outputId } = await runMethod(other, "sh", "execute", { run: "true" });
    const record = logFile.replace(/\.log$/, ".yaml");
    Deno.writeTextFileSync(record, Deno.readTextFileSync(record).replace(outputId, id));
  }
  for (const command of ["get", "logs", "data"]) {
    const { error } = await fails(other, ["model", "output", command, "ABC-abc"]);
    const [first, ...lines] = error.split("\n");
    equal(first, 'Ambiguous ID prefix "ABC-abc" matches:');
    deepEqual(lines.sort(), ids.map((id) => `  ${id}`));
  }
});

Deno.test("data whose content is gone is told by name and version", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "sh");
  const { dataArtifacts: [{ path }] } = await runMethod(other, "sh", "execute", { run: "true" });
  Deno.removeSync(`${path}/raw`);
  equal(
    (await fails(other, ["model", "output", "data", "sh"])).error,
    'Data content not found: "result" (v1)',
  );
});

Deno.test("a run without text and without a log has no logs", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "sh");
  const { outputId, logFile } = await fails(other, runArgs("sh", "execute", { run: 5 }));
  Deno.removeSync(logFile);
  equal(
    (await fails(other, ["model", "output", "logs", outputId])).error,
    `Log artifacts not found: Output ${outputId} has no log artifacts. ` +
      "Status: failed, Method: execute",
  );
});

Deno.test("a field of data that is no map is refused", async () => {
  equal(
    await refused("data", first.outputId, "--name", "run-log", "--field", "x"),
    'Cannot extract field "x": data is not a JSON object',
  );
});

Deno.test("what is not there is told in the words of each command", async () => {
  equal(await refused("get", "zz"), "Output or model not found: zz");
  equal(await refused("get", "idle"), "Output not found: no outputs for model: idle");
  equal(
    await refused("logs", "zz"),
    "Invalid output ID format: zz. Expected a UUID or partial ID (3+ hex characters).",
  );
  const unknown = "00000000-0000-4000-8000-000000000000";
  equal(await refused("logs", unknown), `Output not found: ${unknown}`);
  equal(await refused("data", unknown), `Output not found: ${unknown}`);
  equal(
    await refused("data", first.outputId, "--name", "zz"),
    'Data artifact not found: "zz". Available: main, run-log',
  );
  equal(
    await refused("data", quiet.outputId),
    `Data artifacts not found: Output ${quiet.outputId} has no data artifacts. ` +
      "Status: succeeded, Method: quiet",
  );
  equal(
    await refused("data", first.outputId, "--version", "77"),
    'Data not found: "main" (v77) for model "t1"',
  );
  equal(
    await refused("data", first.outputId, "--field", "zz"),
    'Field not found: "zz" in data artifact. Available fields: n, nested',
  );
});

for (const flag of ["--tail", "--version"]) {
  for (const value of ["0", "-1", "1.5"]) {
    Deno.test(`${flag} ${value} is refused`, async () => {
      const command = flag === "--tail" ? "logs" : "data";
      equal(
        await refused(command, "sh", flag, value),
        `Option "${flag}" must be an integer of 1 or more, but got "${value}".`,
      );
    });
  }
}
