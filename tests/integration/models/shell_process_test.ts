import assert from "node:assert/strict";
import {
  runShell,
  type ShellCommand,
  type ShellOutcome,
} from "../../../src/domain/models/builtin/shell_process.ts";
import { processIsAlive } from "../../../src/infrastructure/persistence/process_alive.ts";

function shell(run: string, more: Partial<ShellCommand> = {}): Promise<ShellOutcome> {
  return runShell({ run, signal: new AbortController().signal, onLine: () => {}, ...more });
}

Deno.test("a command's exit code and output come back without trailing line breaks", async () => {
  const { exitCode, stdout, stderr } = await shell("echo out; echo; echo err >&2; exit 3");
  assert.deepEqual({ exitCode, stdout, stderr }, { exitCode: 3, stdout: "out", stderr: "err" });
});

Deno.test("lines are given out by stream, the last one even without a line break", async () => {
  const lines: string[] = [];
  await shell("printf 'a\\r\\nb'; printf 'c' >&2", {
    onLine: (stream, line) => lines.push(`${stream} ${line}`),
  });
  assert.deepEqual(lines.sort(), ["stderr c", "stdout a", "stdout b"]);
});

Deno.test("variables are added to the environment that swamp has", async () => {
  const { stdout } = await shell('echo "$FOO $HOME"', { env: { FOO: "bar" } });
  assert.equal(stdout, `bar ${Deno.env.get("HOME")}`);
});

Deno.test("a command runs in the folder that it names", async () => {
  assert.equal((await shell("pwd", { workingDir: "/" })).stdout, "/");
});

Deno.test("a command that cannot be started says why", async () => {
  const { exitCode, reason } = await shell("true", { workingDir: "/no/such/folder" });
  assert.equal(exitCode, -1);
  assert.match(reason ?? "", /^Command could not be started: .*\/no\/such\/folder/);
});

Deno.test("a command whose time is up ends with its children, and its output is kept", async () => {
  const { exitCode, reason, stdout } = await shell("sleep 300 & echo $!; sleep 300; echo no", {
    timeout: 200,
  });
  assert.equal(exitCode, -1);
  assert.equal(reason, "Command timed out after 200 ms");
  assert.equal(processIsAlive(Number(stdout)), false);
});

Deno.test("children that ignore being asked to end are killed", async () => {
  const { reason, stdout } = await shell(
    "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.1; done'",
    { timeout: 200 },
  );
  assert.equal(reason, "Command timed out after 200 ms");
  assert.equal(processIsAlive(Number(stdout)), false);
});

Deno.test("a process that left the group does not keep a stopped command waiting", async () => {
  const { reason, stdout } = await shell("setsid sh -c 'echo $$; sleep 300' & sleep 300", {
    timeout: 300,
  });
  Deno.kill(Number(stdout), "SIGKILL");
  assert.equal(reason, "Command timed out after 300 ms");
});

Deno.test("aborting stops a command", async () => {
  const controller = new AbortController();
  const { exitCode, reason } = await shell("echo up; sleep 300", {
    signal: controller.signal,
    onLine: () => controller.abort(),
  });
  assert.deepEqual({ exitCode, reason }, { exitCode: -1, reason: "Command was cancelled" });
});

Deno.test("a command does not start once it is aborted", async () => {
  const { reason, stdout } = await shell("echo up", { signal: AbortSignal.abort() });
  assert.deepEqual({ reason, stdout }, { reason: "Command was cancelled", stdout: "" });
});

Deno.test("a command that leaves a silent process behind is done when it ends itself", async () => {
  const { exitCode, stdout } = await shell("sleep 300 >/dev/null 2>&1 & echo $!");
  Deno.kill(Number(stdout), "SIGKILL");
  assert.equal(exitCode, 0);
});

Deno.test("a command ended by a signal has the shell's exit code for it", async () => {
  const { exitCode, reason } = await shell("kill -KILL $$");
  assert.deepEqual({ exitCode, reason }, { exitCode: 137, reason: "Command was ended by SIGKILL" });
});

Deno.test("bytes that are no text do not stop the reading", async () => {
  assert.equal((await shell("printf 'a\\377b'")).stdout, "a\ufffdb");
});
