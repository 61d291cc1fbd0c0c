import { deepEqual, equal, match, ok } from "node:assert/strict";
import { removePackage } from "../../../../src/libswamp/extensions/remove_package.ts";
import { examine } from "../doctor_fixture.ts";
import { install, PACK, packageFiles, shippedBundle } from "../package_folder.ts";
import { extensionSource, modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { CATALOG, forget } from "./stored_files.ts";

/** A package of `count` types, each with the bundle that it ships. */
function shippedPack(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => `t${index}`);
  const lines = names.map((name) => `  - ${name}.ts\n`).join("");
  return {
    "manifest.yaml":
      `manifestVersion: 1\nname: '@acme/pack'\nversion: 2026.04.01.1\nmodels:\n${lines}`,
    ...Object.fromEntries(names.flatMap((name) => [
      [`models/${name}.ts`, `import "npm:no-such-package@0.0.1";${modelSource(`@acme/${name}`)}`],
      [`bundles/${name}.js`, shippedBundle(`@acme/${name}`)],
    ])),
  };
}

/** Files of `@acme/pack` with more sources beside its own one, all of them listed. */
function packWith(models: Readonly<Record<string, string>>, version?: string) {
  const files = packageFiles("@acme/pack", "@acme/one", version);
  const lines = Object.keys(models).map((path) => `  - ${path}\n`).join("");
  return {
    ...files,
    "manifest.yaml": files["manifest.yaml"] + lines,
    ...Object.fromEntries(Object.entries(models).map(([path, text]) => [`models/${path}`, text])),
  };
}

Deno.test("a cold start with many installed types builds none of them [B22 B32]", async () => {
  using repository = new RepositoryFixture();
  await install(repository, shippedPack(100));
  for (const name of [CATALOG, "bundles"]) forget(repository, name);
  using opened = await repository.open();
  equal(opened.types.length, 100);
  for (const phase of ["module graph", "bundle"]) ok(!opened.phases.includes(phase), phase);
  const types = await repository.modelTypes();
  equal((await types.resolve("@acme/t7")).type, "@acme/t7");
});

Deno.test("a type whose shipped bundle was deleted is built from its source when it is used [B27]", async () => {
  using repository = new RepositoryFixture();
  await install(repository, {
    ...packageFiles("@acme/pack", "@acme/one"),
    "bundles/one.js": shippedBundle("@acme/one"),
  });
  Deno.removeSync(repository.path(PACK, "bundles/one.js"));
  const types = await repository.modelTypes();
  equal((await types.resolve("@acme/one")).type, "@acme/one");
});

Deno.test("a process that goes on after an edit gets the new code, and keeps what it has [B36]", async () => {
  using repository = new RepositoryFixture();
  const edition = (type: string, minor: number) =>
    modelSource(type).replace("2026.01.02.1", `2026.01.02.${minor}`);
  repository.write("a.ts", edition("@acme/a", 1));
  repository.write("b.ts", edition("@acme/b", 1));
  const before = await repository.modelTypes();
  equal((await before.resolve("@acme/a")).version, "2026.01.02.1");
  repository.write("a.ts", edition("@acme/a", 2));
  repository.write("b.ts", "export const model = {");
  const after = await repository.modelTypes();
  equal((await after.resolve("@acme/a")).version, "2026.01.02.2");
  deepEqual(after.failures().map(({ source }) => source), ["extensions/models/b.ts"]);
  equal((await before.resolve("@acme/a")).version, "2026.01.02.1");
  equal((await before.resolve("@acme/b")).version, "2026.01.02.1");
});

Deno.test("a row whose file is gone keeps no package from bringing its type [B52]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/one"));
  (await repository.open()).store.close();
  Deno.removeSync(repository.path("extensions/models/a.ts"));
  const { warnings } = await install(repository, packageFiles("@acme/pack", "@acme/one"));
  deepEqual(warnings, []);
  using opened = await repository.open();
  equal(opened.store.activeTypes("model", "@acme/one")[0]?.sourcePath, `${PACK}/models/one.ts`);
  deepEqual(opened.phases, ["freshness"]);
});

Deno.test("local comes before sources from elsewhere, and those before packages [B54]", async () => {
  using repository = new RepositoryFixture();
  using elsewhere = new RepositoryFixture();
  await install(repository, packageFiles("@acme/pack", "@acme/one"));
  const owner = async () => {
    using opened = await repository.open();
    const rows = opened.store.activeTypes("model", "@acme/one");
    deepEqual(rows.length, 1);
    return rows[0]!.sourcePath;
  };
  equal(await owner(), `${PACK}/models/one.ts`);
  const external = elsewhere.write("z.ts", modelSource("@acme/one"));
  repository.extensionSources = [elsewhere.root];
  equal(await owner(), external);
  const local = repository.write("z.ts", modelSource("@acme/one"));
  equal(await owner(), "extensions/models/z.ts");
  Deno.removeSync(local);
  equal(await owner(), external);
  repository.extensionSources = [];
  equal(await owner(), `${PACK}/models/one.ts`);
});

