import { deepEqual, equal, match } from "node:assert/strict";
import { parse } from "yaml";
import { define } from "../definitions.ts";
import { createModel } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

/** A repository with the shell model `plain`, which has no expressions. */
const repository = await Repository.create();
const { id } = await createModel(repository, "command/shell", "plain");
Deno.test.afterAll(() => repository[Symbol.dispose]());

Deno.test("a model without expressions is kept as evaluated, too", async () => {
  const outputPath = repository.path(`.swamp/definitions-evaluated/command/shell/${id}.yaml`);
  deepEqual(await succeeds(repository, ["model", "evaluate", "plain"]), {
    ...{ id, name: "plain", type: "command/shell", hadExpressions: false, outputPath },
    globalArguments: {},
  });
  equal(parse(Deno.readTextFileSync(outputPath)).id, id);
});

Deno.test("a model whose type is not installed is evaluated", async () => {
  define(repository, "no/such", "lost", 'globalArguments: { a: "${{ self.name }}" }\n');
  const { globalArguments } = await succeeds(repository, ["model", "evaluate", "lost"]);
  deepEqual(globalArguments, { a: "lost" });
});

Deno.test("values of vaults, environment and inputs stay expressions", async () => {
  const later = { a: "${{ vault.get(v, k) }}", b: "${{ env.HOME }}", c: "${{ inputs.x }}" };
  define(repository, "command/shell", "later", `globalArguments: ${JSON.stringify(later)}\n`);
  const { globalArguments } = await succeeds(repository, ["model", "evaluate", "later"]);
  deepEqual(globalArguments, later);
});

Deno.test("people read whether there were expressions, and where the result is", async () => {
  const { stdout, stderr } = await repository.run(["model", "evaluate", "plain"]);
  equal(stderr, "");
  match(stdout, /^Evaluated model definition: plain \(command\/shell\)$/m);
  match(stdout, /^ {2}No expressions to evaluate$/m);
  match(stdout, /^ {2}Output: .*\.yaml$/m);
  define(repository, "command/shell", "some", 'tags: { a: "${{ self.name }}" }\n');
  match(
    (await repository.run(["model", "evaluate", "some"])).stdout,
    /^ {2}Expressions evaluated$/m,
  );
});

Deno.test("--all and the name of a model contradict each other", async () => {
  match(
    (await fails(repository, ["model", "evaluate", "plain", "--all"])).error,
    /^--all cannot be used together with the name of a model/,
  );
});
