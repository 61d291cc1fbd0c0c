import { deepEqual, equal, match } from "node:assert/strict";
import { modelSource } from "../extension_sources.ts";
import { createModel } from "../models.ts";
import { complains, fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

/** A repository with one model of an extension type, `t1`. */
const repository = await Repository.create();
repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
const { id, path } = await createModel(repository, "@acme/thing", "t1", { region: "eu" });
Deno.test.afterAll(() => repository[Symbol.dispose]());

const EVERYTHING = (id: string) =>
  `type: command/shell
typeVersion: 2026.01.01.1
id: ${id}
name: full
version: 3
tags: { team: core }
globalArguments: {}
methods:
  execute:
    arguments: { run: echo hi }
inputs:
  properties: { who: { type: string } }
checks: { skip: [slow] }
reports: { skip: ["@acme/cost"] }
driver: raw
driverConfig: { depth: 1 }
`;

Deno.test("the document holds the stored definition and what its type offers", async () => {
  const model = await succeeds(repository, ["model", "get", "t1"]);
  equal(model.id, id);
  equal(model.name, "t1");
  equal(model.type, "@acme/thing");
  equal(model.version, 1);
  deepEqual(model.tags, {});
  deepEqual(model.globalArguments, { region: "eu", size: 3 });
  equal(model.typeVersion, "2026.01.02.1");
  deepEqual(model.globalArgumentsSchema.required, ["region"]);
  deepEqual(model.methods.map((one: { name: string }) => one.name), ["sync", "fail"]);
});

Deno.test("it also shows the rest of the file", async () => {
  using fresh = await Repository.create();
  const id = crypto.randomUUID();
  const file = fresh.write(`models/command/shell/${id}.yaml`, EVERYTHING(id));
  const model = await succeeds(fresh, ["model", "get", "full"]);
  equal(model.version, 3);
  deepEqual(model.tags, { team: "core" });
  deepEqual(model.inputs, { properties: { who: { type: "string" } } });
  deepEqual(model.checks, { skip: ["slow"] });
  deepEqual(model.reports, { skip: ["@acme/cost"] });
  equal(model.driver, "raw");
  deepEqual(model.driverConfig, { depth: 1 });
  equal(model.path, file);
  equal(model.typeVersion, "2026.02.09.1", "that of the installed type");
  const text = JSON.stringify(model);
  match(text, /2026\.01\.01\.1/, "and that of the file");
  match(text, /echo hi/);
});

Deno.test("expressions are shown as they are stored", async () => {
  using fresh = await Repository.create();
  const id = crypto.randomUUID();
  fresh.write(
    `models/command/shell/${id}.yaml`,
    EVERYTHING(id).replace("globalArguments: {}", 'globalArguments: { x: "${{ self.name }}" }'),
  );
  deepEqual((await succeeds(fresh, ["model", "get", "full"])).globalArguments, {
    x: "${{ self.name }}",
  });
});

Deno.test("a model is found by its id and by the beginning of its id", async () => {
  for (const reference of [id, id.slice(0, 8), id.slice(0, 3)]) {
    equal((await succeeds(repository, ["model", "get", reference])).name, "t1", reference);
  }
});

Deno.test("a beginning of an id that fits two models is refused with both", async () => {
  using fresh = await Repository.create();
  const ids = ["abcd0000-0000-4000-8000-000000000001", "abcd0000-0000-4000-8000-000000000002"];
  for (const [index, one] of ids.entries()) {
    fresh.write(
      `models/command/shell/${one}.yaml`,
      `id: ${one}\nname: m${index}\nversion: 1\ntype: command/shell\n`,
    );
  }
  const { error } = await fails(fresh, ["model", "get", "abcd"]);
  match(error, /[Aa]mbiguous/);
  for (const one of ids) match(error, new RegExp(one));
});

Deno.test("a name wins over an id, and case counts", async () => {
  using fresh = await Repository.create();
  const first = await createModel(fresh, "command/shell", "first");
  const second = await createModel(fresh, "command/shell", first.id);
  equal((await succeeds(fresh, ["model", "get", first.id])).id, second.id);
  match((await fails(fresh, ["model", "get", "FIRST"])).error, /^Model not found: FIRST/);
});

Deno.test("a definition under any file name and at any depth is found by name and id", async () => {
  using fresh = await Repository.create();
  const id = crypto.randomUUID();
  fresh.write("models/mine/deep/er/web.yaml", EVERYTHING(id));
  equal((await succeeds(fresh, ["model", "get", "full"])).id, id);
  equal((await succeeds(fresh, ["model", "get", id])).name, "full");
});

Deno.test("a model of a type that is not installed is shown without schema and methods", async () => {
  using fresh = await Repository.create();
  const id = crypto.randomUUID();
  fresh.write(`models/no/such/${id}.yaml`, `type: no/such\nid: ${id}\nname: lost\nversion: 1\n`);
  const model = await succeeds(fresh, ["model", "get", "lost"]);
  equal(model.type, "no/such");
  for (const field of ["typeVersion", "globalArgumentsSchema", "methods"]) {
    equal(field in model, false, field);
  }
  const { stdout } = await fresh.run(["model", "get", "lost"]);
  match(stdout, /not installed/);
});

Deno.test("the type of a file without one is that of its folder", async () => {
  using fresh = await Repository.create();
  const id = crypto.randomUUID();
  fresh.write(`models/command/shell/${id}.yaml`, `id: ${id}\nname: bare\nversion: 1\n`);
  equal((await succeeds(fresh, ["model", "get", "bare"])).type, "command/shell");
});

Deno.test("people read every field, maps as YAML", async () => {
  const { stdout, stderr } = await repository.run(["model", "get", "t1"]);
  equal(stderr, "");
  match(stdout, /^Name: t1 \(@acme\/thing\)$/m);
  match(stdout, new RegExp(`^ID: ${id}$`, "m"));
  match(stdout, /^Version: 1$/m);
  match(stdout, new RegExp(`^Path: ${path}$`, "m"));
  match(stdout, /^Global Arguments:\n {2}region: eu\n {2}size: 3$/m);
  match(stdout, /^Type Version: 2026\.01\.02\.1$/m);
  match(stdout, /^ {2}sync - Reads it and stores its state$/m);
});

Deno.test("a mistyped name fails with the nearest one", async () => {
  using fresh = await Repository.create();
  await createModel(fresh, "command/shell", "webserver");
  const text = await complains(fresh, ["model", "get", "websevrer"]);
  match(text, /^error: Model not found: websevrer\n/);
  match(text, /Did you mean "webserver"\?/);
});
