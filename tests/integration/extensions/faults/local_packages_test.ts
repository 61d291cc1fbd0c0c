import { deepEqual, equal } from "node:assert/strict";
import { dirname } from "@std/path";
import { examine, index } from "../doctor_fixture.ts";
import { install, packageFiles } from "../package_folder.ts";
import { modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { CliRepository } from "./cli_repository.ts";

/** Text of a manifest, with more lines. */
function manifest(name: string, version: string, ...lines: string[]): string {
  return ["manifestVersion: 1", `name: '${name}'`, `version: ${version}`, ...lines, ""].join("\n");
}

/** Writes a file anywhere in a repository. */
function put(repository: RepositoryFixture, path: string, text: string): void {
  Deno.mkdirSync(dirname(repository.path(path)), { recursive: true });
  Deno.writeTextFileSync(repository.path(path), text);
}

/** Name, version, origin and number of sources of every aggregate. */
async function aggregates(repository: RepositoryFixture) {
  await index(repository);
  const { aggregateState } = await examine(repository);
  return aggregateState.aggregates.map(({ name, version, origin, sourceCount }) =>
    [name, version, origin, sourceCount] as const
  );
}

const REPORT =
  `export const report = { name: "@acme/summary", description: "Sums up", scope: "method",
    execute: () => ({ markdown: "", json: {} }) };`;

Deno.test("a repository without manifests is named after its folder from wherever it is called [B49]", async () => {
  using repository = await CliRepository.create();
  repository.write("a.ts", modelSource("@acme/a"));
  await repository.typesFound("@acme");
  const name = `@local/${repository.root.split("/").at(-1)}`;
  for (
    const [cwd, more] of [
      [repository.root, []],
      [repository.root, ["--repo-dir", "."]],
      [repository.path("extensions"), ["--repo-dir", ".."]],
    ] as const
  ) {
    const { aggregateState } = await repository.json(["doctor", "extensions", ...more], { cwd });
    deepEqual(
      aggregateState.aggregates.map((one: { name: string; origin: string }) => [
        one.name,
        one.origin,
      ]),
      [[name, "local"]],
    );
  }
});

Deno.test("a folder with a manifest is an extension of its own, one at the top owns all [B53]", async () => {
  using repository = new RepositoryFixture();
  const own = `@local/${repository.root.split("/").at(-1)}`;
  repository.write("loose.ts", modelSource("@acme/loose"));
  repository.write("a/one.ts", modelSource("@acme/a"));
  repository.write("a/deep/two.ts", modelSource("@acme/deep"));
  repository.write("b/one.ts", modelSource("@acme/b"));
  repository.write("a/manifest.yaml", manifest("@acme/a", "2026.01.01.1"));
  repository.write("b/manifest.yaml", manifest("@acme/b", "2026.02.01.1"));
  deepEqual(await aggregates(repository), [
    ["@acme/a", "2026.01.01.1", "local", 2],
    ["@acme/b", "2026.02.01.1", "local", 1],
    [own, "0.0.0", "local", 1],
  ]);
  put(repository, "manifest.yaml", manifest("@acme/all", "2026.03.01.1"));
  deepEqual(await aggregates(repository), [["@acme/all", "2026.03.01.1", "local", 4]]);
});

Deno.test("a sibling that is installed as well is no conflict for the others [B53]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a/one.ts", modelSource("@acme/a"));
  repository.write("b/one.ts", modelSource("@acme/b"));
  repository.write("a/manifest.yaml", manifest("@acme/a", "2026.01.01.1"));
  repository.write("b/manifest.yaml", manifest("@acme/b", "2026.02.01.1"));
  await index(repository);
  const { status } = await install(repository, packageFiles("@acme/b", "@acme/b"));
  equal(status, "installed");
  deepEqual(await aggregates(repository), [
    ["@acme/a", "2026.01.01.1", "local", 1],
    ["@acme/b", "2026.02.01.1", "local", 1],
    ["@acme/b", "2026.04.01.1", "pulled", 1],
  ]);
  using opened = await repository.open();
  equal(opened.store.activeTypes("model", "@acme/b")[0]?.sourcePath, "extensions/models/b/one.ts");
});

