import assert from "node:assert/strict";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import type { DataRepositoryView } from "../../../src/libswamp/runs/data_repository_view.ts";
import type { DefinitionRepositoryView } from "../../../src/libswamp/runs/definition_repository_view.ts";
import { createVaultStore } from "../../../src/infrastructure/persistence/yaml_vault_store.ts";
import { inMethod } from "./in_method.ts";
import { MODEL_ID } from "./method_runs.ts";

const dataOf = (context: MethodContext) => context.dataRepository as DataRepositoryView;
const definitionsOf = (context: MethodContext) =>
  context.definitionRepository as DefinitionRepositoryView;
const text = (bytes: Uint8Array | null) => bytes && new TextDecoder().decode(bytes);

Deno.test("a method knows where it runs", () =>
  inMethod((context, lab) => {
    const { repoDir, modelId, definition, methodName, runtimeTags, unresolvedMethodArgs } = context;
    assert.equal(repoDir, lab.layout.root);
    assert.equal(modelId, MODEL_ID);
    assert.deepEqual(definition, { id: MODEL_ID, name: "t1", version: 1, tags: { env: "dev" } });
    assert.equal(methodName, "run");
    assert.deepEqual(runtimeTags, { team: "a" });
    assert.deepEqual(unresolvedMethodArgs, { n: "5" });
    assert.deepEqual(context.logger.category, ["model", "method", "run", "t1", "run"]);
  }, { tags: { team: "a" }, inputs: { n: "5" } }));

Deno.test("a method knows which checks the command line leaves out", async () => {
  const checks = { skipAll: true, skipNames: [], skipLabels: [] };
  await inMethod(({ skipAllChecks, skipCheckNames, skipCheckLabels }) => {
    assert.deepEqual([skipAllChecks, skipCheckNames, skipCheckLabels], [true, [], []]);
  }, { checks });
  await inMethod((context) => assert.equal(context.skipAllChecks, false));
});

Deno.test("the names of vaults are a list, waited for or not", () =>
  inMethod(async ({ vaultService }, { layout }) => {
    assert.deepEqual(vaultService.getVaultNames(), []);
    const vaults = createVaultStore(layout, { report: () => {}, warn: () => {} });
    for (const [name, year] of [["new", 2026], ["old", 2025]] as const) {
      const createdAt = `${year}-01-01T00:00:00.000Z`;
      const id = crypto.randomUUID();
      await vaults.add({ id, name, type: "local_encryption", config: {}, createdAt });
    }
    assert.ok(vaultService.getVaultNames().includes("new"));
    assert.deepEqual(await vaultService.getVaultNames(), ["old", "new"]);
  }));

Deno.test("the type can be passed back as it is or as a name, in any spelling", () =>
  inMethod(async (context) => {
    await context.writeResource("state", "main", { n: 1 });
    const { modelType, modelId } = context;
    for (const type of [modelType, "@acme/thing", "@Acme::Thing", String(modelType)]) {
      assert.equal(text(await dataOf(context).getContent(type, modelId, "main")), '{"n":1}');
    }
    assert.equal(modelType.toDirectoryPath(), "@acme/thing");
    assert.ok(modelType.equals({ normalized: "@acme/thing" }));
  }));

Deno.test("own data is read as a map, the latest or an older version", () =>
  inMethod(async (context) => {
    assert.equal(await context.readResource("main"), null);
    await context.writeResource("state", "main", { n: 1 });
    await context.writeResource("state", "main", { n: 2 });
    assert.deepEqual(await context.readResource("main"), { n: 2 });
    assert.deepEqual(await context.readResource("main", 1), { n: 1 });
    await context.createFileWriter("log", "log").writeText("no json");
    await assert.rejects(context.readResource("log"), {
      message: "Failed to parse stored data for instance 'log': content is not valid JSON",
    });
    await context.createFileWriter("log", "list").writeText("[1]");
    await assert.rejects(context.readResource("list"), {
      message: "Stored data for instance 'list' is not a JSON object",
    });
  }));

