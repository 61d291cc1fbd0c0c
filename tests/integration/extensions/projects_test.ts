import { deepEqual, equal, ok } from "node:assert/strict";
import * as zod from "zod";
import { modelSource, RepositoryFixture } from "./repository_fixture.ts";

const BARE = modelSource("@acme/a").replace("npm:zod@4.3.6", "zod");

Deno.test("a bare zod that deno.json maps is swamp's own [B123]", async () => {
  using repository = new RepositoryFixture();
  repository.write("deno.json", `{ "imports": { "zod": "npm:zod@4.3.6" } }`);
  repository.write("sub/a.ts", BARE);
  const types = await repository.modelTypes();
  deepEqual(types.failures(), []);
  ok((await types.resolve("@acme/a")).globalArguments instanceof zod.ZodObject);
});

Deno.test("a bare zod that package.json names is swamp's own", async () => {
  using repository = new RepositoryFixture();
  repository.write("package.json", `{ "dependencies": { "zod": "4.3.6" } }`);
  repository.write("sub/a.ts", BARE);
  const types = await repository.modelTypes();
  deepEqual(types.failures(), []);
  ok((await types.resolve("@acme/a")).globalArguments instanceof zod.ZodObject);
});

Deno.test("an import map counts wherever swamp is started, and only below its folder", async () => {
  using repository = new RepositoryFixture();
  repository.write("mapped/deno.json", `{ "imports": { "kind": "./kind.ts" } }`);
  repository.write("mapped/kind.ts", `export const NAME = "@acme/mapped";`);
  const source = `import { NAME } from "kind";${modelSource("x").replace('"x"', "NAME")}`;
  repository.write("mapped/a.ts", source);
  repository.write("b.ts", source);
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/mapped"]);
  deepEqual(Object.keys(opened.broken), ["extensions/models/b.ts"]);
});

Deno.test("a changed deno.json rebuilds what it governs", async () => {
  using repository = new RepositoryFixture();
  repository.write("deno.json", `{ "imports": { "kind": "./_lib/one.ts" } }`);
  repository.write("_lib/one.ts", `export const NAME = "@acme/one";`);
  repository.write("_lib/two.ts", `export const NAME = "@acme/two";`);
  repository.write(
    "a.ts",
    `import { NAME } from "kind";${modelSource("x").replace('"x"', "NAME")}`,
  );
  (await repository.open()).store.close();
  repository.write("deno.json", `{ "imports": { "kind": "./_lib/two.ts" } }`);
  using opened = await repository.open();
  equal(opened.built, 1);
  deepEqual(opened.types, ["@acme/two"]);
});

Deno.test("a deno.json that appears, and one that goes, rebuild what they govern", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", BARE);
  using without = await repository.open();
  deepEqual(without.types, []);
  const path = repository.path("deno.json");
  Deno.writeTextFileSync(path, `{ "imports": { "zod": "npm:zod@4.3.6" } }`);
  using mapped = await repository.open();
  deepEqual(mapped.types, ["@acme/a"]);
  Deno.removeSync(path);
  using again = await repository.open();
  deepEqual(again.types, []);
});
