import { deepEqual, equal, rejects } from "node:assert/strict";
import { describeMethod } from "../../../src/libswamp/models/describe_method.ts";
import { getModel } from "../../../src/libswamp/models/get.ts";
import { searchModels } from "../../../src/libswamp/models/search.ts";
import { minimalText, writeModel } from "../persistence/definition_samples.ts";
import { withDefinitions } from "./definition_lab.ts";

Deno.test("a definition is shown with its type, as stored", () =>
  withDefinitions(async (lab) => {
    const { id, path } = await lab.create("@acme/thing", "web", "region=${{ env.R }}");
    const document = await getModel(lab, "web");
    deepEqual(Object.keys(document), [
      "id",
      "name",
      "type",
      "version",
      "tags",
      "globalArguments",
      "typeVersion",
      "globalArgumentsSchema",
      "methods",
      "path",
      "typeInstalled",
      "storedTypeVersion",
    ]);
    equal(document.id, id);
    equal(document.path, path);
    deepEqual(document.globalArguments, { region: "${{ env.R }}", size: 3 });
    equal(document.typeVersion, "2026.01.02.1");
    deepEqual(document.methods?.map(({ name }) => name), ["sync"]);
  }));

Deno.test("everything else that the file holds is shown too", () =>
  withDefinitions(async (lab) => {
    await writeModel(
      lab.layout,
      "@acme/plain/x.yaml",
      minimalText("web") +
        "inputs: { properties: { e: { type: string } } }\nmethods: { go: { arguments: { a: 1 } } }\n" +
        "checks: { skip: [zone] }\nreports: { require: [cost] }\ndriver: docker\n" +
        "driverConfig: { image: alpine }\n",
    );
    const document = await getModel(lab, "web");
    deepEqual(document.inputs, { properties: { e: { type: "string" } } });
    deepEqual(document.storedMethods, { go: { arguments: { a: 1 } } });
    deepEqual(document.checks, { skip: ["zone"] });
    deepEqual(document.reports, { require: ["cost"] });
    equal(document.driver, "docker");
    deepEqual(document.driverConfig, { image: "alpine" });
  }));

Deno.test("a definition of a type that is not installed is shown without the type's part", () =>
  withDefinitions(async (lab) => {
    await writeModel(lab.layout, "no/such/x.yaml", minimalText("web"));
    const document = await getModel(lab, "web");
    equal(document.type, "no/such");
    equal(document.typeInstalled, false);
    equal("methods" in document, false);
  }));

Deno.test("a search always gives the same document, sorted by name", () =>
  withDefinitions(async ({ create, definitions }) => {
    const { id } = await create("@acme/thing", "web");
    await create("@acme/plain", "Api");
    const names = async (query: string) =>
      (await searchModels(definitions, query)).results.map(({ name }) => name);
    deepEqual(await names(""), ["Api", "web"]);
    deepEqual(await names("WE"), ["web"]);
    deepEqual(await names("thing"), ["web"]);
    deepEqual(await names(id.slice(4, 12)), ["web"]);
    deepEqual(await searchModels(definitions, "zzz"), { query: "zzz", results: [] });
  }));

Deno.test("a method is described with the version of its type", () =>
  withDefinitions(async (lab) => {
    await lab.create("@acme/thing", "web");
    const { modelName, modelType, version, method } = await describeMethod(lab, "web", "sync");
    deepEqual([modelName, modelType, version], ["web", "@acme/thing", "2026.01.02.1"]);
    equal(method.name, "sync");
    deepEqual(method.dataOutputSpecs?.map(({ specName }) => specName), ["state"]);
  }));

Deno.test("an unknown method is answered with the methods there are", () =>
  withDefinitions(async (lab) => {
    await lab.create("@acme/thing", "web");
    await rejects(describeMethod(lab, "web", "nope"), {
      code: "unknown_method",
      message: "Unknown method 'nope' for type '@acme/thing'. Available methods: sync",
    });
    await rejects(describeMethod(lab, "web", "snyc"), {
      fields: { hint: 'Did you mean "sync"?' },
    });
  }));

Deno.test("a method of a type that is not installed cannot be described", () =>
  withDefinitions(async (lab) => {
    await writeModel(lab.layout, "no/such/x.yaml", minimalText("web"));
    await rejects(describeMethod(lab, "web", "sync"), {
      code: "type_not_found",
      message: "Model type not found: no/such",
    });
  }));
