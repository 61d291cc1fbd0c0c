import { deepEqual, equal, match } from "node:assert/strict";
import { thingRepository } from "../model_source.ts";
import { createModel, runArgs, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

/** A repository with the model `t1`, of an extension type, which ran in JSON mode and failed. */
const repository = await thingRepository({
  sync: `context.logger.info("hello");`,
  fail: `throw new Error("boom happened");`,
});
await createModel(repository, "@acme/thing", "t1");
await createModel(repository, "@acme/thing", "idle");
const run = await runMethod(repository, "t1", "sync");
const failed = await fails(repository, runArgs("t1", "fail"));
Deno.test.afterAll(() => repository[Symbol.dispose]());

const history = (...args: string[]) =>
  succeeds(repository, ["model", "method", "history", ...args]);
const refused = async (...args: string[]) =>
  (await fails(repository, ["model", "method", "history", ...args])).error;

Deno.test("get and search are those of model output", async () => {
  deepEqual(
    await history("get", run.outputId),
    await succeeds(repository, ["model", "output", "get", run.outputId]),
  );
  deepEqual(
    await history("search", "sync"),
    await succeeds(repository, ["model", "output", "search", "sync"]),
  );
});

Deno.test("the log of a run is whole, whatever the mode of the run", async () => {
  const { path, lines, lineCount, ...rest } = await history("logs", run.outputId);
  deepEqual(rest, {
    ...{ outputId: run.outputId, methodName: "sync", modelName: "t1", totalLines: lineCount },
  });
  equal(repository.path(path), run.logFile);
  equal(lineCount, lines.length);
  match(lines[0], /\[INF\] model·method·run·t1·sync: Found model "t1"/);
  match(lines.join("\n"), /: hello$/m);
  match(lines.at(-1), /Method "sync" completed on "t1"$/);
});

Deno.test("a model stands for its latest run, whose failure is in the log", async () => {
  const { outputId, lines } = await history("logs", "t1");
  equal(outputId, failed.outputId);
  match(lines.at(-1), /\[ERR\] .*boom happened$/);
});

Deno.test("--tail shows the end of the log", async () => {
  const { lines, lineCount } = await history("logs", run.outputId, "--tail", "1");
  equal(lineCount, 1);
  match(lines[0], /completed on "t1"$/);
  equal(
    await refused("logs", "t1", "--tail", "0"),
    'Option "--tail" must be an integer of 1 or more, but got "0".',
  );
});

Deno.test("people read the lines", async () => {
  const { stdout, stderr } = await repository.run([
    ...["model", "method", "history", "logs", "t1", "--tail", "1"],
  ]);
  equal(stderr, "");
  match(stdout, /^\d{4}-\d\d-\d\d [\d:.]+ \+00:00 \[ERR\] .*boom happened\n$/);
});

Deno.test("a log that is missing is empty, and no failure", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "sh");
  const { logFile } = await runMethod(other, "sh", "execute", { run: "true" });
  Deno.removeSync(logFile);
  const args = ["model", "method", "history", "logs", "sh"];
  const { lines, lineCount, path } = await succeeds(other, args);
  deepEqual([lines, lineCount], [[], 0]);
  equal((await other.run(args)).stdout, `Log file not found or empty: ${path}\n`);
});

Deno.test("what is not there is told", async () => {
  equal(await refused("logs", "zz"), "No method run or model found: zz");
  equal(await refused("logs", "idle"), "Run not found: for model: idle");
  equal(await refused("get", "zz"), "Output or model not found: zz");
});
