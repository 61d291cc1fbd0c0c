/**
 * What people read about expressions that have no value: where they are and what was meant (contract:
 * authoring 4.4, 4.6, 4.8).
 *
 * @module
 */
import { equal, match, ok } from "node:assert/strict";
import { define } from "../definitions.ts";
import { method, sourceOf } from "../model_source.ts";
import { complains, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

const NET = sourceOf("@acme/net", {
  globalArguments: "z.object({ region: z.string().optional() })",
  resources: `{
    state: {
      schema: z.object({ VpcId: z.string(), ports: z.array(z.number()) }),
      lifetime: "infinite",
      garbageCollection: 5,
    },
  }`,
  methods: `{ ${
    method(
      "create",
      'await context.writeResource("state", "main", { VpcId: "vpc-1", ports: [80] });',
    )
  } }`,
});

/** A repository with the type `@acme/net` that no command has looked at yet. */
async function fresh(): Promise<Repository> {
  const repository = await Repository.create();
  repository.write("extensions/models/net.ts", NET);
  return repository;
}

const WAY = "x: ${{ model.net.resource.state.main.attributes.VpcId }}\n";

Deno.test("the first command of a repository validates against types of other models", async () => {
  using repository = await fresh();
  define(repository, "@acme/net", "net");
  define(repository, "command/shell", "good", `globalArguments:\n  ${WAY}`);
  define(
    repository,
    "command/shell",
    "bad",
    `globalArguments:\n  ${WAY.replace("VpcId", "VpcIdd")}`,
  );
  for (let times = 0; times < 2; times++) {
    const { passed } = await succeeds(repository, ["model", "validate", "good"]);
    equal(passed, true);
  }
  const { code, json } = await repository.run(["model", "validate", "bad", "--json"]);
  equal(code, 1);
  const { error } = json.validations.find(({ passed }: { passed: boolean }) => !passed);
  match(error, /Property "VpcIdd" not found\n {4}Did you mean "VpcId" instead of "VpcIdd"\?/);
  match(error, /\n {4}at models\/command\/shell\/.*\.yaml:6:10$/);
});

Deno.test("a cycle fails validation, evaluation and run with the same way", async () => {
  using repository = await Repository.create();
  for (const [name, next] of [["a", "b"], ["b", "c"], ["c", "a"]]) {
    define(
      repository,
      "command/shell",
      name!,
      `globalArguments:\n  x: \${{ model.${next}.input.globalArguments.x }}\n` +
        "methods: { execute: { arguments: { run: 'true' } } }\n",
    );
  }
  const way = "Cyclic dependency detected: a -> b -> c -> a";
  const validated = await repository.run(["model", "validate", "a"]);
  equal(validated.code, 1);
  ok(validated.stdout.includes(way), validated.stdout);
  match(validated.stdout, /at models\/command\/shell\/.*\.yaml:6:10/);
  equal(await complains(repository, ["model", "evaluate", "a"]), `error: ${way}\n`);
  const run = await repository.run(["model", "method", "run", "a", "execute"]);
  equal(run.code, 1);
  ok(run.stderr.includes(way), run.stderr);
});

Deno.test("what data does not have is told with its place and the nearest name", async () => {
  using repository = await fresh();
  define(repository, "@acme/net", "net");
  define(
    repository,
    "command/shell",
    "reader",
    "globalArguments:\n" +
      "  a: ${{ data.latest('net', 'main').attributes.VpcID2 }}\n" +
      "  b: ${{ data.latest('net', 'mian').attributes.VpcId }}\n" +
      "  c: ${{ data.latest('nett', 'main').attributes.VpcId }}\n",
  );
  await succeeds(repository, ["model", "method", "run", "net", "create"]);
  const { stdout } = await repository.run(["model", "evaluate", "reader"]);
  for (
    const line of [
      /globalArguments\.a \(models\/.*\.yaml:6:48\): .*\n +No such key: VpcID2\. Did you mean "VpcId"\?/,
      /globalArguments\.b .*\n +.*There is no data "mian" of model "net"\. Did you mean "main"\?/,
      /globalArguments\.c .*\n +.*There is no data "main" of model "nett"\. Did you mean "net"\?/,
    ]
  ) match(stdout, line);
});

Deno.test("an expression that an input brought is not looked for in the file", async () => {
  using repository = await Repository.create();
  await succeeds(repository, ["vault", "create", "local_encryption", "v"]);
  await repository.run(["vault", "put", "v", "key"], { stdin: "x" });
  define(
    repository,
    "command/shell",
    "sh",
    "methods: { execute: { arguments: { run: 'true' } } }\n",
  );
  const { stderr } = await repository.run(
    ["model", "method", "run", "sh", "execute", "--input", "run=echo ${{ vault.get(v, kye) }}"],
  );
  equal(
    stderr,
    "error: Method execution failed: Failed to resolve vault expression vault.get(v, kye): " +
      "Secret 'kye' not found in local vault 'v'\n" +
      "  inputs.run: ${{ vault.get(v, kye) }}\n" +
      'Did you mean "key"?\n',
  );
});

Deno.test("an expression that YAML needs quotes for says so", async () => {
  using repository = await Repository.create();
  define(repository, "command/shell", "sh", "globalArguments:\n  x: ${{ true ? 1 : 2 }}\n");
  match(
    await complains(repository, ["model", "evaluate", "sh"]),
    /Model not found: sh \(models\/.*at line 6, column 6; put the value with \$\{\{ \}\} in quotes\)\n$/,
  );
});
