import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createModel, runArgs } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { copyInto } from "../repository_copy.ts";
import { Repository, type Run } from "../swamp.ts";

/** A repository with the shell model `sh`. */
const sound = await Repository.create();
const { id } = await createModel(sound, "command/shell", "sh");

/** The repository that tests damage. */
const repository = await Repository.create();
Deno.test.beforeEach(() => copyInto(repository, sound));
Deno.test.afterAll(() => {
  sound[Symbol.dispose]();
  repository[Symbol.dispose]();
});

const UUID = "22222222-2222-4222-8222-222222222222";

const DEFINITIONS: Readonly<Record<string, string>> = {
  "malformed": "name: [\n",
  "empty": "",
  "a list": "- a\n",
  "without a name": `id: ${UUID}\nversion: 1\n`,
  "without an id": "name: broken\nversion: 1\n",
  "with an id that is none": "id: 12\nname: broken\nversion: 1\n",
  "with a tag that is a list": `id: ${UUID}\nname: broken\nversion: 1\ntags: { a: [] }\n`,
  "with a name that leaves its folder": `id: ${UUID}\nname: ../../x\nversion: 1\n`,
  "of bytes": "\u0000\u0001\u0002",
};

for (const flags of [[], ["--json"]]) {
  Deno.test(`broken definitions are one warning each ${flags.join(" ")}`, async () => {
    for (const [index, text] of Object.values(DEFINITIONS).entries()) {
      repository.write(`models/command/shell/broken-${index}.yaml`, text);
    }
    const { code, stdout, stderr } = await repository.run(["model", "search", ...flags]);
    equal(code, 0);
    match(stdout, /sh/);
    const lines = (stdout + stderr).split("\n");
    for (const [index, state] of Object.keys(DEFINITIONS).entries()) {
      const file = `models/command/shell/broken-${index}.yaml`;
      equal(lines.filter((line) => line.includes(file)).length, 1, `${state}\n${stdout}${stderr}`);
    }
    if (flags.length > 0) JSON.parse(stdout);
  });
}

Deno.test("broken definitions disturb no other model", async () => {
  for (const [index, text] of Object.values(DEFINITIONS).entries()) {
    repository.write(`models/command/shell/broken-${index}.yaml`, text);
  }
  for (const command of ["model get sh", "model validate sh", "data list sh"]) {
    equal((await repository.run(command.split(" "))).code, 0, command);
  }
  equal((await repository.run(runArgs("sh", "execute", { run: "true" }))).code, 0);
});

Deno.test("a name that only a broken file carries is told with that file", async () => {
  repository.write(`models/command/shell/${UUID}.yaml`, `id: 12\nname: lost\nversion: 1\n`);
  const { code, json } = await repository.run(["model", "get", "lost", "--json"]);
  equal(code, 1);
  match(json.error, /^Model not found: lost/);
  ok(json.error.includes(`models/command/shell/${UUID}.yaml`), json.error);
});

Deno.test("a broken file asked for by its id is named, in plain words", async () => {
  repository.write(`models/command/shell/${UUID}.yaml`, "name: [\n");
  const { code, json } = await repository.run(["model", "get", UUID, "--json"]);
  equal(code, 1);
  ok(json.error.includes(`models/command/shell/${UUID}.yaml`), json.error);
  ok(!("stack" in json));
});

Deno.test("a name that two files carry is refused with both", async () => {
  const files = ["models/a.yaml", "models/b.yaml"];
  for (const file of files) {
    repository.write(
      file,
      `type: command/shell\nid: ${crypto.randomUUID()}\nname: same\nversion: 1\n`,
    );
  }
  for (
    const command of [
      "model get same",
      "model delete same --force",
      "data list same",
      "model method run same execute",
    ]
  ) {
    const { error } = await fails(repository, command.split(" "));
    match(error, /^Ambiguous model name "same"/);
    for (const file of files) ok(error.includes(file), error);
  }
  equal((await succeeds(repository, ["model", "search", "same"])).results.length, 2);
});

Deno.test("an id that two files carry is refused with both", async () => {
  const files = ["models/a.yaml", "models/b.yaml"];
  for (const [index, file] of files.entries()) {
    repository.write(file, `type: command/shell\nid: ${UUID}\nname: n${index}\nversion: 1\n`);
  }
  const { error } = await fails(repository, ["model", "get", UUID]);
  match(error, /[Aa]mbiguous/);
  for (const file of files) ok(error.includes(file), error);
});

Deno.test("a link out of the repository is not followed", async () => {
  using other = await Repository.create();
  const { path } = await createModel(other, "command/shell", "foreign");
  Deno.symlinkSync(path, repository.path("models/command/shell/foreign.yaml"));
  const { code, stdout } = await repository.run(["model", "search", "--json"]);
  equal(code, 0);
  deepEqual(JSON.parse(stdout).results.map((one: Run["json"]) => one.name), ["sh"]);
});

Deno.test("a link within the repository is followed", async () => {
  const { path } = await succeeds(repository, ["model", "get", "sh"]);
  Deno.mkdirSync(repository.path("kept"));
  Deno.renameSync(path, repository.path("kept/sh.yaml"));
  Deno.symlinkSync("../kept/sh.yaml", repository.path("models/sh.yaml"));
  equal((await succeeds(repository, ["model", "get", "sh"])).id, id);
});

Deno.test("a cycle of folders does not hang anything", async () => {
  Deno.symlinkSync("..", repository.path("models/command/loop"));
  const { code, stdout } = await repository.run(["model", "search", "--json"]);
  equal(code, 0);
  equal(JSON.parse(stdout).results.length, 1);
});
