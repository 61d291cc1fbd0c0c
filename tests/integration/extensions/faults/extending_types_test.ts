import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { ModelTypes } from "../../../../src/domain/models/model_types.ts";
import { extensionSource, modelSource, RepositoryFixture } from "../repository_fixture.ts";

/** The methods of a type: as described and, which must be the same, as loaded. */
async function methodsOf(types: ModelTypes, type: string): Promise<string[]> {
  const described = types.describe(type)?.methods.map(({ name }) => name);
  deepEqual(Object.keys((await types.resolve(type)).methods), described);
  return described!;
}

Deno.test("methods that another file adds are there right after the type's file changed [B70 W10]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("x.ts", extensionSource("@acme/a", "extra"));
  deepEqual(await methodsOf(await repository.modelTypes(), "@acme/a"), ["get", "extra"]);
  repository.write("a.ts", modelSource("@acme/a").replace("get:", "read:"));
  deepEqual(await methodsOf(await repository.modelTypes(), "@acme/a"), ["read", "extra"]);
});

Deno.test("a new file that extends a type counts although the type's file is unchanged [B71]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  deepEqual(await methodsOf(await repository.modelTypes(), "@acme/a"), ["get"]);
  const path = repository.write("x.ts", extensionSource("@acme/a", "extra"));
  for (const run of ["first", "second"]) {
    deepEqual(await methodsOf(await repository.modelTypes(), "@acme/a"), ["get", "extra"], run);
  }
  Deno.removeSync(path);
  deepEqual(await methodsOf(await repository.modelTypes(), "@acme/a"), ["get"]);
});

Deno.test("an extension takes effect when its type comes later, without being built again [B71]", async () => {
  using repository = new RepositoryFixture();
  repository.write("x.ts", extensionSource("@acme/a", "extra"));
  using first = await repository.open();
  equal(first.store.problems().length, 1);
  repository.write("a.ts", modelSource("@acme/a"));
  using second = await repository.open();
  deepEqual([second.built, second.store.problems()], [1, []]);
  deepEqual(await methodsOf(await repository.modelTypes(), "@acme/a"), ["get", "extra"]);
});

Deno.test("the repository's own file extends a type that comes from elsewhere [B72]", async () => {
  using repository = new RepositoryFixture();
  using elsewhere = new RepositoryFixture();
  elsewhere.write("a.ts", modelSource("@acme/a"));
  elsewhere.write("x.ts", extensionSource("@acme/a", "theirs"));
  repository.extensionSources = [elsewhere.root];
  repository.write("x.ts", extensionSource("@acme/a", "ours"));
  for (const run of ["first", "second"]) {
    const types = await repository.modelTypes();
    deepEqual(await methodsOf(types, "@acme/a"), ["get", "ours", "theirs"], run);
  }
});

Deno.test("one name that collides costs that name only, with the base and with each other [B73]", async () => {
  using repository = new RepositoryFixture();
  const twoMethods = (first: string, second: string) =>
    extensionSource("@acme/a", first).replace(
      "methods: [{",
      `methods: [{
      ${second}: { description: "Second", arguments: z.object({}), execute: () => ({}) },`,
    );
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("x1.ts", twoMethods("get", "one"));
  repository.write("x2.ts", twoMethods("one", "two"));
  for (const run of ["first", "second"]) {
    const types = await repository.modelTypes();
    deepEqual(await methodsOf(types, "@acme/a"), ["get", "one", "two"], run);
    deepEqual(types.failures().map(({ source, error }) => `${source}: ${error}`), [
      "extensions/models/x1.ts: Method 'get' already exists on model type '@acme/a' (extensions/models/a.ts)",
      "extensions/models/x2.ts: Method 'one' already exists on model type '@acme/a' (extensions/models/x1.ts)",
    ], run);
  }
});

Deno.test("checks of several files are merged, and a name that is taken is told [B73]", async () => {
  using repository = new RepositoryFixture();
  const check = (name: string) =>
    extensionSource("@acme/a", `by_${name}`).replace(
      "methods:",
      `checks: [{ ${name}: { description: "Looks", execute: () => ({ pass: true }) } }],\n  methods:`,
    );
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("x1.ts", check("same"));
  repository.write("x2.ts", check("same").replaceAll("by_same", "other"));
  repository.write("x3.ts", check("third"));
  const types = await repository.modelTypes();
  deepEqual(types.describe("@acme/a")?.checks.map(({ name }) => name), ["same", "third"]);
  deepEqual(Object.keys((await types.resolve("@acme/a")).checks), ["same", "third"]);
  match(types.failures()[0]?.error ?? "", /Check 'same' already exists .*x1\.ts/);
});

