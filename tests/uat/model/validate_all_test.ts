import { deepEqual, equal, match, ok } from "node:assert/strict";
import { define } from "../definitions.ts";
import { modelSource } from "../extension_sources.ts";
import { succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

/** A repository with the type `@acme/thing`. */
async function repositoryOfThings(): Promise<Repository> {
  const repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  return repository;
}

Deno.test("without a name all models are validated and counted", async () => {
  using repository = await repositoryOfThings();
  define(repository, "@acme/thing", "bad");
  define(repository, "@acme/thing", "good", "globalArguments: { region: eu }\n");
  const { code, stderr, json: document } = await repository.run(["model", "validate", "--json"]);
  equal(code, 1);
  equal(stderr, "");
  equal(document.passed, false);
  equal(document.totalPassed, 1);
  equal(document.totalFailed, 1);
  equal(document.totalWarnings, 0);
  deepEqual(
    document.models.map((one: Run["json"]) => [one.modelName, one.passed]).sort(),
    [["bad", false], ["good", true]],
  );
});

Deno.test("a broken file and a model of an unknown type count as failed, by name", async () => {
  using repository = await repositoryOfThings();
  define(repository, "@acme/thing", "good", "globalArguments: { region: eu }\n");
  define(repository, "no/such", "lost");
  repository.write("models/command/shell/broken.yaml", "name: [\n");
  const run = await repository.run(["model", "validate", "--json"]);
  equal(run.code, 1);
  equal(run.json.passed, false);
  equal(run.json.totalPassed, 1);
  equal(run.json.totalFailed, 2);
  equal(run.stderr, "", "what the document says is not said again");
  match(run.stdout, /models\/command\/shell\/broken\.yaml/);
  match(run.stdout, /lost/);
});

Deno.test("a broken type is told by the models that have it, one that nobody has is warned of", async () => {
  using repository = await repositoryOfThings();
  for (const name of ["bad", "unused"]) {
    repository.write(`extensions/models/${name}.ts`, `${modelSource(`@acme/${name}`)}const = 1;`);
  }
  define(repository, "@acme/bad", "lost");
  const run = await repository.run(["model", "validate", "--json"]);
  match(run.json.models[0].validations[1].error, /extensions\/models\/bad\.ts/);
  match(run.stderr, /^warning: Failed to load user model "extensions\/models\/unused\.ts".*\n$/);
});

Deno.test("two models of one name are reported, with both files", async () => {
  using repository = await repositoryOfThings();
  const paths = [
    define(repository, "@acme/thing", "same", "globalArguments: { region: eu }\n"),
    define(repository, "command/shell", "same"),
  ].map((path) => path.slice(repository.root.length + 1));
  const { code, stdout } = await repository.run(["model", "validate", "--json"]);
  equal(code, 1);
  for (const path of paths) ok(stdout.includes(path), `${path} is not named in ${stdout}`);
});

Deno.test("an empty repository is sound", async () => {
  using repository = await Repository.create();
  const document = await succeeds(repository, ["model", "validate"]);
  equal(document.passed, true);
  deepEqual(document.models, []);
});

Deno.test("people read a part for each model, and what became of all", async () => {
  using repository = await repositoryOfThings();
  define(repository, "@acme/thing", "bad");
  define(repository, "@acme/thing", "good", "globalArguments: { region: eu }\n");
  const { stdout, stderr } = await repository.run(["model", "validate"]);
  equal(stderr, "");
  match(stdout, /^Validating: bad \(@acme\/thing\)$/m);
  match(stdout, /^Validating: good \(@acme\/thing\)$/m);
  match(stdout, /^Summary: 1\/2 models passed\nOverall: FAILED$/m);
});

Deno.test("people read what is wrong with a file of which not even the type is known", async () => {
  using repository = await Repository.create();
  repository.write("models/broken.yaml", `id: ${crypto.randomUUID()}\nname: broken\nversion: 1\n`);
  const { stdout } = await repository.run(["model", "validate"]);
  match(
    stdout,
    /^Validating: broken\n {2}✗ Definition schema\n {4}→ models\/broken\.yaml: type is /m,
  );
});
