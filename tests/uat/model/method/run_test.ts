import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { modelSource } from "../../extension_sources.ts";
import { halfSource, method, sourceOf } from "../../model_source.ts";
import { createModel, runArgs, runMethod } from "../../models.ts";
import { complains, fails, succeeds } from "../../outcomes.ts";
import { Repository } from "../../swamp.ts";

/** A repository with the model `t1` of an extension type and the model `sh` of the shell. */
const repository = await Repository.create();
repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
repository.write(
  "extensions/models/half.ts",
  halfSource(`
    ${method("text", 'throw "only text";')}
    ${method("misfit", 'await context.writeResource("state", "odd", { n: "one", more: true });')}
    ${method("leave", "Deno.exit(0);")}
    ${method("lines", 'throw new Error("first line\\nsecond line");')}
  `),
);
const { id } = await createModel(repository, "@acme/thing", "t1", { region: "eu" });
await createModel(repository, "command/shell", "sh");
await createModel(repository, "command/shell", "never");
await createModel(repository, "@acme/half", "h1");
Deno.test.afterAll(() => repository[Symbol.dispose]());

Deno.test("the document of a run that succeeds tells what it wrote and where", async () => {
  const document = await runMethod(repository, "t1", "sync", { n: 5 });
  equal(document.modelId, id);
  equal(document.modelName, "t1");
  equal(document.modelType, "@acme/thing");
  equal(document.methodName, "sync");
  equal(document.status, "succeeded");
  ok(Number.isInteger(document.duration));
  match(document.outputId, /^[0-9a-f-]{36}$/);
  const folder = repository.path(".swamp/outputs/@acme/thing/sync");
  match(document.logFile, new RegExp(`^${folder}/${id}-[0-9TZ-]+\\.log$`));
  const [main, log] = document.dataArtifacts;
  deepEqual([main.name, log.name], ["main", "run-log"]);
  deepEqual(main.attributes, { id: "i-1", n: 5 });
  equal("attributes" in log, false);
  ok(main.path.startsWith(repository.path(`.swamp/data/@acme/thing/${id}/main/`)));
  equal(Deno.readTextFileSync(`${log.path}/raw`), "region eu");
});

