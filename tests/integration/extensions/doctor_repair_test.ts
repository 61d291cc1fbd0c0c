import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import type { RefreshReport } from "../../../src/domain/extensions/refresh_report.ts";
import { statOf, statText } from "../../../src/infrastructure/extensions/file_stat.ts";
import { ExtensionCatalogStore } from "../../../src/infrastructure/persistence/extension_catalog_store.ts";
import {
  batchOf,
  BUNDLES,
  CATALOG,
  examine,
  exists,
  healthOf,
  index,
  indexed,
  oldBatch,
  tagsOf,
} from "./doctor_fixture.ts";
import { modelSource, type RepositoryFixture } from "./repository_fixture.ts";

for (
  const [damage, spoil, problem] of [
    ["is deleted", (path: string) => Deno.removeSync(path), /^is missing$/],
    ["is cut off", (path: string) => Deno.truncateSync(path, 3), /^has 3 bytes instead of \d+$/],
  ] as const
) {
  Deno.test(`a bundle that ${damage} fails its source, and a repair builds it again`, async () => {
    using repository = await indexed();
    repository.write("b.ts", modelSource("@acme/b"));
    repository.write("bad.ts", "export const model = {");
    repository.write("words.ts", "export const WORDS = [];");
    Deno.removeSync(repository.path(".swamp"), { recursive: true });
    await index(repository);
    const batch = batchOf(repository);
    spoil(join(batch, "m", "a.js"));

    const document = await examine(repository);
    equal(document.overallStatus, "fail");
    equal(tagsOf(document)["extensions/models/a.ts"], "BundleDamaged");
    equal(tagsOf(document)["extensions/models/b.ts"], "Indexed");
    equal(document.damagedBundles.length, 1);
    equal(document.damagedBundles[0]!.damage[0]!.file, "m/a.js");
    match(document.damagedBundles[0]!.damage[0]!.problem, problem);

    Deno.removeSync(repository.path("extensions/models/bad.ts"));
    const repaired = await examine(repository, { repair: "do" });
    equal(repaired.overallStatus, "pass");
    deepEqual(repaired.damagedBundles, []);
    deepEqual(repaired.repair?.steps.map(({ outcome }) => outcome), ["done", "done", "done"]);
    deepEqual(
      repaired.recentTransitions.map(({ sourcePath, fromState, toState, reason }) => [
        sourcePath,
        fromState,
        toState,
        reason,
      ]),
      [
        ["extensions/models/a.ts", "BundleDamaged", "Indexed", "built again"],
        ["extensions/models/bad.ts", "BundleBuildFailed", null, "source is gone"],
      ],
    );
  });
}

Deno.test("with all bundles gone, broken sources and helpers among them, one refresh heals for good", async () => {
  using repository = await indexed();
  repository.write("bad.ts", "export const model = {");
  repository.write("words.ts", "export const WORDS = [];");
  await index(repository);
  Deno.removeSync(repository.path(BUNDLES), { recursive: true });
  await index(repository);
  using again = await repository.open();
  ok(!again.phases.includes("scan"), again.phases.join());
  deepEqual((await examine(repository)).damagedBundles, []);
});

Deno.test("an unused bundle folder is listed with its size, and a repair removes it", async () => {
  using repository = await indexed();
  const folder = oldBatch(repository);
  const document = await examine(repository);
  equal(document.overallStatus, "pass");
  deepEqual(document.aggregateState.bundleOrphans, [{
    absolutePath: folder,
    repoRelativePath: ".swamp/bundles/0123456789abcdef",
    bundleDir: "bundles",
    files: 2,
    bytes: 7,
    keptBecause: "",
  }]);
  equal(document.aggregateState.orphanBundleFileCount, 2);
  const { repair } = await examine(repository, { repair: "do" });
  deepEqual(repair?.steps.map(({ action, outcome }) => [action, outcome]), [["remove", "done"]]);
  ok(!exists(folder));
});

Deno.test("an unused bundle folder that a running process holds outlives a repair", async () => {
  using repository = await indexed();
  const folder = oldBatch(repository);
  using lease = Deno.openSync(join(folder, "_sources.json"), { read: true });
  lease.lockSync(false);
  const { repair, aggregateState } = await examine(repository, { repair: "do" });
  deepEqual(repair?.steps, []);
  match(aggregateState.bundleOrphans[0]!.keptBecause, /running process/);
  ok(exists(folder));
});

Deno.test("an unused bundle folder that is young outlives a repair", async () => {
  using repository = await indexed();
  const folder = oldBatch(repository);
  Deno.utimeSync(folder, new Date(), new Date());
  const { aggregateState } = await examine(repository, { repair: "do" });
  match(aggregateState.bundleOrphans[0]!.keptBecause, /younger than a minute/);
  ok(exists(folder));
});

