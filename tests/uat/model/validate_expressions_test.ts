import { equal, match, ok } from "node:assert/strict";
import { define } from "../definitions.ts";
import { modelSource } from "../extension_sources.ts";
import { sourceOf } from "../model_source.ts";
import { createModel } from "../models.ts";
import { Repository } from "../swamp.ts";

/** A repository with the model `t1`, and `lost`, whose type is not installed. */
const repository = await Repository.create();
repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
repository.write("extensions/models/any.ts", sourceOf("@acme/any", {}));
await createModel(repository, "@acme/thing", "t1", { region: "eu" });
define(repository, "no/such", "lost");
Deno.test.afterAll(() => repository[Symbol.dispose]());

/** Validates a model whose one global argument is `value`, and gives what its expressions lack. */
async function problemsOf(value: string): Promise<string | undefined> {
  const name = `m-${crypto.randomUUID()}`;
  define(repository, "@acme/any", name, `globalArguments: ${JSON.stringify({ a: value })}\n`);
  const { json } = await repository.run(["model", "validate", name, "--json"]);
  const validation = json.validations.find(({ name }: { name: string }) =>
    name === "Expression paths"
  );
  equal(validation.passed, validation.error === undefined);
  return validation.error;
}

const RECORD = "Resource records have: id, name, version, createdAt, attributes, tags";
const FILE = "File records have: id, version, createdAt, path, size, contentType";

/** Values that lead nowhere, and what is said: the problem, then what to do about it. */
const PROBLEMS: Readonly<Record<string, readonly string[]>> = {
  "${{ model.nope.definition.name }}": ['Referenced model "nope" not found'],
  "${{ model.lost.resource.state.main.id }}": ['Unknown model type "no/such" for model "lost"'],
  "${{ model.t1.resource.zork.main.id }}": [
    'Unknown resource spec "zork" on model "t1"',
    "Available resource specs: state",
  ],
  "${{ model.t1.file.zork.main.path }}": [
    'Unknown file spec "zork" on model "t1"',
    "Available file specs: log",
  ],
  "${{ model.t1.resource.state.main.zork }}": ['Invalid field "zork" on resource "state"', RECORD],
  "${{ model.t1.file.log.text.zork }}": ['Invalid field "zork" on file "log"', FILE],
  "${{ model.t1.file.log['run-log'].zork }}": ['Invalid field "zork" on file "log"', FILE],
  "${{ model.t1.execution.zork }}": ['Invalid path segment "zork" for execution'],
  "${{ model.t1.definition.zork }}": ['Invalid path segment "zork". Expected "globalArguments"'],
  "${{ self.zork }}": [
    'Invalid self reference segment "zork". Valid segments: name, version, tags, globalArguments',
  ],
  "${{ model.t1.definition.globalArguments.regoin }}": [
    'Property "regoin" not found',
    'Did you mean "region" instead of "regoin"?',
  ],
  "${{ zork }}": [
    'Invalid expression "zork" at "globalArguments.a". Expression must reference model, self, or env',
  ],
  "${{ my-vpc.VpcId }}": [
    'Invalid expression "my-vpc.VpcId" at "globalArguments.a". ' +
    'Missing "model." prefix and path structure',
  ],
  "${{ zork(1) }}": [
    'Expression "zork(1)" at "globalArguments.a" does not contain valid model, self, or env references',
  ],
  "{{ self.name }}": [
    'Expression uses {{...}} instead of ${{...}} at "a"',
    'Add "$" prefix: ${{...}}',
  ],
  "${ self.name }": [
    'Expression uses ${...} instead of ${{...}} at "a"',
    "Use double braces: ${{...}}",
  ],
};

for (const [value, lines] of Object.entries(PROBLEMS)) {
  Deno.test(`${value}: ${lines[0]}`, async () => {
    const error = await problemsOf(value);
    const [bullet, ...rest] = error!.split("\n");
    equal(bullet, `  - ${value}`);
    for (const line of lines) ok(rest.includes(`    ${line}`), error);
  });
}

Deno.test("a name with hyphens that is taken for a subtraction comes with the way to write it", async () => {
  const error = await problemsOf("${{ model.t1.file.log.run-log.zork }}");
  match(
    error!,
    /\n {4}Invalid expression at "globalArguments\.a" \(models\/.*\): Unknown variable: log/,
  );
  match(error!, /\n {4}Put a name with hyphens in brackets: \["run-log"\]$/);
});

Deno.test("what leads somewhere is left alone", async () => {
  for (
    const value of [
      "${{ model.t1.resource.state.main.attributes.n }}",
      "${{ model.t1.file.log.run-log.path }}",
      "${{ model.t1.execution.status }}",
      "${{ self.tags }} and ${{ env.HOME }}",
      "$HOME, {} and { self.name } are no expressions",
    ]
  ) equal(await problemsOf(value), undefined, value);
});

Deno.test("every expression that is wrong is told, with the text that it stands in", async () => {
  const name = "several";
  define(
    repository,
    "@acme/any",
    name,
    'globalArguments: { a: "${{ self.x }} ${{ self.y }}", b: ["${{ self.z }}"] }\n',
  );
  const { json } = await repository.run(["model", "validate", name, "--json"]);
  const { error } = json.validations.find(({ passed }: { passed: boolean }) => !passed);
  for (const path of ["x", "y", "z"]) ok(error.includes(`  - \${{ self.${path} }}\n`), error);
});