/** Extensions of `@acme/a` that cannot be used. */
const UNUSABLE: Readonly<Record<string, string>> = {
  "throws at import": `throw new Error("ext boom");${extensionSource("@acme/a", "extra")}`,
  "does not parse": `${extensionSource("@acme/a", "extra")}export const = 1;`,
  "imports what is not there": `import "./gone.ts";${extensionSource("@acme/a", "extra")}`,
  "has a wrong shape": extensionSource("@acme/a", "extra").replace("description:", "describes:"),
  "ends the process": `Deno.exit(3);${extensionSource("@acme/a", "extra")}`,
};
for (const [fault, source] of Object.entries(UNUSABLE)) {
  Deno.test(`an extension that ${fault} leaves its type usable, cold and warm [B75]`, async () => {
    using repository = new RepositoryFixture();
    repository.write("a.ts", modelSource("@acme/a"));
    repository.write("good.ts", extensionSource("@acme/a", "good"));
    repository.write("x.ts", source);
    for (const run of ["cold", "warm"]) {
      const types = await repository.modelTypes();
      deepEqual(await methodsOf(types, "@acme/a"), ["get", "good"], run);
      deepEqual(types.failures().map((failure) => failure.source), ["extensions/models/x.ts"], run);
    }
  });
}

Deno.test("an extension of a built-in type that breaks leaves the built-in usable [B74 B75 W9]", async () => {
  using repository = new RepositoryFixture();
  repository.write("x.ts", `throw new Error("boom");${extensionSource("command/shell", "extra")}`);
  repository.write("y.ts", extensionSource("command/shell", "good"));
  for (const run of ["cold", "warm"]) {
    const types = await repository.modelTypes();
    deepEqual(await methodsOf(types, "command/shell"), ["execute", "good"], run);
  }
});

/** An extension that adds the resource `state` or another one to `@acme/a`. */
function withResource(name: string, method: string): string {
  return extensionSource("@acme/a", method).replace(
    "methods:",
    `resources: { ${name}: { schema: z.object({ n: z.number() }), lifetime: "7d", garbageCollection: 3 } },
  methods:`,
  );
}

Deno.test("an extension brings resources of its own, and one that is taken is told [B76]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("x1.ts", withResource("extra", "one"));
  repository.write("x2.ts", withResource("state", "two"));
  for (const run of ["cold", "warm"]) {
    const types = await repository.modelTypes();
    const specs = types.describe("@acme/a")?.dataOutputSpecs;
    deepEqual(specs?.map(({ specName }) => specName), ["state", "extra"], run);
    const { resources, methods } = await types.resolve("@acme/a");
    deepEqual(Object.keys(resources), ["state", "extra"]);
    equal(resources.state?.garbageCollection, 5, "the base's own");
    deepEqual(Object.keys(methods), ["get", "one", "two"]);
    match(
      types.failures()[0]?.error ?? "",
      /Resource 'state' already exists on model type '@acme\/a' \(extensions\/models\/a\.ts\)/,
    );
  }
});

Deno.test("resources of a wrong shape are told with their field [B76]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("x.ts", withResource("extra", "one").replace('"7d"', '"soon"'));
  using opened = await repository.open();
  match(opened.broken["extensions/models/x.ts"] ?? "", /resources\.extra\.lifetime/);
});

Deno.test("a file that exports a type and an extension of it gives the type both [W3]", async () => {
  using repository = new RepositoryFixture();
  repository.write(
    "both.ts",
    modelSource("@acme/both") + extensionSource("@acme/both", "extra").replace(/^import.*\n/, ""),
  );
  for (const run of ["cold", "warm"]) {
    deepEqual(await methodsOf(await repository.modelTypes(), "@acme/both"), ["get", "extra"], run);
  }
});

Deno.test("extensions apply in one order, whichever was written first [B55]", async () => {
  const orders: string[][] = [];
  for (const files of [["x1.ts", "x2.ts", "sub/x0.ts"], ["sub/x0.ts", "x2.ts", "x1.ts"]]) {
    using repository = new RepositoryFixture();
    repository.write("a.ts", modelSource("@acme/a"));
    for (const file of files) {
      repository.write(file, extensionSource("@acme/a", file.replaceAll(/\W/g, "_")));
      (await repository.open()).store.close();
    }
    orders.push(await methodsOf(await repository.modelTypes(), "@acme/a"));
  }
  deepEqual(orders[0], orders[1]);
  ok(orders[0]!.length === 4);
});
