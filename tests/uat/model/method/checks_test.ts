import { deepEqual, equal, match, ok } from "node:assert/strict";
import { isThere } from "../../background_run.ts";
import { method, sourceOf } from "../../model_source.ts";
import { runArgs, runMethod } from "../../models.ts";
import { fails } from "../../outcomes.ts";
import { Repository } from "../../swamp.ts";

const SOURCE = sourceOf("@acme/checked", {
  globalArguments:
    `z.object({ env: z.string().default("dev"), bad: z.array(z.string()).default([]) })`,
  checks: `{
    env: {
      description: "Not on production",
      labels: ["safety"],
      execute: async ({ globalArgs, methodName, definition }) => globalArgs.env === "prod"
        ? { pass: false, errors: ["env is prod", methodName + " on " + definition.name] }
        : { pass: true },
    },
    quiet: {
      description: "Fails without a reason",
      labels: ["mood"],
      execute: async ({ globalArgs }) => ({ pass: !globalArgs.bad.includes("quiet") }),
    },
    throwing: {
      description: "Throws",
      execute: async ({ globalArgs }) => {
        if (globalArgs.bad.includes("throwing")) throw new Error("thrown away");
        return { pass: true };
      },
    },
    odd: {
      description: "Gives no result",
      execute: async ({ globalArgs }) => globalArgs.bad.includes("odd") ? "fine" : { pass: true },
    },
    writers: {
      description: "For writers only",
      appliesTo: ["write"],
      execute: async ({ globalArgs }) => ({
        pass: !globalArgs.bad.includes("writers"), errors: ["no writing"] }),
    },
    members: {
      description: "Sees no writers",
      execute: async (context) => ({
        pass: context.writeResource === undefined && context.createFileWriter === undefined &&
          typeof context.dataRepository === "object" && context.modelId !== undefined,
      }),
    },
  }`,
  methods: `{
    ${method("create", "")} ${method("write", "")} ${method("get", "")} ${method("find", "")}
    ${method("typed", "", "z.object({ n: z.number() })")}
  }`,
});

const repository = await Repository.create();
repository.write("extensions/models/checked.ts", SOURCE);
Deno.test.afterAll(() => repository[Symbol.dispose]());

/** Writes a definition, and gives its name. */
function defined(globalArguments: Record<string, unknown>, checks: Record<string, unknown> = {}) {
  const id = crypto.randomUUID();
  const name = `m-${id}`;
  // JSON is YAML.
  const definition = { type: "@acme/checked", id, name, version: 1, globalArguments, checks };
  repository.write(`models/@acme/checked/${id}.yaml`, JSON.stringify(definition));
  return name;
}

Deno.test("a failed check stops the method, and all failures are told", async () => {
  const model = defined({ env: "prod", bad: ["quiet", "throwing", "odd"] });
  const { error } = await fails(repository, runArgs(model, "create"));
  equal(
    error,
    `Pre-flight checks failed for "${model}" → create:
  env:
    - env is prod
    - create on ${model}
  quiet:
    - Check failed
  throwing:
    - thrown away
  odd:
    - Check returned invalid result (expected { pass: boolean })`,
  );
});

Deno.test("people are told how many checks run", async () => {
  const { stdout } = await repository.run(runArgs(defined({}), "create"));
  match(stdout, /Running 5 pre-flight check\(s\)/);
});

Deno.test("checks see the model, and no way to write", async () => {
  equal((await runMethod(repository, defined({}), "create")).status, "succeeded");
});

for (const name of ["get", "find"]) {
  Deno.test(`${name} only reads, and runs no checks`, async () => {
    const model = defined({ env: "prod" });
    equal((await runMethod(repository, model, name)).status, "succeeded");
  });
}

Deno.test("a check with a list of methods runs for these only", async () => {
  const model = defined({ bad: ["writers"] });
  equal((await runMethod(repository, model, "create")).status, "succeeded");
  match((await fails(repository, runArgs(model, "write"))).error, /writers:\n {4}- no writing$/);
});

/** Flags that leave out the check `env`. */
const SKIPS: readonly (readonly string[])[] = [
  ["--skip-checks"],
  ["--skip-check", "env"],
  ["--skip-check-label", "safety"],
  ["--skip-check", "env", "--skip-check-label", "mood"],
];

for (const flags of SKIPS) {
  Deno.test(`${flags.join(" ")} leaves the check out`, async () => {
    const model = defined({ env: "prod" });
    equal((await runMethod(repository, model, "create", {}, flags)).status, "succeeded");
  });

  Deno.test(`${flags.join(" ")} does not leave out a check that the definition requires`, async () => {
    const model = defined({ env: "prod" }, { require: ["env"] });
    const { error } = await fails(repository, [...runArgs(model, "create"), ...flags]);
    match(error, /env is prod/);
  });
}

Deno.test("--skip-check leaves the other checks in", async () => {
  const model = defined({ env: "prod", bad: ["quiet"] });
  const { error } = await fails(repository, [...runArgs(model, "create"), "--skip-check", "env"]);
  match(error, /quiet/);
  equal(error.includes("env is prod"), false);
});

Deno.test("a check that the definition skips does not run, even when also required", async () => {
  for (const checks of [{ skip: ["env"] }, { skip: ["env"], require: ["env"] }]) {
    const model = defined({ env: "prod" }, checks);
    equal((await runMethod(repository, model, "create")).status, "succeeded");
  }
});

Deno.test("wrong arguments are told before checks run", async () => {
  const model = defined({ env: "prod" });
  const { error } = await fails(repository, runArgs(model, "typed", { n: "x" }));
  match(error, /^Method arguments validation failed: /);
});

Deno.test("a failed check is a failed run with a record and a log, and writes no data", async () => {
  const model = defined({ env: "prod" });
  const document = await fails(repository, runArgs(model, "create"));
  equal(document.status, "failed");
  deepEqual(document.dataArtifacts, []);
  match(Deno.readTextFileSync(document.logFile), /env is prod/);
  ok(isThere(document.logFile));
});
