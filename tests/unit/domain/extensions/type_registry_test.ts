import { deepEqual, equal, rejects } from "node:assert/strict";
import { TypeRegistry } from "../../../../src/domain/extensions/type_registry.ts";

interface Code {
  readonly name: string;
}

function lazyRegistry(load: (type: string) => Promise<Code>): TypeRegistry<Code, string> {
  const registry = new TypeRegistry<Code, string>();
  registry.registerLazy("a/b", "about a/b");
  registry.setTypeLoader(load);
  return registry;
}

Deno.test("a lazily registered type is known and described before anything is loaded", () => {
  const registry = lazyRegistry(() => Promise.reject(new Error("must not load")));
  equal(registry.has("a/b"), true);
  equal(registry.isLazy("a/b"), true);
  equal(registry.describe("a/b"), "about a/b");
  deepEqual(registry.types(), ["a/b"]);
});

Deno.test("resolving loads, and the type is lazy no longer", async () => {
  const registry = lazyRegistry((name) => Promise.resolve({ name }));
  deepEqual(await registry.resolve("a/b"), { name: "a/b" });
  equal(registry.isLazy("a/b"), false);
});

Deno.test("callers that come while a type loads share that load", async () => {
  let loads = 0;
  const registry = lazyRegistry(async (name) => {
    loads++;
    await new Promise((resolve) => setTimeout(resolve, 1));
    return { name };
  });
  await Promise.all([registry.resolve("a/b"), registry.resolve("a/b")]);
  await registry.resolve("a/b");
  equal(loads, 1);
});

Deno.test("a failure is forgotten, so that the next call tries again", async () => {
  let loads = 0;
  const registry = lazyRegistry((name) =>
    loads++ === 0 ? Promise.reject(new Error("no luck")) : Promise.resolve({ name })
  );
  await rejects(registry.resolve("a/b"), /no luck/);
  equal(registry.isLazy("a/b"), true);
  deepEqual(await registry.resolve("a/b"), { name: "a/b" });
});

Deno.test("an unknown type cannot be resolved", async () => {
  const registry = lazyRegistry((name) => Promise.resolve({ name }));
  await rejects(registry.resolve("x/y"), /"x\/y" is not registered/);
});

Deno.test("what the lazy source knows is known, unless it was registered one by one", async () => {
  const registry = lazyRegistry((name) => Promise.resolve({ name }));
  registry.setLazySource({
    describe: (type) => ["a/b", "c/d"].includes(type) ? `catalog's ${type}` : undefined,
    types: () => ["a/b", "c/d"],
  });
  deepEqual(registry.types(), ["a/b", "c/d"]);
  equal(registry.describe("a/b"), "about a/b");
  equal(registry.describe("c/d"), "catalog's c/d");
  deepEqual(await registry.resolve("c/d"), { name: "c/d" });
});

Deno.test("a registered type is not made lazy again", () => {
  const registry = new TypeRegistry<Code, string>();
  registry.register("a/b", { name: "loaded" }, "about");
  registry.registerLazy("a/b", "other");
  equal(registry.isLazy("a/b"), false);
  equal(registry.describe("a/b"), "about");
});
