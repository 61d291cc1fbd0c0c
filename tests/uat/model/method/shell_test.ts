import { deepEqual, equal, match, ok } from "node:assert/strict";
import { isRunning, isThere, until } from "../../background_run.ts";
import { createModel, dataContent, runArgs, runMethod } from "../../models.ts";
import { fails, succeeds } from "../../outcomes.ts";
import { Repository } from "../../swamp.ts";

/** A repository with the shell model `sh`. */
const repository = await Repository.create();
await createModel(repository, "command/shell", "sh");
Deno.test.afterAll(() => repository[Symbol.dispose]());

/** Runs a command line, and gives what was stored of it. */
async function shell(run: string, more: Record<string, unknown> = {}) {
  const { dataArtifacts } = await runMethod(repository, "sh", "execute", { run, ...more }, [
    "--skip-reports",
  ]);
  return dataArtifacts[0].attributes;
}

Deno.test("exit code, command and both outputs are stored", async () => {
  const { executedAt, durationMs, ...result } = await shell("echo out; echo err >&2");
  deepEqual(result, {
    exitCode: 0,
    command: "echo out; echo err >&2",
    stdout: "out",
    stderr: "err",
  });
  match(executedAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  ok(Number.isInteger(durationMs));
});

Deno.test("both outputs are also stored as text", async () => {
  await shell("echo out; echo err >&2");
  equal((await dataContent(repository, "sh", "log")).trimEnd(), "[stdout]\nout\n[stderr]\nerr");
  await shell("echo out");
  equal((await dataContent(repository, "sh", "log")).trimEnd(), "[stdout]\nout");
});

Deno.test("the command line goes to sh as it is", async () => {
  equal((await shell("printf '%s|' \"$((1 + 2))\" 'a  b' | cat")).stdout, "3|a  b|");
});

Deno.test("output that is large or not English arrives whole", async () => {
  equal((await shell("yes äöü€😀 | head -n 40000")).stdout.length, 40_000 * 7 - 1);
});

Deno.test("variables are added to the environment", async () => {
  equal(
    (await shell('echo "$GREETING $HOME"', { env: { GREETING: "hi" } })).stdout,
    `hi ${Deno.env.get("HOME")}`,
  );
  const { dataArtifacts } = await succeeds(repository, [
    ...["model", "method", "run", "sh", "execute"],
    ...["--input", "run=echo $FOO", "--input", "env.FOO=bar"],
  ]);
  equal(dataArtifacts[0].attributes.stdout, "bar");
});

Deno.test("it runs in the current folder, or where it is told", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  const { dataArtifacts } = await succeeds(repository, [
    ...runArgs("sh", "execute", { run: "pwd" }),
    ...["--repo-dir", repository.root],
  ], { cwd: folder });
  equal(dataArtifacts[0].attributes.stdout, folder);
  equal((await shell("pwd", { workingDir: folder })).stdout, folder);
  Deno.removeSync(folder);
});

Deno.test("a command reads the stdin of swamp", async () => {
  const args = runArgs("sh", "execute", { run: "cat" });
  const { dataArtifacts } = await succeeds(repository, args, { stdin: "piped\n" });
  equal(dataArtifacts[0].attributes.stdout, "piped");
});

Deno.test("a command that fails fails the run, and its output is kept", async () => {
  const document = await fails(
    repository,
    runArgs("sh", "execute", { run: "echo before; echo why >&2; exit 3" }),
  );
  match(document.error, /^Command exited with code 3/);
  match(document.error, /why/);
  const { exitCode, stdout, stderr } = await dataContent(repository, "sh", "result");
  deepEqual({ exitCode, stdout, stderr }, { exitCode: 3, stdout: "before", stderr: "why" });
});

Deno.test("ignoreExitCode makes a failing command a result like any other", async () => {
  equal((await shell("exit 3", { ignoreExitCode: true })).exitCode, 3);
});

Deno.test("a folder that is not there fails the run", async () => {
  const { error } = await fails(
    repository,
    runArgs("sh", "execute", { run: "pwd", workingDir: "/no/such/folder" }),
  );
  match(error, /\/no\/such\/folder/);
});

Deno.test("at the time limit the command and all its children are stopped", async () => {
  const note = repository.path("child");
  const run = `sleep 60 & echo $! > '${note}'; sleep 60; echo never`;
  const { error } = await fails(repository, runArgs("sh", "execute", { run, timeout: 300 }));
  match(error, /^Command timed out after 300 ms/);
  const child = Number(Deno.readTextFileSync(note));
  await until("the child is gone", async () => !await isRunning(child));
});

Deno.test("with ignoreExitCode a time limit is a result with exit code -1", async () => {
  const result = await shell("echo so far; sleep 60", { timeout: 300, ignoreExitCode: true });
  equal(result.exitCode, -1);
  equal(result.stdout, "so far");
  match(result.stderr, /timed out after 300 ?ms/);
});

Deno.test("a child that outlives the command and holds its output does not hold the run", async () => {
  const mark = repository.path("started");
  const run = `touch '${mark}'; (sleep 100 &) ; echo done`;
  equal((await shell(run, { timeout: 5_000, ignoreExitCode: true })).stdout, "done");
  ok(isThere(mark));
});

Deno.test("people see output lines as they come, errors on stderr", async () => {
  const { code, stdout, stderr } = await repository.run(
    runArgs("sh", "execute", { run: "echo to-out; echo to-err >&2" }),
  );
  equal(code, 0);
  match(stdout, /INF .* to-out$/m);
  match(stderr, /WRN .* to-err$/m);
});

Deno.test("--json keeps stdout one document whatever a command prints", async () => {
  equal((await shell(`echo '{"not": "this one"}'`)).stdout, '{"not": "this one"}');
});

Deno.test("stored arguments are used, and inputs beat them", async () => {
  const id = crypto.randomUUID();
  repository.write(
    `models/command/shell/${id}.yaml`,
    `type: command/shell
id: ${id}
name: stored
version: 1
methods: { execute: { arguments: { run: echo stored, env: { A: "1" } } } }
`,
  );
  const result = await runMethod(repository, "stored", "execute");
  equal(result.dataArtifacts[0].attributes.stdout, "stored");
  const given = await runMethod(repository, "stored", "execute", { run: "echo $A" });
  equal(given.dataArtifacts[0].attributes.stdout, "1");
});
