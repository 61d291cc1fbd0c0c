import { deepEqual, equal, match } from "node:assert/strict";
import { modelSource } from "../../extension_sources.ts";
import { sourceOf } from "../../model_source.ts";
import { Repository, swamp } from "../../swamp.ts";

Deno.test("the built-in shell is described as in the contract", async () => {
  const { code, json } = await swamp(["model", "type", "describe", "Command::Shell", "--json"]);
  equal(code, 0);
  deepEqual(Object.keys(json), ["type", "version", "methods"]);
  deepEqual(json.type, { raw: "Command::Shell", normalized: "command/shell" });
  equal(json.version, "2026.02.09.1");
  const [execute] = json.methods;
  equal(execute.name, "execute");
  deepEqual(execute.arguments.required, ["run"]);
  equal(execute.arguments.additionalProperties, false);
  deepEqual(Object.keys(execute.arguments.properties), [
    "run",
    "workingDir",
    "timeout",
    "env",
    "ignoreExitCode",
  ]);
  deepEqual(
    execute.dataOutputSpecs.map((spec: Record<string, unknown>) => [
      spec.specName,
      spec.kind,
      spec.lifetime,
      spec.garbageCollection,
    ]),
    [["result", "resource", "infinite", 10], ["log", "file", "infinite", 10]],
  );
});

Deno.test("an extension type is described with its arguments, methods and outputs", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  const { json } = await repository.run(["model", "type", "describe", "@acme/thing", "--json"]);
  deepEqual(json.globalArguments, {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: {
      region: { type: "string", description: "Where it lives" },
      size: {
        type: "integer",
        minimum: -9007199254740991,
        maximum: 9007199254740991,
        default: 3,
      },
    },
    required: ["region"],
    additionalProperties: false,
  });
  deepEqual(json.methods.map((method: { name: string }) => method.name), ["sync", "fail"]);
  const specs = json.methods[1].dataOutputSpecs;
  deepEqual(specs.map((spec: { specName: string }) => spec.specName), ["state", "log"]);
  equal(specs[1].contentType, "text/plain");
});

Deno.test("people see arguments with type, description, default and what is required", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  const { stdout } = await repository.run(["model", "type", "describe", "@acme/thing"]);
  match(stdout, /^Type: @acme\/thing$/m);
  match(stdout, /^Version: 2026\.01\.02\.1$/m);
  match(stdout, /^ {2}region \(string\) \*required — Where it lives$/m);
  match(stdout, /^ {2}size \(integer\) = 3$/m);
  match(stdout, /^ {2}sync - Reads it and stores its state$/m);
  match(stdout, /^ {2}state \[resource\] - What is known of it \(infinite\)$/m);
  match(stdout, /^ {2}log \[file\] \(text\/plain, 7d\)$/m);
});

Deno.test("people see which values an argument allows", async () => {
  using repository = await Repository.create();
  repository.write(
    "extensions/models/choice.ts",
    sourceOf("@acme/choice", {
      globalArguments: `z.object({ mode: z.enum(["fast", "safe"]).default("safe") })`,
    }),
  );
  const { stdout } = await repository.run(["model", "type", "describe", "@acme/choice"]);
  match(stdout, /^ {2}mode \(string\) \[fast, safe\] = "safe"$/m);
});

Deno.test("get is another name of describe", async () => {
  const { stdout } = await swamp(["model", "type", "get", "command/shell"], { cwd: "/" });
  match(stdout, /^Type: command\/shell$/m);
});

Deno.test("describing a type imports none of its code", async () => {
  using repository = await Repository.create();
  const mark = repository.path("imported");
  repository.write(
    "extensions/models/thing.ts",
    // The index worker may not write, so only an import into swamp itself leaves the mark.
    `try { Deno.writeTextFileSync(${JSON.stringify(mark)}, ""); } catch { /* not allowed */ }\n` +
      modelSource("@acme/thing"),
  );
  equal((await repository.run(["model", "type", "describe", "@acme/thing"])).code, 0);
  equal((await repository.run(["model", "type", "search", "thing"])).code, 0);
  equal([...Deno.readDirSync(repository.root)].some(({ name }) => name === "imported"), false);
});

Deno.test("an unknown type fails with the way to find it and near names", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  const { code, json, stderr } = await repository.run([
    "model",
    "type",
    "describe",
    "@acme/thign",
    "--json",
  ]);
  equal(code, 1);
  match(json.error, /^Model type not found: @acme\/thign\n/);
  match(json.error, /Did you mean: @acme\/thing/);
  match(json.error, / {2}Search: {2}swamp extension search thign/);
  match(json.error, / {2}Install: swamp extension pull @acme\/thign/);
  equal("stack" in json, false);
  deepEqual(JSON.parse(stderr), json);
});

for (
  const [type, message] of [
    ["", "Model type cannot be empty"],
    [" .. ", "Model type normalization resulted in empty string"],
  ] as const
) {
  Deno.test(`the type ${JSON.stringify(type)} is refused without a stack`, async () => {
    const { code, json } = await swamp(["model", "type", "describe", type, "--json"]);
    equal(code, 1);
    equal(json.error, message);
    equal("stack" in json, false);
  });
}
