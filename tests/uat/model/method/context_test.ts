import { deepEqual, equal, match, ok } from "node:assert/strict";
import { method, sourceOf } from "../../model_source.ts";
import { createModel, runArgs, runMethod } from "../../models.ts";
import { Repository, type Run } from "../../swamp.ts";

const STORE = (expression: string) =>
  `await context.writeResource("state", "seen", { value: ${expression} });`;

const METHODS = [
  method(
    "members",
    STORE(`{
      repoDir: context.repoDir,
      modelId: context.modelId,
      modelType: [context.modelType.normalized, context.modelType.raw, String(context.modelType)],
      globalArgs: { ...context.globalArgs },
      definition: context.definition,
      methodName: context.methodName,
      aborted: context.signal.aborted,
      category: context.logger.category,
    }`),
  ),
  method(
    "logs",
    `context.logger.info("count {n} of {what}", { n: 3, what: "things" });
    context.logger.info\`tagged \${"text"}\`;
    context.logger.debug("only for debugging");
    context.logger.warn("first warning");
    context.logger.warning("second warning");
    context.logger.error("an error that is only told");
    context.logger.with({ a: 1 }).getChild("deeper").info("from the child");`,
  ),
  method("ends", 'context.logger.fatal("it is {what}", { what: "over" });'),
  method("prints", 'console.log("printed"); console.error("printed too");'),
  method(
    "keeps",
    'await context.writeResource("state", args.name, { n: args.n });',
    "z.object({ name: z.string(), n: z.number() })",
  ),
  method(
    "readsResource",
    STORE(`{
      latest: await context.readResource(args.name),
      first: await context.readResource(args.name, 1),
      missing: await context.readResource("missing"),
    }`),
    "z.object({ name: z.string() })",
  ),
  method(
    "readsRepository",
    `const { dataRepository: data, modelType, modelId } = context;
    const bytes = await data.getContent(modelType, modelId, args.name);
    ${
      STORE(`{
      text: new TextDecoder().decode(bytes),
      byText: (await data.getContent(modelType.normalized, modelId, args.name, 1)).length,
      missing: await data.getContent(modelType, modelId, "missing"),
      versions: await data.listVersions(modelType, modelId, args.name),
      names: (await data.findAllForModel(modelType, modelId)).map((one) => one.name).sort(),
      found: (await data.findByName(modelType, modelId, args.name)).version,
    }`)
    }`,
    "z.object({ name: z.string() })",
  ),
  method(
    "deletes",
    "await context.dataRepository.delete(context.modelType, context.modelId, args.name);",
    "z.object({ name: z.string() })",
  ),
  method(
    "readsDefinitions",
    `const found = await context.definitionRepository.findByNameGlobal(args.name);
    const byId = await context.definitionRepository.findById(context.modelType, context.modelId);
    ${
      STORE(`{
      found: found === null ? null : {
        name: found.definition.name,
        id: found.definition.id,
        type: String(found.type.normalized ?? found.type),
        globalArguments: found.definition.globalArguments,
        tags: found.definition.tags,
      },
      byId: byId?.name,
    }`)
    }`,
    "z.object({ name: z.string() })",
  ),
  method(
    "readsModel",
    STORE(`(await context.readModelData(args.name, args.spec)).map((one) => ({
      name: one.name, version: one.version, attributes: one.attributes, specName: one.specName,
      modelName: one.modelName, modelType: one.modelType, dataType: one.dataType,
    }))`),
    "z.object({ name: z.string(), spec: z.string().optional() })",
  ),
].join("");

/** A repository with the models `a` and `b` of the type above. */
const repository = await Repository.create();
repository.write(
  "extensions/models/probe.ts",
  sourceOf("@Acme::Probe", {
    globalArguments: "z.object({ region: z.string(), size: z.number().default(3) })",
    methods: `{ ${METHODS} }`,
  }),
);
const ids: Record<string, string> = {};
for (const name of ["a", "b"]) {
  ids[name] = (await createModel(repository, "@acme/probe", name, { region: "eu" })).id;
}
Deno.test.afterAll(() => repository[Symbol.dispose]());

/** What a method of a model stored as `seen`. */
async function seen(
  name: string,
  inputs: Record<string, unknown> = {},
  model = "a",
): Promise<Run["json"]> {
  const { dataArtifacts } = await runMethod(repository, model, name, inputs, ["--skip-reports"]);
  return dataArtifacts.find((one: { name: string }) => one.name === "seen").attributes.value;
}

