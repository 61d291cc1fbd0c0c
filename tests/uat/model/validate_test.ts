import { deepEqual, equal, match, ok } from "node:assert/strict";
import { define } from "../definitions.ts";
import { modelSource } from "../extension_sources.ts";
import { method, sourceOf } from "../model_source.ts";
import { createModel } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

const CHECKED = sourceOf("@acme/checked", {
  globalArguments: `z.object({ region: z.string() })`,
  checks: `{
    region: {
      description: "Region is known",
      labels: ["fast"],
      execute: async ({ globalArgs }) => globalArgs.region === "eu"
        ? { pass: true }
        : { pass: false, errors: ["region is " + globalArgs.region, "only eu is known"] },
    },
    syncs: {
      description: "May sync",
      labels: ["slow"],
      appliesTo: ["sync"],
      execute: () => { throw new Error("may not " + "sync"); },
    },
    odd: { description: "Says nothing", labels: ["odd"], execute: async () => 1 },
  }`,
  methods: `{ ${method("sync", "return {};")} ${method("make", "return {};")} }`,
});

/** A repository with two extension types for tests that validate single models, each its own. */
const shared = await Repository.create();
shared.write("extensions/models/thing.ts", modelSource("@acme/thing"));
shared.write("extensions/models/checked.ts", CHECKED);
Deno.test.afterAll(() => shared[Symbol.dispose]());

/** Writes a definition into the shared repository, and gives its name. */
function defined(type: string, more = ""): string {
  const name = `m${count++}`;
  define(shared, type, name, more);
  return name;
}
let count = 1;

/** Runs validate, which must say that something is wrong: on stdout, with an empty stderr. */
async function finds(repository: Repository, args: readonly string[]): Promise<Run["json"]> {
  const { code, stderr, json } = await repository.run(["model", "validate", ...args, "--json"]);
  equal(code, 1);
  equal(stderr, "");
  equal(json.passed, false);
  return json;
}

/** What a validation of this name says; undefined when it passed. */
function errorOf(document: Run["json"], name: string): string | undefined {
  const validation = document.validations.find((one: { name: string }) => one.name === name);
  ok(validation, `no validation "${name}"`);
  equal(validation.passed, validation.error === undefined);
  return validation.error;
}

Deno.test("a sound model passes, validation by validation", async () => {
  const name = "sound";
  const { id } = await createModel(shared, "@acme/thing", name, { region: "eu" });
  const document = await succeeds(shared, ["model", "validate", name]);
  equal(document.modelId, id);
  equal(document.modelName, name);
  equal(document.type, "@acme/thing");
  equal(document.passed, true);
  deepEqual(document.warnings, []);
  deepEqual(document.validations.map((one: { name: string }) => one.name), [
    "Definition schema",
    "Global arguments",
    "Method arguments",
    "Expression paths",
    "Check selection",
  ]);
});

Deno.test("a missing global argument fails, naming it", async () => {
  const name = defined("@acme/thing");
  equal(
    errorOf(await finds(shared, [name]), "Global arguments"),
    'Invalid input: expected string, received undefined at "region"',
  );
});

Deno.test("wrong stored arguments fail, naming method and argument", async () => {
  const name = defined(
    "@acme/thing",
    "globalArguments: { region: eu }\nmethods: { sync: { arguments: { n: [] } } }\n",
  );
  match(
    errorOf(await finds(shared, [name]), "Method arguments") ?? "",
    /^Method "sync": Invalid input: expected number, received array at "n"$/,
  );
});

Deno.test("an expression in one value does not hide what is wrong with another", async () => {
  const name = defined(
    "@acme/thing",
    'globalArguments: { region: "${{ self.name }}", size: big }\n',
  );
  match(errorOf(await finds(shared, [name]), "Global arguments") ?? "", /"size"/);
});

Deno.test("almost-expressions are found", async () => {
  const name = defined("@acme/thing", 'globalArguments: { region: "{{ self.name }}" }\n');
  const error = errorOf(await finds(shared, [name]), "Expression paths") ?? "";
  match(error, /Expression uses \{\{\.\.\.\}\} instead of \$\{\{\.\.\.\}\} at "region"/);
  match(error, /Add "\$" prefix: \$\{\{\.\.\.\}\}/);
});

Deno.test("checks run, and their errors are joined", async () => {
  const name = defined("@acme/checked", "globalArguments: { region: us }\n");
  const document = await finds(shared, [name]);
  equal(errorOf(document, "Check: region"), "region is us; only eu is known");
  equal(
    errorOf(document, "Check: odd"),
    "Check returned invalid result (expected { pass: boolean })",
  );
  ok(!document.validations.some((one: { name: string }) => one.name === "Check: syncs"));
});

