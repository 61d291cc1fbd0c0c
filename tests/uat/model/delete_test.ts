import { deepEqual, equal, match, ok } from "node:assert/strict";
import { isThere } from "../background_run.ts";
import { modelSource } from "../extension_sources.ts";
import { createModel, runArgs, runMethod } from "../models.ts";
import { complains, fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

/** A repository with the models `web` and `other` of the built-in type. */
async function twoModels(): Promise<Repository> {
  const repository = await Repository.create();
  await createModel(repository, "command/shell", "web");
  await createModel(repository, "command/shell", "other");
  return repository;
}

/** Every path below `.swamp` and `models` whose text holds something of a model. */
function traces(repository: Repository, id: string): string[] {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const entry of Deno.readDirSync(folder)) {
      const path = `${folder}/${entry.name}`;
      if (entry.name.includes(id)) found.push(path);
      if (entry.isDirectory) visit(path);
    }
  };
  visit(repository.path(".swamp"));
  visit(repository.path("models"));
  return found;
}

Deno.test("a model without data is deleted, file and empty folders", async () => {
  using repository = await Repository.create();
  const { id, path } = await createModel(repository, "command/shell", "web");
  deepEqual(await succeeds(repository, ["model", "delete", "web"]), {
    deleted: { id, name: "web", type: "command/shell", inputPath: path },
    resourceDeleted: false,
    outputsDeleted: 0,
    evaluatedInputDeleted: false,
    dataDeleted: false,
  });
  deepEqual([...Deno.readDirSync(repository.path("models"))], []);
  await fails(repository, ["model", "get", "web"]);
});

Deno.test("a model with data is kept unless forced", async () => {
  using repository = await twoModels();
  await runMethod(repository, "web", "execute", { run: "echo hi" }, ["--skip-reports"]);
  equal(
    (await fails(repository, ["model", "delete", "web"])).error,
    "Model 'web' has 2 associated data artifact(s). Use --force to delete all.",
  );
  equal((await succeeds(repository, ["data", "get", "web", "result"])).content.stdout, "hi");
});

Deno.test("--force deletes everything of the model and nothing of another", async () => {
  using repository = await twoModels();
  const { modelId } = await runMethod(repository, "web", "execute", { run: "echo hi" });
  await runMethod(repository, "web", "execute", { run: "echo again" });
  await runMethod(repository, "other", "execute", { run: "echo other" });
  const deleted = await succeeds(repository, ["model", "delete", "web", "--force"]);
  equal(deleted.outputsDeleted, 2);
  equal(deleted.dataDeleted, true);
  deepEqual(traces(repository, modelId), []);
  equal((await succeeds(repository, ["data", "get", "other", "result"])).content.stdout, "other");
});

Deno.test("a model of an extension type is deleted by id, with everything it left", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  const { id } = await createModel(repository, "@acme/thing", "t1", { region: "eu" });
  await runMethod(repository, "t1", "sync");
  equal((await succeeds(repository, ["model", "delete", id, "-f"])).deleted.name, "t1");
  deepEqual(traces(repository, id), []);
});

Deno.test("a new model of a deleted one's name starts with no data", async () => {
  using repository = await twoModels();
  await runMethod(repository, "web", "execute", { run: "echo hi" });
  await succeeds(repository, ["model", "delete", "web", "--force"]);
  await createModel(repository, "command/shell", "web");
  equal((await succeeds(repository, ["data", "list", "web"])).total, 0);
});

Deno.test("people are asked, and y deletes", async () => {
  using repository = await twoModels();
  const { code, stdout } = await repository.run(["model", "delete", "web"], { stdin: "y\n" });
  equal(code, 0);
  match(stdout, /Delete model 'web' \([0-9a-f-]{36}\)\?.*\[y\/N\]/s);
  match(stdout, /Deleted model: "web" \("command\/shell"\)/);
  await fails(repository, ["model", "get", "web"]);
});

Deno.test("the question tells what else goes", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  await createModel(repository, "@acme/thing", "t1", { region: "eu" });
  await fails(repository, [...runArgs("t1", "fail"), "--skip-reports"]);
  const { stdout } = await repository.run(["model", "delete", "t1"], { stdin: "n\n" });
  match(stdout, /^Delete model 't1' \(.*\)\? This will also delete: 1 output\(s\)\. \[y\/N\] /);
});

