import { deepEqual, equal, rejects } from "node:assert/strict";
import { dirname, join } from "@std/path";
import type { DataScope } from "../../../src/domain/data/data.ts";
import { deleteModel, planDeletion } from "../../../src/libswamp/models/delete.ts";
import { minimalText, writeModel } from "../persistence/definition_samples.ts";
import { type DefinitionLab, withDefinitions } from "./definition_lab.ts";

async function remove(lab: DefinitionLab, argument: string, force = false) {
  return await deleteModel(lab, await planDeletion(lab, argument, force), force);
}

async function writeData(lab: DefinitionLab, scope: DataScope, name: string): Promise<void> {
  const pending = await lab.data.reserve(scope, name);
  const writer = (await lab.data.openContent(pending)).getWriter();
  await writer.write(new TextEncoder().encode("{}"));
  await writer.close();
  await lab.data.publish(pending, {
    id: crypto.randomUUID(),
    contentType: "application/json",
    lifetime: "infinite",
    garbageCollection: 10,
    streaming: false,
    tags: { type: "resource" },
    ownerDefinition: { ownerType: "model-method", ownerRef: scope.modelId },
  });
}

/** Creates `web` with data, a run with its log, and an evaluated copy. */
async function createUsed(lab: DefinitionLab): Promise<DataScope> {
  const { id, type } = await lab.create("@acme/plain", "web");
  const scope = { type, modelId: id };
  await writeData(lab, scope, "main");
  await writeData(lab, scope, "log");
  const startedAt = new Date().toISOString();
  await lab.runs.save(type, {
    id: crypto.randomUUID(),
    definitionId: id,
    methodName: "go",
    status: "succeeded",
    startedAt,
    retryCount: 0,
    provenance: { definitionHash: "", modelVersion: "2026.01.01.1", triggeredBy: "manual" },
    artifacts: { dataArtifacts: [] },
  });
  const log = await lab.runs.openLog(type, "go", id, startedAt);
  log.append("done");
  log.close();
  await lab.runs.saveEvaluated((await lab.definitions.find("web")).definition);
  return scope;
}

/** Files below a folder, at any depth. */
function filesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].flatMap((entry) =>
      entry.isDirectory ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]
    );
  } catch {
    return [];
  }
}

Deno.test("a definition without data goes with its empty folders", () =>
  withDefinitions(async (lab) => {
    const { id, path } = await lab.create("@acme/plain", "web");
    deepEqual(await remove(lab, "web"), {
      deleted: { id, name: "web", type: "@acme/plain", inputPath: path },
      resourceDeleted: false,
      outputsDeleted: 0,
      evaluatedInputDeleted: false,
      dataDeleted: false,
    });
    deepEqual([...Deno.readDirSync(lab.layout.models)], []);
  }));

Deno.test("a definition with data stays unless its data may go too", () =>
  withDefinitions(async (lab) => {
    await createUsed(lab);
    await rejects(remove(lab, "web"), {
      code: "model_has_data",
      message: "Model 'web' has 2 associated data artifact(s). Use --force to delete all.",
    });
  }));

Deno.test("everything of a definition goes with it: data, runs, logs, the evaluated copy", () =>
  withDefinitions(async (lab) => {
    await createUsed(lab);
    const document = await remove(lab, "web", true);
    equal(document.outputsDeleted, 1);
    equal(document.dataDeleted, true);
    equal(document.evaluatedInputDeleted, true);
    equal(document.notDeleted, undefined);
    const { models, data, outputs, evaluatedDefinitions } = lab.layout;
    deepEqual([models, data, outputs, evaluatedDefinitions].flatMap(filesIn), []);
  }));

Deno.test("the plan says how many runs would go, and changes nothing", () =>
  withDefinitions(async (lab) => {
    const { modelId } = await createUsed(lab);
    const plan = await planDeletion(lab, "web", true);
    deepEqual([plan.id, plan.name, plan.outputs], [modelId, "web", 1]);
    equal((await lab.definitions.find("web")).definition.id, modelId);
  }));

Deno.test("a definition that a workflow uses stays, even by force", () =>
  withDefinitions(async (lab) => {
    await lab.create("@acme/plain", "web");
    await Deno.mkdir(lab.layout.workflows);
    await Deno.writeTextFile(
      join(lab.layout.workflows, "workflow-1.yaml"),
      "name: wf\njobs:\n  - name: j\n    steps:\n      - name: s\n" +
        "        task: { type: model_method, modelIdOrName: web, methodName: go }\n",
    );
    await rejects(remove(lab, "web", true), {
      code: "model_in_use",
      message: "Model 'web' is referenced by workflow(s): wf. " +
        "Remove the model from these workflows before deleting.",
    });
  }));