Deno.test("a method knows its repository, model, type, arguments and name", async () => {
  deepEqual(await seen("members"), {
    repoDir: repository.root,
    modelId: ids["a"],
    modelType: ["@acme/probe", "@Acme::Probe", "@acme/probe"],
    globalArgs: { region: "eu", size: 3 },
    definition: { id: ids["a"], name: "a", version: 1, tags: {} },
    methodName: "members",
    aborted: false,
    category: ["model", "method", "run", "a", "members"],
  });
});

Deno.test("what a method logs is shown by level: warnings and errors on stderr", async () => {
  const { code, stdout, stderr } = await repository.run(runArgs("a", "logs"));
  equal(code, 0);
  match(stdout, /INF model·method·run·a·logs count 3 of "things"$/m);
  match(stdout, /tagged "text"$/m);
  match(stdout, /from the child$/m);
  equal(stdout.includes("debugging"), false);
  match(stderr, /WRN .* first warning$/m);
  match(stderr, /WRN .* second warning$/m);
  match(stderr, /ERR .* an error that is only told$/m);
});

Deno.test("debug records are shown when asked for", async () => {
  const { stdout } = await repository.run([...runArgs("a", "logs"), "--log-level", "debug"]);
  match(stdout, /DBG .* only for debugging$/m);
});

Deno.test("a fatal record is told on stderr in JSON mode, too", async () => {
  const { json, stderr } = await repository.run([...runArgs("a", "ends"), "--json"]);
  equal(json.status, "succeeded");
  deepEqual(JSON.parse(stderr), { error: 'it is "over"' });
});

Deno.test("what a method prints never gets between the lines of a document", async () => {
  const { code, json, stderr } = await repository.run([...runArgs("a", "prints"), "--json"]);
  equal(code, 0);
  equal(json.status, "succeeded");
  match(stderr, /printed/);
});

Deno.test("what a method prints is shown to people", async () => {
  const { stdout, stderr } = await repository.run(runArgs("a", "prints"));
  match(stdout + stderr, /printed/);
});

Deno.test("readResource gives the latest or a given version, or null", async () => {
  await runMethod(repository, "a", "keeps", { name: "read", n: 1 });
  await runMethod(repository, "a", "keeps", { name: "read", n: 2 });
  deepEqual(await seen("readsResource", { name: "read" }), {
    latest: { n: 2 },
    first: { n: 1 },
    missing: null,
  });
});

Deno.test("dataRepository gives bytes, versions and names", async () => {
  await runMethod(repository, "b", "keeps", { name: "one", n: 1 });
  await runMethod(repository, "b", "keeps", { name: "one", n: 22 });
  const found = await seen("readsRepository", { name: "one" }, "b");
  deepEqual(JSON.parse(found.text), { n: 22 });
  equal(found.byText, JSON.stringify({ n: 1 }).length);
  equal(found.missing, null);
  deepEqual(found.versions, [1, 2]);
  ok(found.names.includes("one"));
  equal(found.found, 2);
});

Deno.test("a method may delete data of its model", async () => {
  await runMethod(repository, "a", "keeps", { name: "short-lived", n: 1 });
  await runMethod(repository, "a", "deletes", { name: "short-lived" });
  const { code } = await repository.run(["data", "get", "a", "short-lived"]);
  equal(code, 1);
});

Deno.test("definitionRepository finds models by name and by id", async () => {
  deepEqual(await seen("readsDefinitions", { name: "b" }), {
    found: {
      name: "b",
      id: ids["b"],
      type: "@acme/probe",
      globalArguments: { region: "eu", size: 3 },
      tags: {},
    },
    byId: "a",
  });
  equal((await seen("readsDefinitions", { name: "nobody" })).found, null);
});

Deno.test("readModelData gives the latest records of another model", async () => {
  const other = await createModel(repository, "@acme/probe", "source", { region: "eu" });
  equal(other.name, "source");
  await runMethod(repository, "source", "keeps", { name: "one", n: 1 }, ["--skip-reports"]);
  await runMethod(repository, "source", "keeps", { name: "one", n: 2 }, ["--skip-reports"]);
  const records = await seen("readsModel", { name: "source", spec: "state" });
  deepEqual(records, [{
    name: "one",
    version: 2,
    attributes: { n: 2 },
    specName: "state",
    modelName: "source",
    modelType: "@acme/probe",
    dataType: "resource",
  }]);
  deepEqual(await seen("readsModel", { name: "source", spec: "other" }), []);
  deepEqual(await seen("readsModel", { name: "nobody" }), []);
});
