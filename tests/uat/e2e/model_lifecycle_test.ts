import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parse, stringify } from "yaml";
import { isThere } from "../background_run.ts";
import { createModel, dataContent, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

Deno.test("a shell model lives from create to delete", async (test) => {
  using repository = await Repository.create();
  let path = "";
  let id = "";

  await test.step("it is created", async () => {
    ({ path, id } = await createModel(repository, "command/shell", "hello"));
    ok(isThere(path));
  });
  await test.step("it is found by name, by id and by search", async () => {
    equal((await succeeds(repository, ["model", "get", "hello"])).id, id);
    equal((await succeeds(repository, ["model", "get", id])).name, "hello");
    deepEqual((await succeeds(repository, ["model", "search", "hel"])).results, [
      { id, name: "hello", type: "command/shell" },
    ]);
  });
  await test.step("it is valid", async () => {
    equal((await succeeds(repository, ["model", "validate", "hello"])).passed, true);
  });
  await test.step("its method is described", async () => {
    const { method } = await succeeds(repository, [
      ...["model", "method", "describe", "hello", "execute"],
    ]);
    deepEqual(method.arguments.required, ["run"]);
  });
  await test.step("it runs with an input", async () => {
    const run = await runMethod(repository, "hello", "execute", { run: "echo one" });
    equal(run.status, "succeeded");
  });
  await test.step("it gets an argument of its own and runs without", async () => {
    const definition = parse(Deno.readTextFileSync(path));
    definition.methods = { execute: { arguments: { run: "echo two" } } };
    await succeeds(repository, ["model", "edit", "hello"], { stdin: stringify(definition) });
    await runMethod(repository, "hello", "execute");
  });
  await test.step("each run left a version", async () => {
    equal((await dataContent(repository, "hello", "result", 1)).stdout, "one");
    equal((await dataContent(repository, "hello", "result", 2)).stdout, "two");
    equal((await dataContent(repository, "hello", "result")).stdout, "two");
    const { groups } = await succeeds(repository, ["data", "list", "hello"]);
    deepEqual(groups.map(({ type }: Run["json"]) => type), ["file", "resource", "report"]);
  });
  await test.step("it is deleted with everything it left", async () => {
    await fails(repository, ["model", "delete", "hello"]);
    await succeeds(repository, ["model", "delete", "hello", "--force"]);
    match((await fails(repository, ["model", "get", "hello"])).error, /^Model not found: hello/);
    deepEqual((await succeeds(repository, ["model", "search"])).results, []);
  });
});

Deno.test("a model that gets another name keeps its data", async () => {
  using repository = await Repository.create();
  const { path } = await createModel(repository, "command/shell", "before");
  await runMethod(repository, "before", "execute", { run: "echo kept" });
  const stdin = stringify({ ...parse(Deno.readTextFileSync(path)), name: "after" });
  await succeeds(repository, ["model", "edit", "before"], { stdin });
  equal((await dataContent(repository, "after", "result")).stdout, "kept");
  const { version } = await succeeds(repository, ["data", "get", "after", "result"]);
  equal(version, 1);
  await runMethod(repository, "after", "execute", { run: "echo more" });
  equal((await succeeds(repository, ["data", "get", "after", "result"])).version, 2);
});

Deno.test("a model that was moved to another file keeps its data", async () => {
  using repository = await Repository.create();
  const { path } = await createModel(repository, "command/shell", "moved");
  await runMethod(repository, "moved", "execute", { run: "echo kept" });
  Deno.mkdirSync(repository.path("models/team"));
  Deno.renameSync(path, repository.path("models/team/moved.yaml"));
  equal((await dataContent(repository, "moved", "result")).stdout, "kept");
  await runMethod(repository, "moved", "execute", { run: "echo again" });
  equal((await succeeds(repository, ["data", "get", "moved", "result"])).version, 2);
  ok(!isThere(path), "no second copy");
});

Deno.test("a definition written by hand works like one that was created", async () => {
  using repository = await Repository.create();
  const id = crypto.randomUUID();
  repository.write(
    "models/by-hand.yaml",
    `# written by hand
type: Command::Shell
id: ${id}
name: by hand
version: 1
methods:
  execute:
    arguments:
      run: |
        echo first
        echo second
`,
  );
  const { dataArtifacts, modelType } = await runMethod(repository, "by hand", "execute");
  equal(modelType, "command/shell");
  equal(dataArtifacts[0].attributes.stdout, "first\nsecond");
  match(Deno.readTextFileSync(repository.path("models/by-hand.yaml")), /^# written by hand$/m);
});

Deno.test("a repository that was copied to another place goes on there", async () => {
  using repository = await Repository.create();
  await createModel(repository, "command/shell", "sh");
  await runMethod(repository, "sh", "execute", { run: "echo one" });
  const copy = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-uat-" }));
  equal(
    (await new Deno.Command("cp", { args: ["-R", `${repository.root}/.`, copy] }).output()).code,
    0,
  );
  const there = { run: (args: readonly string[]) => repository.run(args, { cwd: copy }) };
  equal((await dataContent(there, "sh", "result")).stdout, "one");
  const { dataArtifacts } = await runMethod(there, "sh", "execute", { run: "echo two" });
  ok(dataArtifacts[0].path.startsWith(`${copy}/`));
  equal((await succeeds(there, ["data", "get", "sh", "result"])).version, 2);
  equal((await succeeds(repository, ["data", "get", "sh", "result"])).version, 1);
  Deno.removeSync(copy, { recursive: true });
});

Deno.test("everything works in a folder with blanks and letters of other alphabets", async () => {
  const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp uat ä€ '" }));
  using repository = await Repository.create();
  const there = { run: (args: readonly string[]) => repository.run(args, { cwd: root }) };
  await succeeds(there, ["init", "--tool", "none"]);
  await createModel(there, "command/shell", "sh");
  const { dataArtifacts } = await runMethod(there, "sh", "execute", { run: "pwd" });
  equal(dataArtifacts[0].attributes.stdout, root);
  await succeeds(there, ["model", "delete", "sh", "--force"]);
  Deno.removeSync(root, { recursive: true });
});
