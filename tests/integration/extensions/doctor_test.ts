import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { Database } from "@db/sqlite";
import {
  batchOf,
  BUNDLES,
  CATALOG,
  examine,
  exists,
  index,
  indexed,
  oldBatch,
  snapshot,
  tagsOf,
} from "./doctor_fixture.ts";
import { extensionSource, modelSource, RepositoryFixture } from "./repository_fixture.ts";

Deno.test("a repository in order passes, and every kind has a registry", async () => {
  using repository = await indexed();
  const document = await examine(repository);
  equal(document.overallStatus, "pass");
  deepEqual(Object.keys(document.registries), ["model", "vault", "driver", "datastore", "report"]);
  deepEqual(tagsOf(document), { "extensions/models/a.ts": "Indexed" });
  deepEqual(document.warnings, []);
  deepEqual(document.pending, []);
  equal(document.catalog.state, "ok");
  equal(document.catalog.stale, "");
});

Deno.test("a repository that was never indexed passes, and looking at it makes nothing", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  const document = await examine(repository);
  equal(document.overallStatus, "pass");
  equal(document.catalog.state, "missing");
  deepEqual(document.pending, [
    { source: "extensions/models/a.ts", change: "new", cause: "", isHidden: false },
  ]);
  ok(!exists(repository.path(".swamp")));
});

Deno.test("a look, and a planned repair, change nothing on disk", async () => {
  using repository = await indexed();
  repository.write("bad.ts", "export const model = {");
  await index(repository);
  oldBatch(repository);
  Deno.mkdirSync(repository.path(BUNDLES, ".new-dead"));
  repository.write("new.ts", modelSource("@acme/new"));
  repository.write("a.ts", modelSource("@acme/a", "\n// edited"));
  const before = snapshot(repository.root);
  await examine(repository);
  await examine(repository, { verify: true });
  const { repair } = await examine(repository, { repair: "plan" });
  deepEqual(snapshot(repository.root), before);
  ok(repair?.dryRun);
  ok(repair.steps.every(({ outcome }) => outcome === "planned"));
  deepEqual(repair.steps.map(({ action, path }) => `${action} ${path}`), [
    "index extensions/models/a.ts",
    "index extensions/models/new.ts",
    "retry extensions/models/bad.ts",
    "remove .swamp/bundles/0123456789abcdef",
    "remove .swamp/bundles/.new-dead",
  ]);
});

Deno.test("failures invisible: each broken source is there with file, kind, state and error [B80]", async () => {
  using repository = new RepositoryFixture();
  repository.write("syntax.ts", "export const model = {");
  repository.write("shape.ts", modelSource("@acme/shape").replace("2026.01.02.1", "1.0"));
  repository.write("throws.ts", `${modelSource("@acme/t")}throw new Error("boom at import");`);
  repository.write("odd.ts", `export const vault = { type: "@acme/odd" };`, "vaults");
  await index(repository);
  const document = await examine(repository);
  equal(document.overallStatus, "fail");
  deepEqual(tagsOf(document), {
    "extensions/models/shape.ts": "ValidationFailed",
    "extensions/models/syntax.ts": "BundleBuildFailed",
    "extensions/models/throws.ts": "BundleBuildFailed",
    "extensions/vaults/odd.ts": "ValidationFailed",
  });
  const details = document.aggregateState.sourceDetails;
  deepEqual(details.map(({ kind }) => kind), ["model", "model", "model", "vault"]);
  match(details[0]!.lastError, /Missing or invalid 'version' field/);
  match(details[1]!.lastError, /syntax\.ts:1/);
  match(details[2]!.lastError, /boom at import/);
  equal(document.registries.model?.status, "fail");
  equal(document.registries.vault?.status, "fail");
  equal(document.registries.driver?.status, "pass");
});

Deno.test("shadowed types, conflicting methods and extensions of nothing are named and fail nothing", async () => {
  using repository = await indexed();
  repository.write("b.ts", modelSource("@acme/a"));
  repository.write("x1.ts", extensionSource("@acme/a", "more"));
  repository.write("x2.ts", extensionSource("@acme/a", "more"));
  repository.write("x3.ts", extensionSource("@acme/nothing", "more"));
  await index(repository);
  const document = await examine(repository);
  equal(document.overallStatus, "pass");
  deepEqual(tagsOf(document), {
    "extensions/models/a.ts": "Indexed",
    "extensions/models/b.ts": "Tombstoned",
    "extensions/models/x1.ts": "Indexed",
    "extensions/models/x2.ts": "Indexed",
    "extensions/models/x3.ts": "Tombstoned",
  });
  deepEqual(document.conflicts.map(({ source, message }) => `${source}: ${message}`), [
    "extensions/models/b.ts: Model type '@acme/a' already registered by extensions/models/a.ts",
    "extensions/models/x3.ts: Cannot extend unregistered model type: @acme/nothing",
    "extensions/models/x2.ts: Method 'more' already exists on model type '@acme/a' " +
    "(extensions/models/x1.ts)",
  ]);
});

