import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { type HostCommand, ProgramNotFound } from "../../../src/domain/drivers/driver_host.ts";
import { runProgram } from "../../../src/infrastructure/drivers/program.ts";

/** A shell command as a program to run. */
const shell = (script: string, more: Partial<HostCommand> = {}): HostCommand => ({
  ...{ program: "sh", args: ["-c", script], env: {}, signal: new AbortController().signal },
  ...{ onLine: () => {}, kill: () => Promise.resolve() },
  ...more,
});

Deno.test("a program's exit code and output are kept, and its lines given out", async () => {
  const lines: string[] = [];
  const { durationMs, ...outcome } = await runProgram(shell("echo $A; echo err >&2; exit 3", {
    env: { A: "one" },
    onLine: (stream, line) => lines.push(`${stream} ${line}`),
  }));
  deepEqual(outcome, { exitCode: 3, stdout: "one", stderr: "err" });
  deepEqual(lines.sort(), ["stderr err", "stdout one"]);
  ok(durationMs >= 0);
});

Deno.test("a program that will not end is killed, and so is what it controls", async () => {
  const controller = new AbortController();
  let killed = 0;
  const { exitCode, stopped, stdout } = await runProgram(
    shell(`trap "" TERM; echo $$; while :; do sleep 0.1; done`, {
      signal: controller.signal,
      onLine: () => controller.abort(),
      kill: () => Promise.resolve(void killed++),
    }),
  );
  deepEqual([exitCode, stopped, killed], [-1, "cancelled", 1]);
  const { stdout: state } = await new Deno.Command("ps", { args: ["-o", "stat=", "-p", stdout] })
    .output();
  ok(/^(Z.*)?\s*$/.test(new TextDecoder().decode(state)));
});

Deno.test("a program that is not there is told from others that fail", async () => {
  await rejects(runProgram(shell("", { program: "swamp-no-such-program" })), ProgramNotFound);
  await rejects(runProgram(shell("", { program: "/" })), ProgramNotFound);
});

Deno.test("a program whose lines nobody can take is stopped, and the reason is told", async () => {
  let killed = 0;
  const run = runProgram(shell("echo one; while :; do sleep 0.1; done", {
    onLine: () => {
      throw new Error("no room for a line");
    },
    kill: () => Promise.resolve(void killed++),
  }));
  await rejects(run, { message: "no room for a line" });
  equal(killed, 1);
});
