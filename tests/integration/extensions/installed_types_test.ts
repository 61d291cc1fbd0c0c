import { deepEqual, equal, match } from "node:assert/strict";
import { removePackage } from "../../../src/libswamp/extensions/remove_package.ts";
import { install, packageFiles } from "./package_folder.ts";
import { modelSource, RepositoryFixture } from "./repository_fixture.ts";

Deno.test("installing writes the types through: the next command finds nothing to do", async () => {
  using repository = new RepositoryFixture();
  await install(repository, packageFiles("@acme/pack", "@acme/one"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/one"]);
  deepEqual(opened.phases, ["freshness"]);
});

Deno.test("removing takes the types away in the same way [B46]", async () => {
  using repository = new RepositoryFixture();
  await install(repository, packageFiles("@acme/pack", "@acme/one"));
  await removePackage(repository.packages(), "@acme/pack", { force: false });
  using opened = await repository.open();
  deepEqual(opened.types, []);
  deepEqual(opened.phases, ["freshness"]);
});

Deno.test("an update replaces the types of the version before", async () => {
  using repository = new RepositoryFixture();
  await install(repository, packageFiles("@acme/pack", "@acme/old"));
  await install(repository, packageFiles("@acme/pack", "@acme/new", "2026.05.01.1"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/new"]);
});

Deno.test("a bundle that a package ships is used as it is [B32]", async () => {
  using repository = new RepositoryFixture();
  const files = packageFiles("@acme/pack", "@acme/from-source");
  const shipped = modelSource("@acme/from-bundle")
    .replace(/^import.*\n/, "const { z } = globalThis.__swamp_zod;\n");
  await install(repository, {
    ...files,
    "models/one.ts": `import "npm:not-a-package-that-exists@0.0.1";\n${files["models/one.ts"]}`,
    "bundles/one.js": shipped,
  });
  const types = await repository.modelTypes();
  deepEqual(types.failures(), []);
  equal((await types.resolve("@acme/from-bundle")).version, "2026.01.02.1");
});

Deno.test("two packages with the same file names keep their own code [B20 B90]", async () => {
  using repository = new RepositoryFixture();
  await install(repository, packageFiles("@acme/a", "@acme/one"));
  await install(repository, packageFiles("@acme/b", "@acme/two"));
  const types = await repository.modelTypes();
  equal((await types.resolve("@acme/one")).type, "@acme/one");
  equal((await types.resolve("@acme/two")).type, "@acme/two");
});

Deno.test("a local source wins over a package, and that is told [B54]", async () => {
  using repository = new RepositoryFixture();
  await install(repository, packageFiles("@acme/pack", "@acme/one"));
  repository.write("zzz.ts", modelSource("@acme/one"));
  using opened = await repository.open();
  equal(opened.store.activeTypes("model", "@acme/one")[0]?.sourcePath, "extensions/models/zzz.ts");
  match(opened.store.problems()[0]?.message ?? "", /already registered by extensions\/models\/zzz/);
});

Deno.test("a lost catalog is made again without building what is installed", async () => {
  using repository = new RepositoryFixture();
  await install(repository, packageFiles("@acme/pack", "@acme/one"));
  Deno.removeSync(repository.path(".swamp", "_extension_catalog.db"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/one"]);
  equal(opened.built, 0);
});

Deno.test("an edit of the user's own sources leaves packages alone", async () => {
  using repository = new RepositoryFixture();
  await install(repository, packageFiles("@acme/pack", "@acme/one"));
  repository.write("a.ts", modelSource("@acme/own"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/one", "@acme/own"]);
  equal(opened.built, 1);
});

Deno.test("a package whose files are missing is told by name", async () => {
  using repository = new RepositoryFixture();
  await install(repository, packageFiles("@acme/pack", "@acme/one"));
  Deno.removeSync(repository.path(".swamp/pulled-extensions/@acme/pack"), { recursive: true });
  const [failure] = (await repository.modelTypes()).failures();
  equal(failure?.source, "@acme/pack");
  match(failure?.error ?? "", /Files of the installed extension @acme\/pack are missing/);
});