Deno.test("nothing is deleted under a running method", () =>
  withDefinitions(async (lab) => {
    const scope = await createUsed(lab);
    await using _running = await lab.locks.model(scope);
    await rejects(remove(lab, "web", true), { code: "lock_timeout" });
    equal((await lab.data.list(scope)).length, 2);
  }));

Deno.test("exactly the file that was found goes, whatever it is called", () =>
  withDefinitions(async (lab) => {
    const other = await writeModel(lab.layout, "@acme/plain/other.yaml", minimalText("other"));
    const path = await writeModel(lab.layout, "@acme/plain/mine.yaml", minimalText("web"));
    equal((await remove(lab, "web")).deleted.inputPath, path);
    deepEqual(filesIn(lab.layout.models), [other]);
  }));

Deno.test("of two definitions with one id the other one keeps its data", () =>
  withDefinitions(async (lab) => {
    const scope = await createUsed(lab);
    await writeModel(lab.layout, "@acme/plain/copy.yaml", minimalText("copy", scope.modelId));
    equal((await remove(lab, "copy", true)).dataDeleted, false);
    equal((await lab.data.list(scope)).length, 2);
    equal((await lab.definitions.find("web")).definition.id, scope.modelId);
  }));

Deno.test("of two definitions with one name each is reached by its file", () =>
  withDefinitions(async (lab) => {
    await writeModel(lab.layout, "@acme/plain/1.yaml", minimalText("same"));
    await writeModel(lab.layout, "@acme/plain/2.yaml", minimalText("same"));
    await rejects(remove(lab, "same"), { code: "ambiguous_model" });
    await remove(lab, "models/@acme/plain/1.yaml");
    equal((await lab.definitions.find("same")).file, "models/@acme/plain/2.yaml");
  }));

Deno.test("a broken file is deleted by its id or its file name, with its data", () =>
  withDefinitions(async (lab) => {
    const scope = await createUsed(lab);
    const path = join(lab.layout.models, "@acme", "plain", `${scope.modelId}.yaml`);
    await Deno.writeTextFile(path, `id: ${scope.modelId}\nname: web\ntags: [\n`);
    const document = await remove(lab, scope.modelId, true);
    deepEqual(document.deleted, {
      id: scope.modelId,
      name: "web",
      type: "@acme/plain",
      inputPath: path,
    });
    equal(document.dataDeleted, true);
    const second = await writeModel(lab.layout, "@acme/plain/bad.yaml", "{");
    equal((await remove(lab, "bad.yaml")).deleted.inputPath, second);
    deepEqual(filesIn(lab.layout.models), []);
  }));

Deno.test("a definition whose file cannot be removed costs no data", () =>
  withDefinitions(async (lab) => {
    const scope = await createUsed(lab);
    const definitions: typeof lab.definitions = Object.create(lab.definitions);
    definitions.remove = () => Promise.reject(new Error("Read-only file system (os error 30)"));
    definitions.find = (argument) => lab.definitions.find(argument);
    definitions.list = () => lab.definitions.list();
    definitions.workflowsUsing = (definition) => lab.definitions.workflowsUsing(definition);
    const plan = await planDeletion(lab, "web", true);
    await rejects(deleteModel({ ...lab, definitions }, plan, true), { message: /Read-only/ });
    equal((await lab.data.list(scope)).length, 2);
    equal((await lab.runs.listFor(scope.type, scope.modelId)).length, 1);
  }));

Deno.test("what could not be removed is listed, the rest is gone", () =>
  withDefinitions(async (lab) => {
    const scope = await createUsed(lab);
    const plan = await planDeletion(lab, "web", true);
    const records = join(lab.layout.outputs, "@acme", "plain", "go");
    await Deno.remove(records, { recursive: true });
    await Deno.mkdir(dirname(records), { recursive: true });
    await Deno.writeTextFile(lab.layout.evaluatedDefinitions + ".x", "");
    await Deno.remove(lab.layout.evaluatedDefinitions, { recursive: true });
    await Deno.rename(lab.layout.evaluatedDefinitions + ".x", lab.layout.evaluatedDefinitions);
    const document = await deleteModel(lab, plan, true);
    deepEqual(document.notDeleted?.map(({ what }) => what), ["outputs"]);
    equal(document.dataDeleted, true);
    deepEqual(await lab.data.list(scope), []);
  }));
