import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Database } from "@db/sqlite";
import { ExtensionCatalogStore } from "../../../../src/infrastructure/persistence/extension_catalog_store.ts";
import { MISSING, statOf } from "../../../../src/infrastructure/extensions/file_stat.ts";
import { extensionSource, modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { CliRepository } from "./cli_repository.ts";
import { openingResult, openInProcess, startOpening } from "./opening_process.ts";

const CATALOG = ".swamp/_extension_catalog.db";

/** A repository with the types `@acme/a` and `@acme/b`, indexed. */
async function indexed(): Promise<RepositoryFixture> {
  const repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("b.ts", modelSource("@acme/b"));
  (await repository.open()).store.close();
  return repository;
}

const BOTH = ["@acme/a", "@acme/b"];

Deno.test("models that are created at once all exist, and none waits in vain [B41]", async () => {
  using repository = await CliRepository.create();
  repository.write("a.ts", modelSource("@acme/a"));
  deepEqual(await repository.typesFound("@acme"), ["@acme/a"]);
  const names = Array.from({ length: 6 }, (_, index) => `m${index}`);
  const runs = await Promise.all(
    names.map((name) =>
      repository.run(["model", "create", "@acme/a", name, "--global-arg", "region=eu", "--json"])
    ),
  );
  for (const { code, stderr } of runs) deepEqual([code, stderr], [0, ""]);
  const { results } = await repository.json(["model", "search"]);
  deepEqual(results.map(({ name }: { name: string }) => name), names);
});

Deno.test("a model is created while a method of another one runs [B41]", async () => {
  using repository = await CliRepository.create();
  const mark = repository.path("go");
  repository.write(
    "a.ts",
    modelSource("@acme/a").replace(
      "() => Promise.resolve({ dataHandles: [] })",
      `async () => {
        Deno.writeTextFileSync("${mark}.started", "");
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          try { Deno.statSync("${mark}"); return { dataHandles: [] }; } catch { /* not yet */ }
        }
      }`,
    ),
  );
  const create = (name: string) =>
    repository.json(["model", "create", "@acme/a", name, "--global-arg", "region=eu"]);
  await create("one");
  const run = repository.json(["model", "method", "run", "one", "get", "--input", "id=x"]);
  while (statOf(`${mark}.started`) === MISSING) await new Promise((go) => setTimeout(go, 20));
  equal((await create("two")).name, "two");
  Deno.writeTextFileSync(mark, "");
  equal((await run).status, "succeeded");
});

Deno.test("a catalog that another program locks for a while is waited for [B42]", async () => {
  using repository = await indexed();
  repository.write("c.ts", modelSource("@acme/c"));
  using database = new Database(repository.path(CATALOG));
  database.exec("BEGIN EXCLUSIVE");
  const child = startOpening(repository.root);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  database.exec("ROLLBACK");
  const { types, warnings } = await openingResult(child);
  deepEqual([types, warnings], [[...BOTH, "@acme/c"], []]);
});

Deno.test("a catalog that stays locked is lock_timeout with exit code 75, never SQLite's text [B42]", async () => {
  using repository = await CliRepository.create();
  repository.write("a.ts", modelSource("@acme/a"));
  deepEqual(await repository.typesFound("@acme"), ["@acme/a"]);
  using database = new Database(repository.path(CATALOG));
  database.exec("BEGIN EXCLUSIVE");
  const { code, stdout, stderr } = await repository.run(["model", "type", "search", "--json"]);
  database.exec("ROLLBACK");
  equal(code, 75);
  equal(JSON.parse(stdout).code, "lock_timeout");
  ok(!/database is locked|_extension_catalog\.db\.bad/.test(stdout + stderr), stdout + stderr);
});

Deno.test("who has the catalog open neither stops a refresh nor sees it [B42]", async () => {
  using repository = await indexed();
  using reading = ExtensionCatalogStore.open(repository.path(CATALOG));
  equal(reading.types("model").length, 2);
  for (const name of ["c", "d"]) {
    repository.write(`${name}.ts`, modelSource(`@acme/${name}`));
    (await repository.open()).store.close();
    equal(reading.types("model").length, 2);
  }
  using opened = await repository.open();
  deepEqual(opened.types, [...BOTH, "@acme/c", "@acme/d"]);
});

/** What stands in the catalog's place, or in that of something beside it. */
const STRANGE: Readonly<Record<string, (repository: RepositoryFixture) => void>> = {
  "catalog without tables": (repository) => new Database(repository.path(CATALOG)).close(),
  "catalog that nobody finished": (repository) =>
    ExtensionCatalogStore.create(repository.path(CATALOG)).close(),
  "database of somebody else": (repository) => {
    using database = new Database(repository.path(CATALOG));
    database.exec("CREATE TABLE bundle_types (source_path TEXT PRIMARY KEY)");
  },
};
for (const [what, put] of Object.entries(STRANGE)) {
  Deno.test(`a ${what} is made anew without a word [B44 B45 W17]`, async () => {
    using repository = await indexed();
    Deno.removeSync(repository.path(CATALOG));
    put(repository);
    using opened = await repository.open();
    deepEqual([opened.types, opened.built, opened.warnings], [BOTH, 0, []]);
    using again = await repository.open();
    deepEqual(again.types, BOTH);
  });
}

const OBSTACLES: Readonly<Record<string, (repository: RepositoryFixture) => void>> = {
  "the bundle folder is a file": (repository) => {
    Deno.mkdirSync(repository.path(".swamp"));
    Deno.writeTextFileSync(repository.path(".swamp/bundles"), "");
  },
  "the lock file is a folder": (repository) =>
    Deno.mkdirSync(repository.path(".swamp/_extension_build.lock"), { recursive: true }),
  ".swamp is a file": (repository) => Deno.writeTextFileSync(repository.path(".swamp"), ""),
};
for (const [state, prepare] of Object.entries(OBSTACLES)) {
  Deno.test(`when ${state}, types are found all the same [B44]`, async () => {
    using repository = new RepositoryFixture();
    using temporary = new RepositoryFixture();
    repository.write("a.ts", modelSource("@acme/a"));
    prepare(repository);
    const options = { env: { TMPDIR: temporary.root } };
    for (const run of ["first", "second"]) {
      deepEqual((await openInProcess(repository.root, options)).types, ["@acme/a"], run);
    }
  });
}

Deno.test("a catalog is spoilt again and again, and only the last damaged file is kept [B44]", async () => {
  using repository = await indexed();
  for (let round = 0; round < 4; round++) {
    Deno.writeTextFileSync(repository.path(CATALOG), `garbage ${round}`.repeat(300));
    using opened = await repository.open();
    deepEqual([opened.types, opened.warnings.length], [BOTH, 1]);
  }
  const kept = [...Deno.readDirSync(repository.path(".swamp"))]
    .filter(({ name }) => name.includes(".bad-"));
  equal(kept.length, 1);
  match(Deno.readTextFileSync(repository.path(".swamp", kept[0]!.name)), /^garbage 3/);
});

const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  "is gone": (path) => Deno.removeSync(path),
  "is empty": (path) => Deno.truncateSync(path, 0),
  "is cut": (path) => Deno.truncateSync(path, Math.floor(Deno.statSync(path).size / 2)),
};
for (const [damage, spoil] of Object.entries(DAMAGES)) {
  Deno.test(`a sidecar that ${damage} costs a build at most, also with the catalog [B44]`, async () => {
    using repository = await indexed();
    for (const { name } of Deno.readDirSync(repository.path(".swamp/bundles"))) {
      spoil(repository.path(".swamp/bundles", name, "_sources.json"));
    }
    const types = await repository.modelTypes();
    equal((await types.resolve("@acme/a")).type, "@acme/a");
    Deno.removeSync(repository.path(CATALOG));
    using opened = await repository.open();
    deepEqual(opened.types, BOTH);
  });

  Deno.test(`an extension's bundle that ${damage} is built again, and its methods are there [B27 B70]`, async () => {
    using repository = new RepositoryFixture();
    repository.write("a.ts", modelSource("@acme/a"));
    repository.write("x.ts", extensionSource("@acme/a", "extra"));
    const warnings: string[] = [];
    const types = await repository.modelTypes(warnings);
    for (const { name } of Deno.readDirSync(repository.path(".swamp/bundles"))) {
      spoil(repository.path(".swamp/bundles", name, "m/x.js"));
    }
    deepEqual(Object.keys((await types.resolve("@acme/a")).methods), ["get", "extra"]);
    deepEqual(warnings, []);
  });
}