Deno.test("--method also runs the checks of that method", async () => {
  const name = defined("@acme/checked", "globalArguments: { region: eu }\n");
  const document = await finds(shared, [name, "--method", "sync"]);
  equal(errorOf(document, "Check: syncs"), "may not sync");
});

Deno.test("--label runs the checks with one of these labels only", async () => {
  const name = defined("@acme/checked", "globalArguments: { region: eu }\n");
  const document = await succeeds(shared, ["model", "validate", name, "--label", "fast"]);
  deepEqual(
    document.validations.map(({ name }: { name: string }) => name)
      .filter((name: string) => name.startsWith("Check: ")),
    ["Check: region"],
  );
});

Deno.test("a check that the definition skips does not run", async () => {
  const name = defined(
    "@acme/checked",
    "globalArguments: { region: us }\nchecks: { skip: [region, odd] }\n",
  );
  equal((await succeeds(shared, ["model", "validate", name])).passed, true);
});

Deno.test("checks that the definition names must exist", async () => {
  const name = defined(
    "@acme/thing",
    "globalArguments: { region: eu }\nchecks: { require: [zip], skip: [zap] }\n",
  );
  const error = errorOf(await finds(shared, [name]), "Check selection") ?? "";
  match(error, /Required check "zip" not found on model type "@acme\/thing"/);
  match(error, /Skipped check "zap" not found on model type "@acme\/thing"/);
});

Deno.test("what a check says of itself and what is said of it must go together", async () => {
  shared.write(
    "extensions/models/odd.ts",
    sourceOf("@acme/odd", {
      checks: `{
        twice: { description: "Both", execute: async () => ({ pass: true }) },
        never: { description: "None", appliesTo: [], execute: async () => ({ pass: true }) },
        lost: { description: "Lost", appliesTo: ["zork"], execute: async () => ({ pass: true }) },
      }`,
      methods: `{ ${method("sync", "")} }`,
    }),
  );
  const name = defined("@acme/odd", "checks: { require: [twice], skip: [twice] }\n");
  equal(
    errorOf(await finds(shared, [name]), "Check selection"),
    'Check "twice" is in both require and skip lists — skip takes precedence; ' +
      'Check "never" has empty appliesTo array — it will never run. ' +
      "Remove appliesTo to run on all mutating methods; " +
      'Check "lost" references unknown method "zork" in appliesTo',
  );
});

for (const [flag, value] of [["--method", "nope"], ["--label", "nolabel"]] as const) {
  Deno.test(`${flag} that names nothing is an error`, async () => {
    const name = defined("@acme/checked", "globalArguments: { region: eu }\n");
    const { error } = await fails(shared, ["model", "validate", name, flag, value]);
    match(error, new RegExp(value));
  });
}

Deno.test("people read marks, a summary and the result", async () => {
  const name = defined("@acme/thing");
  const { code, stdout, stderr } = await shared.run(["model", "validate", name]);
  equal(code, 1);
  equal(stderr, "");
  match(stdout, /^Validating: m\d+ \(@acme\/thing\)$/m);
  match(stdout, /^ {2}✓ Definition schema$/m);
  match(stdout, /^ {2}✗ Global arguments\n {4}→ Invalid input: expected string/m);
  match(stdout, /^Summary: 4\/5 validations passed$/m);
  match(stdout, /^Result: FAILED$/m);
});

Deno.test("a model of an unknown type fails with the type's name", async () => {
  const name = defined("no/such");
  const { code, stdout } = await shared.run(["model", "validate", name, "--json"]);
  equal(code, 1);
  match(JSON.parse(stdout).error, /^Model type not found: no\/such/);
});

Deno.test("checks that did not run are told", async () => {
  const name = defined(
    "@acme/checked",
    "globalArguments: { region: eu }\nchecks: { skip: [odd] }\n",
  );
  const { stdout } = await shared.run(["model", "validate", name]);
  match(stdout, /^ {2}Checks not run: syncs, odd$/m);
});

Deno.test("uses of environment variables are a warning", async () => {
  const name = defined("@acme/thing", 'globalArguments: { region: "${{ env.HOME }}" }\n');
  const { json } = await shared.run(["model", "validate", name, "--json"]);
  const warning = json.warnings.find(({ name }: { name: string }) =>
    name === "Environment variables detected"
  );
  deepEqual(warning?.envVars, [{ path: "globalArguments.region", envVar: "HOME" }]);
});

Deno.test("validating writes nothing to the repository's models and data", async () => {
  const name = defined("@acme/thing", "globalArguments: { region: eu }\n");
  const { path } = await succeeds(shared, ["model", "get", name]);
  const before = Deno.readTextFileSync(path);
  await succeeds(shared, ["model", "validate", name]);
  equal(Deno.readTextFileSync(path), before);
  for (const folder of ["data", "outputs", "definitions-evaluated"]) {
    deepEqual([...Deno.readDirSync(shared.path(".swamp", folder))], [], folder);
  }
});
