import { deepEqual, equal, match } from "node:assert/strict";
import { dirname, join } from "@std/path";
import { installPackage } from "../../../src/libswamp/extensions/install_package.ts";
import { removePackage } from "../../../src/libswamp/extensions/remove_package.ts";
import { modelSource, RepositoryFixture } from "./repository_fixture.ts";

/** Files of a package with one model, by their path. */
function packageFiles(
  name: string,
  type: string,
  version = "2026.04.01.1",
): Record<string, string> {
  return {
    "manifest.yaml":
      `manifestVersion: 1\nname: '${name}'\nversion: ${version}\nmodels:\n  - one.ts\n`,
    "models/one.ts": modelSource(type),
  };
}

/** Installs a package from a folder that holds these files. */
async function install(repository: RepositoryFixture, files: Record<string, string>) {
  const folder = Deno.makeTempDirSync({ prefix: "swamp-package-" });
  try {
    for (const [path, text] of Object.entries(files)) {
      Deno.mkdirSync(dirname(join(folder, path)), { recursive: true });
      Deno.writeTextFileSync(join(folder, path), text);
    }
    const request = { source: { kind: "folder", path: folder }, force: false } as const;
    return await installPackage(repository.packages(), request, new Date());
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("installing writes the types through: the next command finds nothing to do", async () => {
  using repository = new RepositoryFixture();
  await install(repository, packageFiles("@acme/pack", "@acme/one"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/one"]);
  deepEqual(opened.phases, ["freshness"]);
});

Deno.test("removing takes the types away in the same way", async () => {
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

Deno.test("a bundle that a package ships is used as it is", async () => {
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

Deno.test("two packages with the same file names keep their own code", async () => {
  using repository = new RepositoryFixture();
  await install(repository, packageFiles("@acme/a", "@acme/one"));
  await install(repository, packageFiles("@acme/b", "@acme/two"));
  const types = await repository.modelTypes();
  equal((await types.resolve("@acme/one")).type, "@acme/one");
  equal((await types.resolve("@acme/two")).type, "@acme/two");
});

Deno.test("a local source wins over a package, and that is told", async () => {
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
