import assert from "node:assert/strict";
import { SHELL_MODEL } from "../../fixtures/shell_model.ts";
import { withModel } from "../runs/method_runs.ts";

const { resources, files, methods } = SHELL_MODEL;
const SHELL = { resources, files, methods };

Deno.test("output of a command is kept as a resource and as a log", () =>
  withModel(SHELL, async (lab) => {
    const { dataArtifacts } = await lab.run("execute", {
      inputs: { run: "echo out; echo err >&2" },
    });
    assert.deepEqual(dataArtifacts.map(({ name }) => name), ["result", "log"]);
    const { exitCode, command, stdout, stderr, durationMs, executedAt } = await lab.json("result");
    assert.deepEqual([exitCode, command, stdout, stderr], [
      0,
      "echo out; echo err >&2",
      "out",
      "err",
    ]);
    assert.ok(Number.isInteger(durationMs));
    assert.match(String(executedAt), /^\d{4}-.*Z$/);
    assert.equal(await lab.text("log"), "[stdout]\nout\n[stderr]\nerr\n");
    const shown = lab.shown.map(({ level, message }) => `${level} ${message}`);
    assert.ok(shown.includes("info out"));
    assert.ok(shown.includes("warning err"));
  }));

Deno.test("a failing command says its exit code and the last lines of stderr, and keeps its output", () =>
  withModel(SHELL, async (lab) => {
    const run = "echo partial; for i in 1 2 3 4 5 6; do echo line $i >&2; done; exit 3";
    const error = await lab.fail("execute", { inputs: { run } });
    assert.equal(
      error.message,
      "Command exited with code 3\n  line 2\n  line 3\n  line 4\n  line 5\n  line 6",
    );
    const { exitCode, stdout } = await lab.json("result");
    assert.deepEqual([exitCode, stdout], [3, "partial"]);
    assert.match(await lab.text("log") ?? "", /^\[stdout\]\npartial\n\[stderr\]\nline 1\n/);
  }));

Deno.test("a command that fails without a word is told by its exit code alone", () =>
  withModel(SHELL, async (lab) => {
    const { message } = await lab.fail("execute", { inputs: { run: "exit 7" } });
    assert.equal(message, "Command exited with code 7");
  }));

Deno.test("the exit code can be ignored", () =>
  withModel(SHELL, async (lab) => {
    await lab.run("execute", { inputs: { run: "exit 3", ignoreExitCode: "true" } });
    assert.equal((await lab.json("result")).exitCode, 3);
  }));

Deno.test("a command whose time is up says so, in the error and in its data", () =>
  withModel(SHELL, async (lab) => {
    const inputs = { run: "echo started; sleep 300", timeout: "200" };
    const { message } = await lab.fail("execute", { inputs });
    assert.equal(message, "Command timed out after 200 ms");
    const { exitCode, stdout, stderr } = await lab.json("result");
    assert.deepEqual([exitCode, stdout, stderr], [-1, "started", message]);
  }));

Deno.test("variables and folder come from the arguments", () =>
  withModel(SHELL, async (lab) => {
    const inputs = { run: "echo $FOO; pwd", env: { FOO: "bar" }, workingDir: "/" };
    await lab.run("execute", { inputs });
    assert.equal((await lab.json("result")).stdout, "bar\n/");
  }));

Deno.test("cancelling a run stops its command and keeps the output", () => {
  const controller = new AbortController();
  return withModel(SHELL, async (lab) => {
    const inputs = { run: "echo started; sleep 300" };
    const running = lab.fail("execute", { inputs }, controller.signal);
    while (!lab.shown.some(({ message }) => message === "started")) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    controller.abort();
    assert.equal((await running).code, "cancelled");
    assert.equal((await lab.json("result")).stdout, "started");
  });
});
