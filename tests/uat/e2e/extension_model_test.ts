import { deepEqual, equal, match, ok } from "node:assert/strict";
import { isThere } from "../background_run.ts";
import { modelSource } from "../extension_sources.ts";
import { method, sourceOf } from "../model_source.ts";
import { createModel, dataContent, runArgs, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

Deno.test("a source dropped into extensions/models is a type of its own", async (test) => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));

  await test.step("it is found and described", async () => {
    const { results } = await succeeds(repository, ["model", "type", "search", "thing"]);
    deepEqual(results, [{ raw: "@acme/thing", normalized: "@acme/thing" }]);
    const { methods } = await succeeds(repository, ["model", "type", "describe", "@acme/thing"]);
    equal(methods.length, 2);
  });
  await test.step("models of it are created, validated and run", async () => {
    await createModel(repository, "@acme/thing", "t1", { region: "eu" });
    await succeeds(repository, ["model", "validate", "t1"]);
    await runMethod(repository, "t1", "sync", { id: "i-7", n: 7 });
    deepEqual(await dataContent(repository, "t1", "main"), { id: "i-7", n: 7 });
    equal(await dataContent(repository, "t1", "run-log"), "region eu");
  });
  await test.step("an edited source is used by the next command", async () => {
    repository.write(
      "extensions/models/thing.ts",
      modelSource("@acme/thing").replace('"region "', '"now in "'),
    );
    await runMethod(repository, "t1", "sync");
    equal(await dataContent(repository, "t1", "run-log"), "now in eu");
  });
  await test.step("a removed source takes the type with it, not the models and their data", async () => {
    Deno.removeSync(repository.path("extensions/models/thing.ts"));
    deepEqual((await succeeds(repository, ["model", "type", "search", "thing"])).results, []);
    equal((await succeeds(repository, ["model", "get", "t1"])).type, "@acme/thing");
    equal(await dataContent(repository, "t1", "run-log"), "now in eu");
    const { error } = await fails(repository, runArgs("t1", "sync"));
    match(error, /^Unknown model type: @acme\/thing/);
  });
});

Deno.test("types are found in folders of any depth, helpers below _lib are no types", async () => {
  using repository = await Repository.create();
  repository.write(
    "extensions/models/_lib/greet.ts",
    "export const greet = (who: string) => `hi ${who}`;\n",
  );
  repository.write(
    "extensions/models/a/b/c/deep.ts",
    sourceOf("@acme/deep", {
      preamble: 'import { greet } from "../../../_lib/greet.ts";',
      methods: `{ ${
        method("greet", 'await context.writeResource("state", "g", { text: greet("you") });')
      } }`,
    }),
  );
  await createModel(repository, "@acme/deep", "d");
  await runMethod(repository, "d", "greet");
  deepEqual(await dataContent(repository, "d", "g"), { text: "hi you" });
});

Deno.test("an edited helper is used by the next command", async () => {
  using repository = await Repository.create();
  const helper = (text: string) =>
    repository.write("extensions/models/_lib/text.ts", `export const text = "${text}";\n`);
  helper("old");
  repository.write(
    "extensions/models/uses.ts",
    sourceOf("@acme/uses", {
      preamble: 'import { text } from "./_lib/text.ts";',
      methods: `{ ${method("tell", 'await context.writeResource("state", "t", { text });')} }`,
    }),
  );
  await createModel(repository, "@acme/uses", "u");
  await runMethod(repository, "u", "tell");
  helper("new");
  await runMethod(repository, "u", "tell");
  deepEqual(await dataContent(repository, "u", "t", 1), { text: "old" });
  deepEqual(await dataContent(repository, "u", "t", 2), { text: "new" });
});

Deno.test("two models of one type share nothing but the type", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  await createModel(repository, "@acme/thing", "one", { region: "eu" });
  await createModel(repository, "@acme/thing", "two", { region: "us" });
  await runMethod(repository, "one", "sync", { n: 1 });
  await runMethod(repository, "two", "sync", { n: 2 });
  equal((await dataContent(repository, "one", "main")).n, 1);
  equal((await dataContent(repository, "two", "main")).n, 2);
  equal(await dataContent(repository, "two", "run-log"), "region us");
});

Deno.test("a type written as AWS::EC2::VPC is used under its normalized name", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/vpc.ts", modelSource("AWS::EC2::VPC"));
  const { type, path, id } = await createModel(repository, "aws.ec2.vpc", "v", { region: "eu" });
  equal(type, "aws/ec2/vpc");
  equal(path, repository.path(`models/aws/ec2/vpc/${id}.yaml`));
  equal((await runMethod(repository, "v", "sync")).modelType, "aws/ec2/vpc");
  ok(isThere(repository.path(`.swamp/data/aws/ec2/vpc/${id}/main/1/raw`)));
});

