import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parse } from "yaml";
import { isThere } from "../background_run.ts";
import { modelSource } from "../extension_sources.ts";
import { sourceOf } from "../model_source.ts";
import { createModel } from "../models.ts";
import { complains, fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

/** A repository for all tests of this file; each test uses names of its own. */
const repository = await Repository.create();
repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
repository.write(
  "extensions/models/settings.ts",
  sourceOf("@acme/settings", {
    globalArguments: `z.object({
      text: z.string().optional(),
      count: z.number().optional(),
      whole: z.number().int().optional(),
      on: z.boolean().optional(),
      nested: z.object({ a: z.object({ b: z.string() }) }).optional(),
    })`,
  }),
);
Deno.test.afterAll(() => repository[Symbol.dispose]());

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Paths of all definition files below a folder of models. */
function definitionFiles(place: Repository, folder: string): string[] {
  try {
    return [...Deno.readDirSync(place.path("models", folder))].map(({ name }) => name);
  } catch {
    return [];
  }
}

Deno.test("the document names the model, its file, its type's version and its methods", async () => {
  const { methods, ...model } = await succeeds(repository, [
    ...["model", "create", "COMMAND::Shell", "web"],
  ]);
  match(model.id, UUID);
  deepEqual(model, {
    id: model.id,
    type: "command/shell",
    name: "web",
    path: repository.path("models/command/shell", `${model.id}.yaml`),
    version: "2026.02.09.1",
  });
  deepEqual(methods.map(({ name }: { name: string }) => name), ["execute"]);
});

Deno.test("the file holds the definition with its keys in the order of the contract", async () => {
  const { id, path } = await createModel(repository, "@acme/thing", "on-disk", { region: "eu" });
  equal(
    Deno.readTextFileSync(path),
    `type: '@acme/thing'
typeVersion: 2026.01.02.1
id: ${id}
name: on-disk
version: 1
tags: {}
globalArguments:
  region: eu
  size: 3
methods: {}
`,
  );
});

Deno.test("the global arguments' schema comes with a type that has one, from the input side", async () => {
  const { globalArguments } = await createModel(repository, "@acme/thing", "schema", {
    region: "eu",
  });
  deepEqual(globalArguments.required, ["region"]);
  equal(globalArguments.properties.size.default, 3);
});

Deno.test("people read name, path and version", async () => {
  const { code, stdout, stderr } = await repository.run([
    ...["model", "create", "command/shell", "readable"],
  ]);
  equal(code, 0);
  equal(stderr, "");
  match(stdout, /^Created: readable \(command\/shell\)$/m);
  match(stdout, /^Path: .*\/models\/command\/shell\/[0-9a-f-]{36}\.yaml$/m);
  match(stdout, /^Version: 2026\.02\.09\.1$/m);
});

/** `--global-arg` → what is stored. */
const PAIRS: readonly (readonly [pair: string, stored: Record<string, unknown>])[] = [
  ["text=a=b", { text: "a=b" }],
  ["text=", { text: "" }],
  ["text=12", { text: "12" }],
  ["count=1.5", { count: 1.5 }],
  ["whole=7", { whole: 7 }],
  ["on=true", { on: true }],
  ["nested.a.b=1", { nested: { a: { b: "1" } } }],
  ["text=@note.txt", { text: "from a file" }],
  ["text=\\@note.txt", { text: "@note.txt" }],
];

for (const [index, [pair, stored]] of PAIRS.entries()) {
  Deno.test(`--global-arg ${pair} is stored as ${JSON.stringify(stored)}`, async () => {
    repository.write("note.txt", "from a file");
    const { path } = await succeeds(repository, [
      ...["model", "create", "@acme/settings", `pair-${index}`, "--global-arg", pair],
    ]);
    deepEqual(parse(Deno.readTextFileSync(path)).globalArguments, stored);
  });
}

Deno.test("a type without a schema of global arguments takes any", async () => {
  repository.write("extensions/models/any.ts", sourceOf("@acme/any", {}));
  const { path } = await createModel(repository, "@acme/any", "anything", { "a.b": "1", c: "x" });
  deepEqual(parse(Deno.readTextFileSync(path)).globalArguments, { a: { b: "1" }, c: "x" });
});

Deno.test("an expression is taken for a field of any type", async () => {
  const { path } = await createModel(repository, "@acme/thing", "expression", {
    region: "eu",
    size: "${{ 1 + 2 }}",
  });
  equal(parse(Deno.readTextFileSync(path)).globalArguments.size, "${{ 1 + 2 }}");
});

Deno.test("without --global-arg nothing is validated, but missing ones are warned of", async () => {
  const { code, stdout, stderr } = await repository.run([
    ...["model", "create", "@acme/thing", "bare"],
  ]);
  equal(code, 0);
  match(stdout, /^Created: bare/m);
  match(stderr, /region/);
  const { id } = await succeeds(repository, ["model", "get", "bare"]);
  const text = Deno.readTextFileSync(repository.path("models/@acme/thing", `${id}.yaml`));
  deepEqual(parse(text).globalArguments, {});
});

Deno.test("an unknown global argument is refused with the nearest one", async () => {
  const { error } = await fails(repository, [
    ...["model", "create", "@acme/thing", "typo", "--global-arg", "regoin=eu"],
    ...["--global-arg", "region=eu"],
  ]);
  match(error, /regoin/);
  match(error, /Did you mean "?region"?/);
});

Deno.test("wrong global arguments are one line an issue, naming type and field", async () => {
  const { error } = await fails(repository, [
    ...["model", "create", "@acme/thing", "wrong", "--global-arg", "size=x"],
  ]);
  const [first, ...issues] = error.split("\n");
  equal(first, "Invalid global arguments for type '@acme/thing':");
  equal(issues.length, 2);
  ok(issues.includes("  region: Invalid input: expected string, received undefined"), error);
  ok(issues.some((line: string) => line.startsWith("  size: Invalid input: expected number")));
});

/** Mistakes in `--global-arg` and what is said of them (contract: cli-core 6.1). */
const MISTAKES: Readonly<Record<string, RegExp>> = {
  "foo": /^Invalid input format: "foo"\. Expected key=value format\.$/,
  "=x": /^Invalid input: empty key in "=x"\.$/,
  "region=@nofile": /^Input file not found for key "region": nofile$/,
  "__proto__.x=1": /__proto__/,
  "constructor=1": /constructor/,
};

for (const [pair, message] of Object.entries(MISTAKES)) {
  Deno.test(`--global-arg ${pair} is refused and nothing is created`, async () => {
    const { error } = await fails(repository, [
      ...["model", "create", "@acme/thing", "mistake", "--global-arg", pair],
    ]);
    match(error, message);
    match(
      (await fails(repository, ["model", "get", "mistake"])).error,
      /^Model not found: mistake/,
    );
  });
}

Deno.test("name and type are checked before files of arguments are read", async () => {
  const pair = ["--global-arg", "region=@nofile"];
  const type = await fails(repository, ["model", "create", "nope/x", "early", ...pair]);
  match(type.error, /^Unknown model type: nope\/x/);
  const name = await fails(repository, ["model", "create", "@acme/thing", "../x", ...pair]);
  match(name.error, /^Invalid model name "\.\.\/x"/);
});

Deno.test("an unknown type fails with the types there are", async () => {
  const { error } = await fails(repository, ["model", "create", "nope/x", "lost"]);
  match(error, /^Unknown model type: nope\/x\. Available types: command\/shell, /);
  match(error, /@acme\/thing/);
});

Deno.test("a mistyped type fails with the nearest one", async () => {
  const { error } = await fails(repository, ["model", "create", "@acme/thign", "near"]);
  match(error, /^Unknown model type: @acme\/thign/);
  match(error, /Did you mean:? "?@acme\/thing/);
});

Deno.test("a type that is near none is offered none", async () => {
  const text = await complains(repository, ["model", "create", "nope/x", "far"]);
  match(text, /^error: Unknown model type: nope\/x\. Available types: .*\n$/);
});

Deno.test("a file of an argument that cannot be read is refused, with the reason", async () => {
  const { error } = await fails(repository, [
    ...["model", "create", "@acme/thing", "folder", "--global-arg", `region=@${repository.root}`],
  ]);
  match(error, /^Failed to read input file for key "region": .*directory/);
});

Deno.test("~/ in the name of an argument's file is the home folder", async () => {
  repository.write("home/region", "eu");
  const { code, json } = await repository.run(
    ["model", "create", "@acme/thing", "home", "--global-arg", "region=@~/region", "--json"],
    { env: { HOME: repository.path("home") } },
  );
  equal(code, 0);
  equal(parse(Deno.readTextFileSync(json.path)).globalArguments.region, "eu");
});

Deno.test("a name is unique over all types, and case counts", async () => {
  await createModel(repository, "command/shell", "once");
  deepEqual(
    (await fails(repository, ["model", "create", "@acme/thing", "once"])).error,
    "Model already exists: once",
  );
  equal((await createModel(repository, "command/shell", "Once")).name, "Once");
});

for (const name of ["web", "Größe", "a b", "@acme/web", "@acme/web/eu-1", "42", "a.b"]) {
  Deno.test(`${JSON.stringify(name)} is a name`, async () => {
    using fresh = await Repository.create();
    equal((await createModel(fresh, "command/shell", name)).name, name);
    equal((await succeeds(fresh, ["model", "get", name])).name, name);
  });
}

const BAD_NAMES: readonly string[] = [
  ...["", " ", " web", "web ", ".", "..", "...", "../x", "a/../b", "a\\b", "a/b", "@acme/", "/x"],
  ...["@ACME/web", "a\nb", "a\tb", "a\u0007b", "-web", "x".repeat(256), "ü".repeat(128)],
];

for (const name of BAD_NAMES) {
  const shown = name.length > 20 ? `${name.slice(0, 3)}… (${name.length})` : name;
  Deno.test(`${JSON.stringify(shown)} is refused as a name, in one sentence`, async () => {
    using fresh = await Repository.create();
    const { error } = await fails(fresh, ["model", "create", "command/shell", "--", name]);
    match(error, /name/i);
    ok(!error.includes("[{"), error);
    ok(!error.includes('"code"'), error);
    deepEqual(definitionFiles(fresh, "command/shell"), []);
  });
}

Deno.test("a bad name is told to people in one line that quotes it", async () => {
  const text = await complains(repository, ["model", "create", "command/shell", "../x"]);
  match(text, /^error: Invalid model name "\.\.\/x": .+\n$/);
});

Deno.test("a failed create leaves no file, no folder and no lock", async () => {
  using fresh = await Repository.create();
  await fails(fresh, ["model", "create", "command/shell", "x", "--global-arg", "nope"]);
  deepEqual([...Deno.readDirSync(fresh.path("models"))], []);
  ok(!isThere(fresh.path(".swamp/.datastore.lock")));
});

Deno.test("a second repository is named with --repo-dir", async () => {
  using other = await Repository.create();
  const { path } = await succeeds(repository, [
    ...["model", "create", "command/shell", "elsewhere", "--repo-dir", other.root],
  ]);
  ok(path.startsWith(other.path("models/")));
  await fails(repository, ["model", "get", "elsewhere"]);
});