Deno.test("unfinished builds, stray files and catalogs set aside are leftovers that a repair removes", async () => {
  using repository = await indexed();
  Deno.mkdirSync(repository.path(BUNDLES, ".new-dead"));
  Deno.writeTextFileSync(repository.path(BUNDLES, ".new-dead/x.js"), "half");
  Deno.writeTextFileSync(repository.path(BUNDLES, "old.js"), "stray");
  Deno.writeTextFileSync(repository.path(`${CATALOG}.bad-2026-01-01`), "garbage");
  const document = await examine(repository);
  equal(document.overallStatus, "pass");
  deepEqual(document.orphanFiles, [
    ".swamp/bundles/.new-dead",
    ".swamp/bundles/old.js",
    ".swamp/_extension_catalog.db.bad-2026-01-01",
  ]);
  const repaired = await examine(repository, { repair: "do" });
  deepEqual(repaired.orphanFiles, []);
  ok(repaired.repair?.steps.every(({ outcome }) => outcome === "done"));
});

Deno.test("a damaged catalog fails with its reason, stays as it is, and a repair makes it again", async () => {
  using repository = await indexed();
  Deno.writeTextFileSync(repository.path(CATALOG), "not a database at all");
  const document = await examine(repository);
  equal(document.overallStatus, "fail");
  equal(document.catalog.state, "damaged");
  match(document.loaderErrors.catalog!, /not a database/);
  equal(Deno.readTextFileSync(repository.path(CATALOG)), "not a database at all");
  const repaired = await examine(repository, { repair: "do" });
  equal(repaired.overallStatus, "pass");
  deepEqual(tagsOf(repaired), { "extensions/models/a.ts": "Indexed" });
  deepEqual(repaired.orphanFiles, []);
});

Deno.test("only --verify sees a change that stat data hides, and a repair indexes it", async () => {
  using repository = await indexed();
  const source = repository.write("a.ts", modelSource("@acme/other"));
  pretendUnchanged(repository, "extensions/models/a.ts", source);

  deepEqual((await examine(repository)).pending, []);
  const document = await examine(repository, { verify: true });
  equal(document.overallStatus, "fail");
  equal(document.verifiedFiles, 1);
  deepEqual(document.pending, [{
    source: "extensions/models/a.ts",
    change: "changed",
    cause: "extensions/models/a.ts",
    isHidden: true,
  }]);

  const repaired = await examine(repository, { verify: true, repair: "do" });
  equal(repaired.overallStatus, "pass");
  deepEqual(repaired.aggregateState.sourceDetails[0]!.types, [
    { kind: "model", type: "@acme/other", holds: true },
  ]);
});

/** Lets the catalog take a file's present stat data for that of the content it knows. */
function pretendUnchanged(repository: RepositoryFixture, key: string, path: string): void {
  using store = ExtensionCatalogStore.open(repository.path(CATALOG));
  const known = store.files().filter((file) => file.path === key);
  equal(known.length, 1);
  store.settle([], known.map((file) => ({ ...file, stat: statText(statOf(path)) })));
}

Deno.test("a repair builds broken sources once more and leaves healthy ones alone", async () => {
  using repository = await indexed();
  repository.write("bad.ts", "export const model = {");
  await index(repository);
  const reports: RefreshReport[] = [];
  const health = healthOf(repository, reports);
  await health.repair(await health.look({ verify: false }));
  deepEqual(reports.map((report) => report.state === "done" ? report.built : report.sources), [
    1,
    1,
  ]);
  const { overallStatus, repair } = await examine(repository, { repair: "do" });
  equal(overallStatus, "fail");
  deepEqual(repair?.steps.map(({ action, path, outcome }) => [action, path, outcome]), [
    ["retry", "extensions/models/bad.ts", "failed"],
  ]);
});

Deno.test("a refresh reports what it built, adopted and removed", async () => {
  using repository = await indexed();
  const original = modelSource("@acme/a");
  repository.write("b.ts", modelSource("@acme/b"));
  repository.write("a.ts", modelSource("@acme/a", "\n// edited"));
  await index(repository);
  repository.write("a.ts", original);
  repository.write("c.ts", modelSource("@acme/c"));
  Deno.removeSync(repository.path("extensions/models/b.ts"));
  const reports: RefreshReport[] = [];
  const health = healthOf(repository, reports);
  await health.repair(await health.look({ verify: false }));
  const done = reports.find((report) => report.state === "done");
  ok(done?.state === "done");
  deepEqual([done.built, done.adopted, done.removed], [1, 1, 1]);
});