Deno.test("methods and checks are added to somebody else's type", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  repository.write(
    "extensions/models/more.ts",
    `import { z } from "npm:zod@4.3.6";
export const extension = {
  type: "@acme/thing",
  methods: [{ ${
      method(
        "shout",
        'await context.writeResource("state", "s", { id: context.globalArgs.region.toUpperCase(), n: 1 });',
      )
    } }],
  checks: [{ calm: {
    description: "Does not shout at night",
    appliesTo: ["shout"],
    execute: async ({ globalArgs }) => ({ pass: globalArgs.region !== "night", errors: ["it is night"] }),
  } }],
};
`,
  );
  const { methods } = await succeeds(repository, ["model", "type", "describe", "@acme/thing"]);
  deepEqual(methods.map(({ name }: { name: string }) => name), ["sync", "fail", "shout"]);
  await createModel(repository, "@acme/thing", "t", { region: "eu" });
  await runMethod(repository, "t", "shout");
  equal((await dataContent(repository, "t", "s")).id, "EU");
  await createModel(repository, "@acme/thing", "dark", { region: "night" });
  match((await fails(repository, runArgs("dark", "shout"))).error, /it is night/);
});

Deno.test("methods added to a built-in type are there in every run", async () => {
  using repository = await Repository.create();
  repository.write(
    "extensions/models/shell.ts",
    `import { z } from "npm:zod@4.3.6";
export const extension = {
  type: "command/shell",
  methods: { ${method("hello", 'context.logger.info("hello"); return {};')} },
};
`,
  );
  await createModel(repository, "command/shell", "sh");
  for (const run of ["first", "second"]) {
    equal((await runMethod(repository, "sh", "hello")).status, "succeeded", run);
  }
  equal((await runMethod(repository, "sh", "execute", { run: "true" })).status, "succeeded");
});

Deno.test("a type with a thousand lines of schema loads like any other", async () => {
  using repository = await Repository.create();
  const fields = Array.from({ length: 1000 }, (_, n) => `f${n}: z.string().optional(),`).join("\n");
  repository.write(
    "extensions/models/wide.ts",
    sourceOf("@acme/wide", {
      globalArguments: `z.object({ ${fields} })`,
      methods: `{ ${method("ping", "")} }`,
    }),
  );
  await createModel(repository, "@acme/wide", "w", { f999: "x" });
  equal((await runMethod(repository, "w", "ping")).status, "succeeded");
});

Deno.test("an import that is not there fails the type by name, not the others", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/good.ts", modelSource("@acme/good"));
  repository.write(
    "extensions/models/bad.ts",
    `import "./nowhere.ts";\n${modelSource("@acme/bad")}`,
  );
  const { code, json } = await repository.run([
    ...["model", "create", "@acme/good", "g", "--global-arg", "region=eu", "--json"],
  ]);
  equal(code, 0);
  equal(json.name, "g");
  const bad = await repository.run(["model", "create", "@acme/bad", "b", "--json"]);
  equal(bad.code, 1);
  match(bad.json.error, /extensions\/models\/bad\.ts/);
});

Deno.test("a method may use the network of this machine, processes and files", async () => {
  using repository = await Repository.create();
  const server = Deno.serve({ port: 0, onListen: () => {} }, () => new Response("served"));
  repository.write(
    "extensions/models/reaches.ts",
    sourceOf("@acme/reaches", {
      methods: `{ ${
        method(
          "out",
          `const served = await (await fetch(args.url)).text();
        const { stdout } = await new Deno.Command("echo", { args: ["ran"] }).output();
        await Deno.writeTextFile(context.repoDir + "/written", served);
        await context.writeResource("state", "r", {
          served, ran: new TextDecoder().decode(stdout).trim(), home: Deno.env.get("HOME") });`,
          "z.object({ url: z.string() })",
        )
      } }`,
    }),
  );
  await createModel(repository, "@acme/reaches", "r");
  const url = `http://localhost:${server.addr.port}/`;
  await runMethod(repository, "r", "out", { url });
  deepEqual(await dataContent(repository, "r", "r"), {
    served: "served",
    ran: "ran",
    home: Deno.env.get("HOME"),
  });
  equal(Deno.readTextFileSync(repository.path("written")), "served");
  await server.shutdown();
});
