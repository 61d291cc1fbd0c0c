import { deepEqual, equal, match } from "node:assert/strict";
import { parse } from "yaml";
import { method, sourceOf } from "../../model_source.ts";
import { createModel, runMethod } from "../../models.ts";
import { succeeds } from "../../outcomes.ts";
import { Repository } from "../../swamp.ts";

const METHODS = `{ ${
  method("show", 'await context.writeResource("state", "seen", { ...context.globalArgs });')
} }`;

/** The type as it was when the definitions were made, and as it is after two upgrades. */
const OLD = sourceOf("@acme/grown", {
  version: "2026.01.01.1",
  globalArguments: "z.object({ zone: z.string() })",
  methods: METHODS,
});
const NEW = sourceOf("@acme/grown", {
  version: "2026.03.01.1",
  globalArguments: "z.object({ region: z.string(), size: z.number() })",
  upgrades: `[
    {
      toVersion: "2026.02.01.1",
      description: "zone is called region",
      upgradeAttributes: ({ zone, ...rest }) => ({ ...rest, region: zone }),
    },
    {
      toVersion: "2026.03.01.1",
      description: "size is required",
      upgradeAttributes: (old) => ({ size: (old.size ?? 0) + 1, ...old }),
    },
  ]`,
  methods: METHODS,
});

async function grown(): Promise<Repository> {
  const repository = await Repository.create();
  repository.write("extensions/models/grown.ts", OLD);
  await createModel(repository, "@acme/grown", "g", { zone: "eu" });
  repository.write("extensions/models/grown.ts", NEW);
  return repository;
}

Deno.test("a run applies the upgrades that a definition lacks, and saves it", async () => {
  using repository = await grown();
  const { dataArtifacts } = await runMethod(repository, "g", "show");
  deepEqual(dataArtifacts[0].attributes, { region: "eu", size: 1 });
  const { path } = await succeeds(repository, ["model", "get", "g"]);
  const { typeVersion, globalArguments } = parse(Deno.readTextFileSync(path));
  equal(typeVersion, "2026.03.01.1");
  deepEqual(globalArguments, { region: "eu", size: 1 });
});

Deno.test("an upgrade is applied once", async () => {
  using repository = await grown();
  await runMethod(repository, "g", "show");
  const { dataArtifacts } = await runMethod(repository, "g", "show");
  deepEqual(dataArtifacts[0].attributes, { region: "eu", size: 1 });
});

Deno.test("a definition between two upgrades gets the later one only", async () => {
  using repository = await grown();
  const id = crypto.randomUUID();
  repository.write(
    `models/@acme/grown/${id}.yaml`,
    `type: '@acme/grown'\ntypeVersion: 2026.02.01.1\nid: ${id}\nname: mid\nversion: 1\n` +
      "globalArguments: { region: us, zone: kept }\n",
  );
  await runMethod(repository, "mid", "show");
  const { globalArguments } = await succeeds(repository, ["model", "get", "mid"]);
  deepEqual(globalArguments, { size: 1, region: "us", zone: "kept" });
});

Deno.test("a definition that names no version gets all of them", async () => {
  using repository = await grown();
  const id = crypto.randomUUID();
  const file = repository.write(
    `models/mine/${id}.yaml`,
    `type: '@acme/grown'\nid: ${id}\nname: old\nversion: 1\nglobalArguments: { zone: us }\n`,
  );
  await runMethod(repository, "old", "show");
  deepEqual(parse(Deno.readTextFileSync(file)).globalArguments, { size: 1, region: "us" });
});

Deno.test("reading commands do not upgrade", async () => {
  using repository = await grown();
  const { path } = await succeeds(repository, ["model", "get", "g"]);
  await repository.run(["model", "validate", "g"]);
  match(Deno.readTextFileSync(path), /^typeVersion: 2026\.01\.01\.1$/m);
});

Deno.test("a definition is validated as the next run will see it, and the run is announced", async () => {
  using repository = await grown();
  const { validations, warnings } = await succeeds(repository, ["model", "validate", "g"]);
  deepEqual(validations.find(({ name }: { name: string }) => name === "Global arguments"), {
    name: "Global arguments",
    passed: true,
  });
  deepEqual(warnings, [{
    name: "Upgrade pending",
    message: "The next run upgrades the definition from 2026.01.01.1 to version 2026.03.01.1 of " +
      "its type. It was validated as it will be then.",
  }]);
  await runMethod(repository, "g", "show");
  deepEqual((await succeeds(repository, ["model", "validate", "g"])).warnings, []);
});

Deno.test("validation tells of an upgrade that will fail", async () => {
  using repository = await grown();
  repository.write(
    "extensions/models/grown.ts",
    NEW.replace("({ size: (old.size ?? 0) + 1, ...old })", '{ throw new Error("cannot grow"); }'),
  );
  const { code, json } = await repository.run(["model", "validate", "g", "--json"]);
  equal(code, 1);
  match(
    json.validations.find(({ name }: { name: string }) => name === "Global arguments").error,
    /^Could not upgrade "g" to version 2026\.03\.01\.1 of @acme\/grown: cannot grow$/,
  );
});

Deno.test("an upgrade that fails fails the run and leaves the definition as it is", async () => {
  using repository = await grown();
  repository.write(
    "extensions/models/grown.ts",
    NEW.replace("({ size: (old.size ?? 0) + 1, ...old })", '{ throw new Error("cannot grow"); }'),
  );
  const { path } = await succeeds(repository, ["model", "get", "g"]);
  const before = Deno.readTextFileSync(path);
  const { code, stdout } = await repository.run(["model", "method", "run", "g", "show", "--json"]);
  equal(code, 1);
  match(stdout, /cannot grow/);
  equal(Deno.readTextFileSync(path), before);
});