for (const answer of ["n\n", "\n", "", "yes please\n"]) {
  Deno.test(`the answer ${JSON.stringify(answer)} keeps the model and is no failure`, async () => {
    using repository = await twoModels();
    const { code, stderr } = await repository.run(["model", "delete", "web"], { stdin: answer });
    equal(code, 0);
    match(stderr, /Deletion cancelled\./);
    equal((await succeeds(repository, ["model", "get", "web"])).name, "web");
  });
}

Deno.test("--json never asks", async () => {
  using repository = await twoModels();
  await succeeds(repository, ["model", "delete", "web"], { stdin: "n\n" });
  await fails(repository, ["model", "get", "web"]);
});

Deno.test("an unknown model fails, with the nearest name", async () => {
  using repository = await twoModels();
  match((await fails(repository, ["model", "delete", "zz"])).error, /^Model not found: zz/);
  const text = await complains(repository, ["model", "delete", "wbe", "--force"]);
  match(text, /^error: Model not found: wbe\nDid you mean "web"\?/);
});

for (const by of ["name", "id"]) {
  Deno.test(`a model that a workflow names by ${by} is kept, even with --force`, async () => {
    using repository = await twoModels();
    const { id } = await succeeds(repository, ["model", "get", "web"]);
    repository.write(
      "workflows/workflow-1.yaml",
      `id: ${crypto.randomUUID()}
name: wf
version: 1
jobs:
  - name: j
    steps:
      - name: s
        task:
          type: model_method
          modelIdOrName: ${by === "name" ? "web" : id}
          methodName: execute
`,
    );
    equal(
      (await fails(repository, ["model", "delete", "web", "--force"])).error,
      "Model 'web' is referenced by workflow(s): wf. " +
        "Remove the model from these workflows before deleting.",
    );
    equal((await succeeds(repository, ["model", "delete", "other"])).deleted.name, "other");
  });
}

Deno.test("exactly the file that was found is deleted, whatever its name", async () => {
  using repository = await Repository.create();
  const id = crypto.randomUUID();
  const text = `type: command/shell\nid: ${id}\nname: web\nversion: 1\n`;
  const mine = repository.write("models/mine/web.yaml", text);
  const decoy = repository.write(
    `models/command/shell/${crypto.randomUUID()}.yaml`,
    text.replace("web", "decoy").replace(id, crypto.randomUUID()),
  );
  equal((await succeeds(repository, ["model", "delete", "web"])).deleted.inputPath, mine);
  ok(!isThere(mine));
  ok(isThere(decoy));
});

Deno.test("of two files with one id, deleting by name hits the one that was found", async () => {
  using repository = await Repository.create();
  const id = crypto.randomUUID();
  const text = (name: string) => `type: command/shell\nid: ${id}\nname: ${name}\nversion: 1\n`;
  const first = repository.write(`models/command/shell/${id}.yaml`, text("first"));
  repository.write("models/command/shell/copy.yaml", text("second"));
  const { code } = await repository.run(["model", "delete", "second", "--force", "--json"]);
  ok(isThere(first));
  equal(isThere(repository.path("models/command/shell/copy.yaml")), code !== 0);
});

Deno.test("a model of a type that is not installed is deleted from where it lies", async () => {
  using repository = await Repository.create();
  const id = crypto.randomUUID();
  const file = repository.write(
    "models/some/folder/lost.yaml",
    `type: no/such\nid: ${id}\nname: lost\nversion: 1\n`,
  );
  await succeeds(repository, ["model", "delete", "lost"]);
  ok(!isThere(file));
});

Deno.test("a broken definition is deleted by its id or its file name", async () => {
  using repository = await Repository.create();
  const id = crypto.randomUUID();
  for (const reference of [id, `models/command/shell/${id}.yaml`]) {
    const file = repository.write(`models/command/shell/${id}.yaml`, "name: [\n");
    const { code, stdout } = await repository.run(["model", "delete", reference, "--json"]);
    equal(code, 0, stdout);
    ok(!isThere(file), reference);
  }
});
