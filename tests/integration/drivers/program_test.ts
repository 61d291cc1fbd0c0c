import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { type HostCommand, ProgramNotFound } from "../../../src/domain/drivers/driver_host.ts";
import { createDriverHost } from "../../../src/infrastructure/drivers/local_driver_host.ts";
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

Deno.test("nobody else can look into a temporary folder, and it goes when it is done with", async () => {
  const { temporaryFolder } = createDriverHost();
  let path = "";
  {
    await using folder = await temporaryFolder();
    path = folder.path;
    await folder.write("a/b.txt", "text");
    await folder.place("c/d.txt", `${path}/a/b.txt`);
    equal(await Deno.readTextFile(`${path}/c/d.txt`), "text");
    equal(((await Deno.stat(path)).mode ?? 0) & 0o077, 0);
    equal(((await Deno.stat(`${path}/a/b.txt`)).mode ?? 0) & 0o077, 0);
  }
  await rejects(Deno.stat(path), Deno.errors.NotFound);
});
