import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { withDefinitions } from "./definition_lab.ts";

Deno.test("a new definition has a random id, the version of its type and nothing else", () =>
  withDefinitions(async ({ create, definitions }) => {
    const document = await create("@acme/plain", "web");
    match(document.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    deepEqual((await definitions.find("web")).definition, {
      type: "@acme/plain",
      typeVersion: "2026.01.01.1",
      id: document.id,
      name: "web",
      version: 1,
      tags: {},
      globalArguments: {},
      methods: {},
    });
  }));

Deno.test("the document tells path, version, arguments and methods of the type", () =>
  withDefinitions(async ({ create }) => {
    const { id: _id, path: _path, ...document } = await create("@Acme::Plain", "x");
    deepEqual(Object.keys(document), ["type", "name", "version", "methods"]);
    equal(document.type, "@acme/plain");
    equal((await create("@acme/thing", "y")).globalArguments?.type, "object");
  }));

Deno.test("global arguments are stored as parsed: converted, with defaults", () =>
  withDefinitions(async ({ create, definitions }) => {
    await create("@acme/thing", "a", "region=eu");
    await create("@acme/thing", "b", "region=eu", "size=7");
    deepEqual((await definitions.find("a")).definition.globalArguments, { region: "eu", size: 3 });
    deepEqual((await definitions.find("b")).definition.globalArguments, { region: "eu", size: 7 });
  }));

Deno.test("expressions are stored as written, whatever the field takes", () =>
  withDefinitions(async ({ create, definitions }) => {
    await create("@acme/thing", "a", "region=${{ inputs.r }}", "size=${{ 1 + 2 }}");
    deepEqual((await definitions.find("a")).definition.globalArguments, {
      region: "${{ inputs.r }}",
      size: "${{ 1 + 2 }}",
    });
  }));

Deno.test("a type without global arguments stores the map as given", () =>
  withDefinitions(async ({ create, definitions }) => {
    await create("@acme/plain", "a", "x.y=1");
    deepEqual((await definitions.find("a")).definition.globalArguments, { x: { y: "1" } });
  }));

Deno.test("without any global argument nothing is checked, but what is missing is said", () =>
  withDefinitions(async ({ create }) => {
    const { warnings } = await create("@acme/thing", "a");
    equal(warnings?.length, 1);
    match(
      warnings?.[0]?.message ?? "",
      /requires the global argument region, which is not set yet/,
    );
    equal((await create("@acme/thing", "b", "region=eu")).warnings, undefined);
    equal((await create("@acme/plain", "c")).warnings, undefined);
  }));

Deno.test("wrong and unknown global arguments are refused, a line for each", () =>
  withDefinitions(async ({ create, definitions }) => {
    await rejects(create("@acme/thing", "a", "regoin=eu", "size=x"), {
      code: "invalid_global_arguments",
      message: "Invalid global arguments for type '@acme/thing':\n" +
        "  region: Invalid input: expected string, received undefined\n" +
        "  size: Invalid input: expected number, received string\n" +
        '  regoin: Unknown argument. Did you mean "region"?',
    });
    equal(await definitions.lookup("a"), undefined);
  }));

Deno.test("a name is unique over all types, and a beginning of somebody's id is free", () =>
  withDefinitions(async ({ create }) => {
    const { id } = await create("@acme/plain", "web");
    await rejects(create("@acme/thing", "web"), {
      code: "model_exists",
      message: "Model already exists: web",
    });
    await create("@acme/plain", id.slice(0, 8));
    await create("@acme/plain", "WEB");
  }));

Deno.test("name and type are judged before a file is read", () =>
  withDefinitions(async ({ create }) => {
    await rejects(create("@acme/plain", "../x", "a=@nofile"), { code: "invalid_name" });
    await rejects(create("nope/x", "x", "a=@nofile"), { code: "unknown_type" });
    await rejects(create("@acme/plain", "x", "a=@nofile"), { code: "input_file_not_found" });
  }));

Deno.test("values can come from files", () =>
  withDefinitions(async ({ create, definitions, files }) => {
    files.set("region.txt", "us");
    await create("@acme/thing", "a", "region=@region.txt");
    equal((await definitions.find("a")).definition.globalArguments.region, "us");
  }));

Deno.test("an unknown type is answered with the types there are", () =>
  withDefinitions(async ({ create }) => {
    await rejects(create("nope/x", "a"), {
      code: "unknown_type",
      message: "Unknown model type: nope/x. Available types: @acme/thing, @acme/plain",
    });
  }));

Deno.test("a type whose source is broken is answered with that source and its error", () =>
  withDefinitions(async ({ create, failures }) => {
    failures.set("@acme/bad", {
      source: "extensions/models/bad.ts",
      subject: "model",
      error: "Unexpected token",
      types: ["@acme/bad"],
      transient: false,
    });
    await rejects(create("@acme/bad", "a"), {
      code: "type_broken",
      message: /extensions\/models\/bad\.ts: Unexpected token/,
    });
  }));

Deno.test("creating waits for whoever changes the repository", () =>
  withDefinitions(async ({ create, locks }) => {
    await using _lock = await locks.global();
    await rejects(create("@acme/plain", "a"), { code: "lock_timeout" });
  }));