Deno.test("sources from elsewhere stay in the catalog when the repository's own change [B48]", async () => {
  using repository = await indexed();
  using elsewhere = new RepositoryFixture();
  elsewhere.write("p.ts", modelSource("@acme/pack"));
  repository.extensionSources = [elsewhere.root];
  (await repository.open()).store.close();
  Deno.removeSync(repository.path("extensions/models/b.ts"));
  using opened = await repository.open();
  deepEqual([opened.types, opened.built], [["@acme/a", "@acme/pack"], 0]);
});

Deno.test("a source from elsewhere that is removed leaves nothing that blocks its types [B51 W14]", async () => {
  using repository = new RepositoryFixture();
  using elsewhere = new RepositoryFixture();
  const pack = (name: string, type: string) =>
    elsewhere.write(`../../${name}/models/p.ts`, modelSource(type));
  // Names of which one begins the other, and with characters that SQL takes for wildcards.
  pack("pa_k", "@acme/one");
  pack("pack", "@acme/two");
  pack("pa_k2", "@acme/three");
  const place = (name: string) => elsewhere.path(name);
  repository.extensionSources = ["pa_k", "pack", "pa_k2"].map(place);
  (await repository.open()).store.close();
  repository.extensionSources = ["pack", "pa_k2"].map(place);
  repository.write("own.ts", modelSource("@acme/one"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/one", "@acme/three", "@acme/two"]);
  deepEqual(opened.store.problems(), []);
});

Deno.test("which of two claims wins does not change when either file is touched [B58 W11]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/same"));
  repository.write("b.ts", modelSource("@acme/same"));
  const winner = async () => {
    using opened = await repository.open();
    equal(opened.store.problems().length, 1);
    return opened.store.activeTypes("model", "@acme/same").map(({ sourcePath }) => sourcePath);
  };
  deepEqual(await winner(), ["extensions/models/a.ts"]);
  for (const file of ["b.ts", "a.ts"]) {
    repository.write(file, `${modelSource("@acme/same")}// ${file} touched`);
    deepEqual(await winner(), ["extensions/models/a.ts"], file);
  }
  Deno.removeSync(repository.path("extensions/models/a.ts"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/same"]);
  deepEqual(opened.store.problems(), []);
});
