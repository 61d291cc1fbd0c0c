import { deepEqual, equal, match } from "node:assert/strict";
import { modelSource } from "../../extension_sources.ts";
import { createModel } from "../../models.ts";
import { complains, fails, succeeds } from "../../outcomes.ts";
import { Repository } from "../../swamp.ts";

/** A repository with the model `t1` of an extension type. */
const repository = await Repository.create();
repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
const { id } = await createModel(repository, "@acme/thing", "t1", { region: "eu" });
Deno.test.afterAll(() => repository[Symbol.dispose]());

Deno.test("the document holds the method with its arguments and outputs", async () => {
  const document = await succeeds(repository, ["model", "method", "describe", "t1", "sync"]);
  equal(document.modelName, "t1");
  equal(document.modelType, "@acme/thing");
  equal(document.version, "2026.01.02.1");
  const { name, description, arguments: schema, dataOutputSpecs } = document.method;
  equal(name, "sync");
  equal(description, "Reads it and stores its state");
  deepEqual(Object.keys(schema.properties), ["n", "id"]);
  equal(schema.required, undefined, "arguments with a default may be left out");
  deepEqual(dataOutputSpecs.map((spec: { specName: string }) => spec.specName), ["state", "log"]);
});

Deno.test("the model may be named by its id", async () => {
  const document = await succeeds(repository, ["model", "method", "describe", id, "fail"]);
  equal(document.modelName, "t1");
});

Deno.test("people read arguments and outputs", async () => {
  const { stdout } = await repository.run(["model", "method", "describe", "t1", "sync"]);
  match(stdout, /^Model: t1$/m);
  match(stdout, /^Type: @acme\/thing$/m);
  match(stdout, /^Version: 2026\.01\.02\.1$/m);
  match(stdout, /^Method: sync - Reads it and stores its state$/m);
  match(stdout, /^ {2}n \(number\) = 1$/m);
  match(stdout, /^ {2}state \[resource\]/m);
});

Deno.test("an unknown method fails with the methods there are and the nearest one", async () => {
  const { error } = await fails(repository, ["model", "method", "describe", "t1", "snyc"]);
  match(error, /^Unknown method 'snyc' for type '@acme\/thing'\. Available methods: sync, fail/);
  const text = await complains(repository, ["model", "method", "describe", "t1", "snyc"]);
  match(text, /Did you mean "sync"\?/);
});

Deno.test("a type that is not installed is named", async () => {
  const lost = crypto.randomUUID();
  repository.write(
    `models/no/such/${lost}.yaml`,
    `type: no/such\nid: ${lost}\nname: lost\nversion: 1\n`,
  );
  const { error } = await fails(repository, ["model", "method", "describe", "lost", "sync"]);
  match(error, /^Model type not found: no\/such/);
});