Deno.test("a version that is bumped in a manifest takes the place of the one before [B50]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a/one.ts", modelSource("@acme/a"));
  for (const version of ["2026.01.01.1", "2026.01.02.1"]) {
    repository.write("a/manifest.yaml", manifest("@acme/a", version));
    deepEqual(await aggregates(repository), [["@acme/a", version, "local", 1]]);
  }
  Deno.removeSync(repository.path("extensions/models/a/manifest.yaml"));
  equal((await aggregates(repository))[0]![1], "0.0.0");
});

Deno.test("manifests that cannot be read, or of something else, own nothing", async () => {
  using repository = new RepositoryFixture();
  repository.write("a/one.ts", modelSource("@acme/a"));
  const own = `@local/${repository.root.split("/").at(-1)}`;
  for (const text of ["a: [", "[]", "", "name: chart\nversion: 1.2.3\n", "name: '@acme/a'\n"]) {
    repository.write("a/manifest.yaml", text);
    deepEqual(await aggregates(repository), [[own, "0.0.0", "local", 1]], text);
  }
});

Deno.test("a source from elsewhere has the name of its manifest", async () => {
  using repository = new RepositoryFixture();
  using elsewhere = new RepositoryFixture();
  elsewhere.write("a.ts", modelSource("@acme/a"));
  put(elsewhere, "manifest.yaml", manifest("@acme/else", "2026.01.01.1"));
  repository.extensionSources = [elsewhere.root];
  deepEqual(await aggregates(repository), [["@acme/else", "2026.01.01.1", "source", 1]]);
});

Deno.test("a report beside a model is found when the manifest lists it, and only as long as it does [B66]", async () => {
  using repository = new RepositoryFixture();
  repository.write("aws/model.ts", modelSource("@acme/aws"));
  repository.write("aws/summary.ts", REPORT);
  const reports = async () => {
    using opened = await repository.open();
    return [
      opened.store.types("report").map(({ type }) => type),
      opened.phases.includes("scan") ? "refreshed" : "fresh",
    ];
  };
  deepEqual(await reports(), [[], "refreshed"]);
  const listing = (...lines: string[]) =>
    repository.write("aws/manifest.yaml", manifest("@acme/aws", "2026.01.01.1", ...lines));
  listing("models: [aws/model.ts]", "reports: [aws/summary.ts]");
  deepEqual(await reports(), [["@acme/summary"], "refreshed"]);
  deepEqual(await reports(), [["@acme/summary"], "fresh"]);
  listing("models: [aws/model.ts]");
  deepEqual(await reports(), [[], "refreshed"]);
  listing("paths: { base: manifest }", "models: [model.ts]", "reports: [summary.ts]");
  deepEqual(await reports(), [["@acme/summary"], "refreshed"]);
  Deno.removeSync(repository.path("extensions/models/aws/manifest.yaml"));
  deepEqual(await reports(), [[], "refreshed"]);
});

Deno.test("a model beside a report, or a vault beside a model, is found when the manifest lists it [B66]", async () => {
  using repository = new RepositoryFixture();
  repository.write("x/model.ts", modelSource("@acme/x"), "reports");
  repository.write(
    "x/manifest.yaml",
    manifest("@acme/x", "2026.01.01.1", "paths: { base: manifest }", "models: [model.ts]"),
    "reports",
  );
  repository.write(
    "y/vault.ts",
    `export const vault = { type: "@acme/safe", name: "Safe", description: "Keeps secrets",
      createProvider: () => ({}) };`,
  );
  put(
    repository,
    "manifest.yaml",
    `{ "name": "@acme/y", "version": "2026.01.01.1", "vaults": ["y/vault.ts"] }`,
  );
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/x"]);
  deepEqual(opened.store.types("vault").map(({ type }) => type), ["@acme/safe"]);
});

Deno.test("the doctor sees nothing to do about a report beside a model [B66]", async () => {
  using repository = new RepositoryFixture();
  repository.write("aws/summary.ts", REPORT);
  repository.write(
    "aws/manifest.yaml",
    manifest("@acme/aws", "2026.01.01.1", "reports: [aws/summary.ts]"),
  );
  await index(repository);
  const document = await examine(repository);
  deepEqual(document.pending, []);
  deepEqual(document.aggregateState.sourceDetails.map(({ kind, stateTag }) => [kind, stateTag]), [
    ["report", "Indexed"],
  ]);
});