Deno.test("installing and updating tell of a local source that stays in use [B54]", async () => {
  using repository = new RepositoryFixture();
  repository.write("mine.ts", modelSource("@acme/one"));
  for (const version of ["2026.04.01.1", "2026.05.01.1", "2026.05.01.1"]) {
    const document = await install(repository, packageFiles("@acme/pack", "@acme/one", version));
    deepEqual(document.warnings, [{
      file: `${PACK}/models/one.ts`,
      message: "Model type '@acme/one' already registered by extensions/models/mine.ts",
    }]);
  }
  const types = await repository.modelTypes();
  match(types.failures()[0]?.error ?? "", /already registered by extensions\/models\/mine\.ts/);
});

Deno.test("what the manifest of a package lists is a source, even if it is named like a test [B65]", async () => {
  using repository = new RepositoryFixture();
  const tests = { "load_test.ts": "@acme/a", "x.test.ts": "@acme/b", "_lib/deep.ts": "@acme/c" };
  await install(
    repository,
    packWith(
      Object.fromEntries(Object.entries(tests).map(([path, type]) => [path, modelSource(type)])),
    ),
  );
  repository.write("own_test.ts", modelSource("@acme/own"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/a", "@acme/b", "@acme/c", "@acme/one"]);
});

Deno.test("what the manifest of a package does not list is none of its sources", async () => {
  using repository = new RepositoryFixture();
  await install(repository, {
    ...packageFiles("@acme/pack", "@acme/one"),
    "models/other.ts": modelSource("@acme/other"),
  });
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/one"]);
});

Deno.test("an inconsistent upgrade chain is told when its package is installed [B68]", async () => {
  using repository = new RepositoryFixture();
  const chain = `
  upgrades: [{ toVersion: "2026.01.01.1", description: "back", upgradeAttributes: (old) => old }],`;
  const { warnings } = await install(
    repository,
    packWith({ "bad.ts": modelSource("@acme/bad", chain) }),
  );
  equal(warnings.length, 1);
  equal(warnings[0]!.file, `${PACK}/models/bad.ts`);
  match(warnings[0]!.message, /upgrade/i);
});

Deno.test("a local extension of a type from a package is applied, whatever comes first [B72]", async (test) => {
  const methods = async (repository: RepositoryFixture) =>
    Object.keys((await (await repository.modelTypes()).resolve("@acme/one")).methods);
  await test.step("the package", async () => {
    using repository = new RepositoryFixture();
    await install(repository, packageFiles("@acme/pack", "@acme/one"));
    repository.write("more.ts", extensionSource("@acme/one", "more"));
    deepEqual(await methods(repository), ["get", "more"]);
  });
  await test.step("the extension, then updates", async () => {
    using repository = new RepositoryFixture();
    repository.write("more.ts", extensionSource("@acme/one", "more"));
    const [failure] = (await repository.modelTypes()).failures();
    match(failure?.error ?? "", /Cannot extend unregistered model type: @acme\/one/);
    for (const version of ["2026.04.01.1", "2026.05.01.1"]) {
      await install(repository, packageFiles("@acme/pack", "@acme/one", version));
      deepEqual(await methods(repository), ["get", "more"], version);
    }
    await removePackage(repository.packages(), "@acme/pack", { force: false });
    match((await repository.modelTypes()).failures()[0]?.error ?? "", /Cannot extend unregistered/);
  });
});

Deno.test("methods that a package adds to types of others are told when it is installed [B77]", async () => {
  using repository = new RepositoryFixture();
  repository.write("base.ts", modelSource("@other/base"));
  const document = await install(
    repository,
    packWith({
      "foreign.ts": extensionSource("@other/base", "more"),
      "own.ts": extensionSource("@acme/one", "more"),
    }),
  );
  deepEqual(document.extends, ["@other/base"]);
  deepEqual(document.warnings, [{
    file: "manifest.yaml",
    message: "Adds to the type @other/base, which is not its own.",
  }]);
  const { aggregates } = (await examine(repository)).aggregateState;
  deepEqual(aggregates.find(({ origin }) => origin === "pulled")?.extends, ["@other/base"]);
});