Deno.test("the built-in report comes with it", async () => {
  const { reports } = await runMethod(repository, "t1", "sync");
  deepEqual(Object.keys(reports), ["@swamp/method-summary"]);
  const report = reports["@swamp/method-summary"];
  equal(report.scope, "method");
  equal(report.success, true);
  match(report.markdown, /^# t1 \(@acme\/thing\) → sync: succeeded/);
  match(report.markdown, /swamp data get t1 main --version \d+/);
  equal(report.json.status, "succeeded");
  deepEqual(
    report.json.dataProduced.map((one: { name: string }) => one.name),
    ["main", "run-log"],
  );
});

Deno.test("reports are left out or chosen by flags", async () => {
  equal("reports" in await runMethod(repository, "t1", "sync", {}, ["--skip-reports"]), false);
  const skipped = ["--skip-report", "@swamp/method-summary"];
  deepEqual((await runMethod(repository, "t1", "sync", {}, skipped)).reports, {});
  const { error } = await fails(repository, [...runArgs("t1", "sync"), "--report", "@acme/nope"]);
  match(error, /@acme\/nope/);
});

Deno.test("the document of a run that fails tells what failed, and where to look", async () => {
  const document = await fails(repository, runArgs("t1", "fail"));
  equal(document.error, "boom happened");
  equal(document.status, "failed");
  equal(document.modelName, "t1");
  equal(document.methodName, "fail");
  match(document.outputId, /^[0-9a-f-]{36}$/);
  match(Deno.readTextFileSync(document.logFile), /boom happened/);
  deepEqual(document.dataArtifacts, []);
});

Deno.test("a thrown text is the message, unchanged", async () => {
  equal((await fails(repository, runArgs("h1", "text"))).error, "only text");
});

Deno.test("people read the error last and once", async () => {
  const { code, stdout, stderr } = await repository.run(runArgs("t1", "fail"));
  equal(code, 1);
  equal(stderr, "error: boom happened\n");
  equal(stdout.includes("boom happened"), false);
});

Deno.test("a message of several lines is printed as lines", async () => {
  const { stderr } = await repository.run(runArgs("h1", "lines"));
  equal(stderr, "error: first line\nsecond line\n");
});

Deno.test("people read model, method, saved data and completion", async () => {
  const { code, stdout, stderr } = await repository.run(runArgs("t1", "sync"));
  equal(code, 0);
  equal(stderr, "");
  const record = /^\d\d:\d\d:\d\d\.\d{3} INF model·method·run·t1·sync /;
  ok(stdout.split("\n").some((line) => record.test(line)), stdout);
  match(stdout, /Found model "t1" \("@acme\/thing"\)/);
  match(stdout, /Executing method "sync"/);
  match(stdout, /syncing "i-1"/);
  match(stdout, /Data saved to ".*\/main\/\d+"/);
  match(stdout, /Method "sync" completed on "t1"/);
});

Deno.test("data that does not match its schema is stored, with a warning in the document", async () => {
  const document = await runMethod(repository, "h1", "misfit");
  deepEqual(document.dataArtifacts[0].attributes, { n: "one", more: true });
  equal(document.warnings.length, 1);
  const [{ code, message }] = document.warnings;
  equal(typeof code, "string");
  match(message, /odd/);
  match(message, /expected number, received string/);
});

Deno.test("people are warned of it on stderr", async () => {
  const { code, stderr } = await repository.run(runArgs("h1", "misfit"));
  equal(code, 0);
  match(stderr, /does not match schema/);
});

Deno.test("tags of the command line are on all data of the run", async () => {
  const flags = ["--tag", "env=dev", "--tag", "team=a=b"];
  await runMethod(repository, "t1", "sync", {}, flags);
  for (const data of ["main", "run-log"]) {
    const { tags } = await succeeds(repository, ["data", "get", "t1", data]);
    equal(tags.env, "dev");
    equal(tags.team, "a=b");
  }
});

Deno.test("the reserved tags cannot be overwritten", async () => {
  const flags = ["type", "specName", "modelName"].flatMap((tag) => ["--tag", `${tag}=mine`]);
  await repository.run([...runArgs("t1", "sync"), ...flags]);
  const { tags } = await succeeds(repository, ["data", "get", "t1", "main"]);
  deepEqual([tags.type, tags.specName, tags.modelName], ["resource", "state", "t1"]);
});

Deno.test("sensitive arguments are masked in reports", async () => {
  repository.write(
    "extensions/models/secret.ts",
    sourceOf("@acme/secret", {
      globalArguments: "z.object({ token: z.string().meta({ sensitive: true }) })",
      methods: `{ ${
        method("use", "", "z.object({ key: z.string().optional().meta({ sensitive: true }) })")
      } }`,
    }),
  );
  await createModel(repository, "@acme/secret", "s", { token: "very-hidden" });
  const { reports } = await runMethod(repository, "s", "use", { key: "also-hidden" });
  const text = JSON.stringify(reports);
  ok(!text.includes("very-hidden"));
  ok(!text.includes("also-hidden"));
  match(text, /\*\*\*/);
});

Deno.test("a method that ends the process has failed", async () => {
  const { code, stdout } = await repository.run([...runArgs("h1", "leave"), "--json"]);
  notEqual(code, 0);
  equal(JSON.parse(stdout).status, "failed");
});

Deno.test("a model is run by id, and by the beginning of its id", async () => {
  equal((await runMethod(repository, id, "sync")).modelName, "t1");
  equal((await runMethod(repository, id.slice(0, 8), "sync")).modelName, "t1");
});

/** Arguments of `model method run` and the message of the failure, in the order of precedence. */
const FAILURES: readonly (readonly [args: string, message: RegExp])[] = [
  ["zz sync --input {", /^Invalid JSON in --input: /],
  ["zz sync --input n", /^Invalid input format: "n"\. Expected key=value format\.$/],
  ["zz sync --input =1", /^Invalid input: empty key in "=1"\.$/],
  ["zz sync --input n=@nofile", /^Input file not found for key "n": nofile$/],
  ["zz sync --input-file nofile.yaml", /^Input file not found: nofile\.yaml$/],
  ["zz sync --tag foo", /^Invalid tag format: "foo"\. Expected KEY=VALUE$/],
  ["zz nope", /^Model not found: zz$/],
  ["T1 sync", /^Model not found: T1/],
  ["lost nope", /^Unknown model type: no\/such/],
  ["t1 nope", /^Unknown method 'nope' for type '@acme\/thing'\. Available methods: sync, fail/],
  ["t1 sync --driver nope", /^Unknown execution driver 'nope'\. Available drivers: raw/],
  ["t1 sync --skip-check nope", /nope/],
  ["t1 sync --skip-check-label nope", /nope/],
  ["never execute --last-evaluated", /^No previously evaluated definition found for "never"\.$/],
  ["sh execute", /^Method arguments validation failed: .+ at "run"$/],
];

for (const [args, message] of FAILURES) {
  Deno.test(`${args} fails: ${message.source}`, async () => {
    const lost = "11111111-1111-4111-8111-111111111111";
    repository.write(
      `models/no/such/${lost}.yaml`,
      `type: no/such\nid: ${lost}\nname: lost\nversion: 1\n`,
    );
    const { error } = await fails(repository, ["model", "method", "run", ...args.split(" ")]);
    match(error, message);
  });
}

Deno.test("global arguments that are missing fail the run", async () => {
  await repository.run(["model", "create", "@acme/thing", "bare"]);
  equal(
    (await fails(repository, runArgs("bare", "sync"))).error,
    "Global arguments validation failed: " +
      'Invalid input: expected string, received undefined at "region"',
  );
});

Deno.test("an expression is either evaluated or refused by name, never passed on as text", async () => {
  const shell = crypto.randomUUID();
  repository.write(
    `models/command/shell/${shell}.yaml`,
    `type: command/shell
id: ${shell}
name: expr
version: 1
methods: { execute: { arguments: { run: "echo $\{{ self.name }}" } } }
`,
  );
  const { code, stdout, json } = await repository.run([...runArgs("expr", "execute"), "--json"]);
  if (code === 0) equal(json.dataArtifacts[0].attributes.stdout, "expr");
  else match(stdout, /self\.name/);
});

Deno.test("an unknown model fails for people in one line", async () => {
  equal(
    await complains(repository, ["model", "method", "run", "zz", "sync"]),
    "error: Model not found: zz\n",
  );
});