Deno.test("sources that came, went or changed since are told, with the import that changed", async () => {
  using repository = await indexed();
  repository.write("_lib/h.ts", "export const H = 1;");
  repository.write("b.ts", `import "./_lib/h.ts";\n${modelSource("@acme/b")}`);
  repository.write("c.ts", modelSource("@acme/c"));
  await index(repository);
  repository.write("_lib/h.ts", "export const H = 2;");
  repository.write("d.ts", modelSource("@acme/d"));
  Deno.removeSync(repository.path("extensions/models/c.ts"));
  const document = await examine(repository);
  equal(document.overallStatus, "pass");
  ok(document.catalog.stale !== "");
  deepEqual(document.pending.map(({ source, change, cause }) => [source, change, cause]), [
    ["extensions/models/b.ts", "changed", "extensions/models/_lib/h.ts"],
    ["extensions/models/c.ts", "gone", ""],
    ["extensions/models/d.ts", "new", ""],
  ]);
  deepEqual(document.aggregateState.catalogOrphans, ["extensions/models/c.ts"]);
  equal(document.aggregateState.orphanRowCount, 1);
});

Deno.test("files that export nothing that counts are helpers and no sources", async () => {
  using repository = await indexed();
  repository.write("words.ts", "export const WORDS = [];");
  await index(repository);
  const { aggregateState } = await examine(repository);
  deepEqual(aggregateState.helpers, ["extensions/models/words.ts"]);
  equal(aggregateState.totalSources, 1);
});

Deno.test("a damaged file that several bundles share fails them all", async () => {
  using repository = await indexed();
  repository.write("b.ts", modelSource("@acme/b"));
  Deno.removeSync(repository.path(".swamp"), { recursive: true });
  await index(repository);
  Deno.removeSync(join(batchOf(repository), "_zod.js"));
  deepEqual(tagsOf(await examine(repository)), {
    "extensions/models/a.ts": "BundleDamaged",
    "extensions/models/b.ts": "BundleDamaged",
  });
});

for (const content of ["half a docu", "null", "{}"]) {
  Deno.test(`a bundle folder whose sidecar is ${content} is damaged`, async () => {
    using repository = await indexed();
    Deno.writeTextFileSync(join(batchOf(repository), "_sources.json"), content);
    const { damagedBundles, overallStatus } = await examine(repository);
    equal(overallStatus, "fail");
    deepEqual(damagedBundles[0]!.damage, [{ file: "_sources.json", problem: "cannot be read" }]);
  });
}

Deno.test("a catalog of another version of swamp is told, and no bundle is called unused for it", async () => {
  using repository = await indexed();
  const database = new Database(repository.path(CATALOG));
  database.exec("UPDATE meta SET value = '0' WHERE key = 'layout'");
  database.close();
  const document = await examine(repository);
  equal(document.overallStatus, "pass");
  equal(document.catalog.state, "outdated");
  equal(document.catalog.layout, "0");
  deepEqual(document.aggregateState.bundleOrphans, []);
});

Deno.test("a catalog whose writer was killed is left to the next command, which undoes the write", async () => {
  using repository = await indexed();
  const catalog = repository.path(CATALOG);
  const killed = `
    import { Database } from "@db/sqlite";
    const database = new Database(${JSON.stringify(catalog)});
    database.exec("PRAGMA cache_size = 1; BEGIN");
    for (let n = 0; n < 2000; n++) database.exec("INSERT INTO folder VALUES (?, ?)", "p" + n, "x".repeat(999));
    Deno.kill(Deno.pid, "SIGKILL");`;
  const program = repository.path("killed.ts");
  Deno.writeTextFileSync(program, killed);
  const config = new URL("../../../deno.json", import.meta.url).pathname;
  await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-lock", "--config", config, program],
  }).output();
  ok(exists(`${catalog}-journal`));
  const before = snapshot(repository.path(".swamp"));
  equal((await examine(repository)).catalog.state, "writing");
  deepEqual(snapshot(repository.path(".swamp")), before);
  await index(repository);
  equal((await examine(repository)).catalog.state, "ok");
});

Deno.test("an extension source that does not exist is a warning", async () => {
  using repository = await indexed();
  repository.extensionSources = ["/nowhere/at/all"];
  await index(repository);
  const document = await examine(repository);
  equal(document.overallStatus, "pass");
  deepEqual(document.missingSources, ["/nowhere/at/all"]);
  match(document.warnings[0]!, /\/nowhere\/at\/all/);
});

Deno.test("sources from elsewhere are an aggregate of their own", async () => {
  using repository = await indexed();
  using elsewhere = new RepositoryFixture();
  elsewhere.write("b.ts", modelSource("@acme/b"));
  repository.extensionSources = [elsewhere.root];
  await index(repository);
  const { aggregates } = (await examine(repository)).aggregateState;
  deepEqual(aggregates.map(({ name, origin, sourceCount }) => [name, origin, sourceCount]), [
    [`@local/${repository.root.split("/").at(-1)}`, "local", 1],
    [elsewhere.root, "source", 1],
  ]);
});