Deno.test("the data repository finds, lists, saves and deletes", () =>
  inMethod(async (context) => {
    const { modelType, modelId } = context;
    const repository = dataOf(context);
    const content = new TextEncoder().encode("saved");
    const data = { name: "own", contentType: "text/plain", tags: { type: "file" } };
    assert.deepEqual(await repository.save(modelType, modelId, data, content), { version: 1 });
    assert.deepEqual(await repository.save(modelType, modelId, data, content), { version: 2 });
    assert.deepEqual(await repository.listVersions(modelType, modelId, "own"), [1, 2]);
    const found = await repository.findByName(modelType, modelId, "own");
    assert.equal(found?.version, 2);
    assert.ok(found.createdAt instanceof Date);
    assert.equal(found.isDeleted, false);
    assert.deepEqual(await repository.findById(modelType, modelId, found.id), found);
    assert.deepEqual(
      (await repository.findAllForModel(modelType, modelId)).map((one) => one.name),
      [
        "own",
      ],
    );
    assert.equal((await repository.findAllGlobal())[0]?.modelType, "@acme/thing");
    await repository.delete(modelType, modelId, "own", 2);
    assert.equal((await repository.findByName(modelType, modelId, "own"))?.version, 1);
    await repository.delete(modelType, modelId, "own");
    assert.equal(await repository.findByName(modelType, modelId, "own"), null);
    assert.equal(await repository.getContent(modelType, modelId, "own"), null);
  }));

Deno.test("content can be read in pieces", () =>
  inMethod(async (context) => {
    await context.createFileWriter("log", "log").writeText("pieces");
    const { modelType, modelId } = context;
    const pieces = await Array.fromAsync(dataOf(context).stream(modelType, modelId, "log"));
    assert.equal(pieces.map(text).join(""), "pieces");
    assert.deepEqual(await Array.fromAsync(dataOf(context).stream(modelType, modelId, "no")), []);
  }));

Deno.test("renamed data is found under its old name", () =>
  inMethod(async (context, lab) => {
    await context.writeResource("state", "new", { n: 1 });
    const scope = { type: "@acme/thing", modelId: MODEL_ID };
    const { metadata } = (await lab.data.get(scope, "new"))!;
    const pending = await lab.data.reserve(scope, "old");
    await Deno.writeTextFile(pending.contentPath, "{}");
    await lab.data.publish(pending, { ...metadata, lifecycle: "deleted", renamedTo: "new" });
    assert.deepEqual(await context.readResource("old"), { n: 1 });
    const { modelType, modelId } = context;
    assert.equal(text(await dataOf(context).getContent(modelType, modelId, "old", 1)), "{}");
  }));

Deno.test("the data of another model is read by the model's name, deleted data left out", () =>
  inMethod(async (context, lab) => {
    await context.writeResource("state", "main", { n: 1 });
    await context.createFileWriter("log", "log").writeText("x");
    const scope = { type: "@acme/thing", modelId: MODEL_ID };
    const { metadata } = (await lab.data.get(scope, "main"))!;
    const gone = await lab.data.reserve(scope, "gone");
    await Deno.writeTextFile(gone.contentPath, "{}");
    await lab.data.publish(gone, { ...metadata, lifecycle: "deleted" });
    const records = await context.readModelData("t1") as {
      name: string;
      attributes: unknown;
      content: string;
    }[];
    assert.deepEqual(records.map(({ name, attributes, content }) => [name, attributes, content]), [
      ["log", {}, "x"],
      ["main", { n: 1 }, '{"n":1}'],
    ]);
    assert.equal((await context.readModelData("t1", "state")).length, 1);
    assert.deepEqual(await context.readModelData("nobody"), []);
  }));

Deno.test("definitions are found by name and id", () =>
  inMethod(async (context) => {
    const repository = definitionsOf(context);
    const found = await repository.findByNameGlobal("t1");
    assert.equal(found?.definition.id, MODEL_ID);
    assert.equal(found?.type.normalized, "@acme/thing");
    assert.deepEqual(found?.definition.getMethodArguments("run"), {});
    assert.equal(found?.definition.toData().name, "t1");
    assert.equal((await repository.findById(context.modelType, MODEL_ID))?.name, "t1");
    assert.equal((await repository.findByName("@acme/thing", "t1"))?.id, MODEL_ID);
    assert.equal(await repository.findByName("@acme/other", "t1"), null);
    assert.equal(await repository.findByNameGlobal("nobody"), null);
    assert.equal((await repository.findAllGlobal()).length, 1);
    assert.equal((await repository.findAll("@acme/thing")).length, 1);
  }));

Deno.test("lines of processes are records of the log: stdout information, stderr a warning", () =>
  inMethod((context, lab) => {
    context.onEvent({ type: "output", stream: "stdout", line: "out" });
    context.onEvent({ type: "output", stream: "stderr", line: "err" });
    const records = lab.shown.slice(-2).map(({ level, message }) => [level, message]);
    assert.deepEqual(records, [["info", "out"], ["warning", "err"]]);
  }));
