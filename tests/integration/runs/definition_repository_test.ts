import { deepEqual, equal, match, rejects } from "node:assert/strict";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import type { DefinitionRepositoryView } from "../../../src/libswamp/runs/definition_repository_view.ts";
import { inMethod } from "./in_method.ts";
import { type Lab, MODEL_ID } from "./method_runs.ts";

/** Runs `use` in a method of the model `t1`. */
function withDefinitions(
  use: (repository: DefinitionRepositoryView, context: MethodContext, lab: Lab) => Promise<void>,
): Promise<void> {
  return inMethod((context, lab) =>
    use(context.definitionRepository as DefinitionRepositoryView, context, lab)
  );
}

Deno.test("a definition that is saved is found by id, by name, among all and on disk", () =>
  withDefinitions(async (repository, { modelType }) => {
    const id = repository.nextId();
    const saved = await repository.save(modelType, {
      ...{ id, name: "new", tags: { env: "dev" }, globalArguments: { size: 3 } },
    });
    const data = saved.toData();
    deepEqual(data, {
      ...{ type: "@acme/thing", id, name: "new", version: 1, tags: { env: "dev" } },
      ...{ globalArguments: { size: 3 }, methods: {} },
    });
    deepEqual((await repository.findById(modelType, id))?.toData(), data);
    deepEqual((await repository.findByName("@acme/thing", "new"))?.toData(), data);
    equal((await repository.findByNameGlobal("new"))?.type.normalized, "@acme/thing");
    deepEqual((await repository.findAll(modelType)).map(({ name }) => name), ["new", "t1"]);
    equal((await repository.findAllGlobal()).length, 2);
    match(Deno.readTextFileSync((await repository.getPath(modelType, id))!), /^name: new$/m);
  }));

Deno.test("a definition is changed through what was found, and comments in its file stay", () =>
  withDefinitions(async (repository, { modelType }) => {
    const { id } = await repository.save(modelType, { name: "new", globalArguments: { size: 3 } });
    const path = (await repository.getPath(modelType, id))!;
    Deno.writeTextFileSync(path, `# mine\n${Deno.readTextFileSync(path)}`);
    const found = (await repository.findById(modelType, id))!;
    await repository.save(modelType, { ...found.toData(), id, name: "newer", tags: { a: "b" } });
    const text = Deno.readTextFileSync(path);
    match(text, /^# mine$/m);
    match(text, /^name: newer$/m);
    equal(await repository.findByNameGlobal("new"), null);
    deepEqual((await repository.findById(modelType, id))?.tags, { a: "b" });
  }));

Deno.test("a method may change the definition of its own model", () =>
  withDefinitions(async (repository, { modelType, modelId }) => {
    const own = (await repository.findById(modelType, modelId))!;
    await repository.save(modelType, { ...own.toData(), name: own.name, tags: { seen: "yes" } });
    deepEqual((await repository.findById(modelType, modelId))?.tags, { seen: "yes" });
  }));

Deno.test("a secret that the run knows is not written into a definition", () =>
  withDefinitions(async (repository, { modelType, redactor }) => {
    const old = await repository.save(modelType, { name: "old", tags: { note: "s3cret" } });
    redactor.addSecret("s3cret");
    const leaking = { name: "new", globalArguments: { list: [{ token: "is s3cret" }] } };
    await rejects(
      repository.save(modelType, leaking),
      { code: "literal_secret", message: /in plain text: globalArguments\.list\[0\]\.token\. Put/ },
    );
    equal(await repository.findByNameGlobal("new"), null);
    await repository.save(modelType, { ...old.toData(), name: "newer" });
    equal((await repository.findByNameGlobal("newer"))?.definition.tags.note, "s3cret");
  }));

Deno.test("what no command would write is refused", () =>
  withDefinitions(async (repository, { modelType }) => {
    const save = (definition: Parameters<typeof repository.save>[1], type: unknown = modelType) =>
      repository.save(type, definition);
    await rejects(save({ name: "t1" }), { code: "model_exists" });
    await rejects(save({ name: "-x" }), { code: "invalid_name" });
    await rejects(save({ name: "a/b" }), { code: "invalid_definition" });
    await rejects(save({ name: "x", id: "no-uuid" }), { code: "invalid_definition" });
    await rejects(save({ name: "t1", id: MODEL_ID }, "@acme/other"), {
      code: "invalid_definition",
    });
    await rejects(save({ name: "x" }, 7), TypeError);
    equal((await repository.findAllGlobal()).length, 1);
  }));

Deno.test("a definition is deleted with its data, in whatever form its type is given", () =>
  withDefinitions(async (repository, { modelType, dataRepository }, { data }) => {
    const write = dataRepository as {
      save(type: unknown, id: string, data: unknown, bytes: Uint8Array): Promise<unknown>;
    };
    for (const type of [modelType, "@acme/thing"]) {
      const { id } = await repository.save(type, { name: "new" });
      await write.save(type, id, { name: "x" }, new Uint8Array(1));
      await repository.delete(type, id);
      equal(await repository.findById(type, id), null);
      deepEqual(await data.list({ type: "@acme/thing", modelId: id }), []);
    }
    await rejects(repository.delete(modelType, crypto.randomUUID()), { code: "model_not_found" });
    await rejects(repository.delete("@acme/other", MODEL_ID), { code: "model_not_found" });
  }));

Deno.test("a method cannot delete its own model", () =>
  withDefinitions(async (repository, { modelType, modelId }) => {
    await rejects(repository.delete(modelType, modelId), { code: "model_in_use" });
    equal((await repository.findById(modelType, modelId))?.name, "t1");
  }));

Deno.test("of many definitions of one name that are saved at once only one is kept", () =>
  withDefinitions(async (repository, { modelType }) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => repository.save(modelType, { name: "same" })),
    );
    equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
    equal((await repository.findAll(modelType)).length, 2);
  }));

Deno.test("a definition whose model somebody else works on is not changed before that is done", () =>
  withDefinitions(async (repository, { modelType }, { layout }) => {
    const { id } = await repository.save(modelType, { name: "other" });
    const locks = createLocks(layout, { notice: () => {} });
    const lock = await locks.model({ type: "@acme/thing", modelId: id });
    let saved = false;
    const saving = repository.save(modelType, { name: "other", id, tags: { a: "b" } })
      .then(() => saved = true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    equal(saved, false);
    await lock[Symbol.asyncDispose]();
    await saving;
    deepEqual((await repository.findById(modelType, id))?.tags, { a: "b" });
  }));
