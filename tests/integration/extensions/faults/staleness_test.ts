import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { type ExtensionKind, KIND_ROWS } from "../../../../src/domain/extensions/kinds.ts";
import { bundleBatch } from "../../../../src/infrastructure/extensions/bundle.ts";
import { modelSource, type OpenedIndex, RepositoryFixture } from "../repository_fixture.ts";
import { namedElsewhere } from "./named_elsewhere.ts";
import { ageBatches, filesBelow } from "./stored_files.ts";

async function settled(repository: RepositoryFixture): Promise<void> {
  (await repository.open()).store.close();
}

/** Sources of one type for each kind, by the part of the name that changes. */
const SOURCES: Readonly<Record<Exclude<ExtensionKind, "extension">, (name: string) => string>> = {
  model: (name) => modelSource(`@acme/${name}`),
  vault: (name) => provider("vault", name, "createProvider"),
  driver: (name) => provider("driver", name, "createDriver"),
  datastore: (name) => provider("datastore", name, "createProvider"),
  report: (name) =>
    `export const report = { name: "@acme/${name}", description: "Tells", scope: "method",
      execute: () => ({ markdown: "", json: {} }) };`,
};

function provider(kind: string, name: string, factory: string): string {
  return `export const ${kind} = { type: "@acme/${name}", name: "N", description: "D",
    ${factory}: () => ({}) };`;
}

for (const { kind, folder } of KIND_ROWS) {
  if (kind === "extension") continue;
  const source = SOURCES[kind];
  const typesOf = ({ store }: OpenedIndex) => store.types(kind).map(({ type }) => type);

  Deno.test(`an edit of a ${kind} that keeps its size and time takes effect [B24]`, async () => {
    using repository = new RepositoryFixture();
    const path = repository.write("a.ts", source("one"), folder);
    const { mtime } = Deno.statSync(path);
    await settled(repository);
    Deno.writeTextFileSync(path, source("two"));
    Deno.utimeSync(path, mtime!, mtime!);
    using opened = await repository.open();
    deepEqual(typesOf(opened), ["@acme/two"]);
  });

  Deno.test(`a ${kind} saved by renaming a new file over the old one takes effect [B24]`, async () => {
    using repository = new RepositoryFixture();
    const path = repository.write("a.ts", source("one"), folder);
    await settled(repository);
    const fresh = repository.path("fresh");
    Deno.writeTextFileSync(fresh, source("two"));
    Deno.utimeSync(fresh, new Date(2001, 1, 1), new Date(2001, 1, 1));
    Deno.renameSync(fresh, path);
    using opened = await repository.open();
    deepEqual(typesOf(opened), ["@acme/two"]);
  });
}

Deno.test("an edit within the second of the last look takes effect [B24]", async () => {
  using repository = new RepositoryFixture();
  for (let edition = 0; edition < 5; edition++) {
    const path = repository.write("a.ts", modelSource(`@acme/n${edition}`));
    Deno.utimeSync(path, new Date(2001, 1), new Date(2001, 1));
    using opened = await repository.open();
    deepEqual(opened.types, [`@acme/n${edition}`]);
  }
});

const CLOCKS: Readonly<Record<string, Date>> = {
  "in the future": new Date(Date.now() + 40 * 86_400_000),
  "in the past": new Date(2001, 1, 1),
};
for (const [where, date] of Object.entries(CLOCKS)) {
  Deno.test(`a file from a clock ${where} is built once, and again when it is edited [B23 B24]`, async () => {
    using repository = new RepositoryFixture();
    const path = repository.write("a.ts", modelSource("@acme/one"));
    Deno.utimeSync(path, date, date);
    await settled(repository);
    using again = await repository.open();
    equal(again.built, 0);
    Deno.writeTextFileSync(path, modelSource("@acme/two"));
    Deno.utimeSync(path, date, date);
    using edited = await repository.open();
    deepEqual(edited.types, ["@acme/two"]);
    using after = await repository.open();
    equal(after.built, 0);
  });
}

Deno.test("two files of one relative name in two folders never share code [B20]", async () => {
  using repository = new RepositoryFixture();
  const elsewhere = repository.path("pack");
  repository.extensionSources = [elsewhere];
  repository.write("same.ts", modelSource("@acme/own"));
  repository.write("../../pack/models/same.ts", modelSource("@acme/pack"));
  for (const run of ["first", "second"]) {
    const types = await repository.modelTypes();
    equal((await types.resolve("@acme/own")).type, "@acme/own", run);
    equal((await types.resolve("@acme/pack")).type, "@acme/pack", run);
  }
});

for (const [when, first] of Object.entries({ "for the first time": "", "again": "@acme/first" })) {
  Deno.test(`code that is edited while it is built ${when} is never served for the earlier text [B24 B28]`, async () => {
    using repository = new RepositoryFixture();
    if (first !== "") {
      repository.write("a.ts", modelSource(first));
      await settled(repository);
    }
    const before = modelSource("@acme/before");
    const meanwhile = modelSource("@acme/meanwhile");
    repository.write("a.ts", before);
    const edit = (phase: string) => {
      if (phase === "module graph") repository.write("a.ts", meanwhile);
    };
    (await repository.open({ onPhase: edit })).store.close();
    repository.write("a.ts", before);
    using opened = await repository.open();
    deepEqual(opened.types, ["@acme/before"]);
  });
}

for (const phase of ["scan", "module graph"]) {
  Deno.test(`a source that vanishes after the ${phase} is forgotten by the next command [B37]`, async () => {
    using repository = new RepositoryFixture();
    const path = repository.write("a.ts", modelSource("@acme/a"));
    repository.write("b.ts", modelSource("@acme/b"));
    const vanish = (ended: string) => void (ended === phase && Deno.removeSync(path));
    using during = await repository.open({ onPhase: vanish });
    ok(during.types.includes("@acme/b"), String(during.types));
    using after = await repository.open();
    deepEqual([after.types, after.broken], [["@acme/b"], {}]);
  });
}

Deno.test("a build error is told instead of the old code, and again on every run [B22 B28]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  await settled(repository);
  repository.write("a.ts", `import "./gone.ts";${modelSource("@acme/a")}`);
  for (const run of ["first", "second", "third"]) {
    using opened = await repository.open();
    deepEqual(opened.types, [], run);
    match(opened.broken["extensions/models/a.ts"] ?? "", /Module not found .*gone\.ts/, run);
  }
  repository.write("a.ts", modelSource("@acme/mended"));
  using mended = await repository.open();
  deepEqual(mended.types, ["@acme/mended"]);
});

Deno.test("a bundle that was deleted is no error of a command that imports it [B27]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", `import "./_lib/h.ts";${modelSource("@acme/a")}`);
  repository.write("b.ts", `import "./_lib/h.ts";${modelSource("@acme/b")}`);
  repository.write("_lib/h.ts", `console.error;`);
  await settled(repository);
  for (const path of filesBelow(repository.path(".swamp/bundles"))) {
    Deno.removeSync(path);
    const types = await repository.modelTypes();
    for (const type of ["@acme/a", "@acme/b"]) equal((await types.resolve(type)).type, type, path);
  }
});

Deno.test("sources that need deno.json are told broken once it is gone, not served stale [B29]", async () => {
  using repository = new RepositoryFixture();
  repository.write("deno.json", `{ "imports": { "kind": "./_lib/kind.ts" } }`);
  repository.write("_lib/kind.ts", `export const NAME = "@acme/a";`);
  repository.write("a.ts", namedElsewhere(`import { NAME } from "kind";`));
  await settled(repository);
  Deno.removeSync(repository.path("extensions/models/deno.json"));
  for (const run of ["first", "second"]) {
    using opened = await repository.open();
    deepEqual(opened.types, [], run);
    match(opened.broken["extensions/models/a.ts"] ?? "", /"kind" not a dependency/, run);
  }
});

Deno.test("a host that cannot be reached is retried by every command until it answers [B30]", async () => {
  using repository = new RepositoryFixture();
  const port = await freePort();
  repository.write(
    "a.ts",
    namedElsewhere(`import { NAME } from "http://127.0.0.1:${port}/name.ts";`),
  );
  repository.write("b.ts", modelSource("@acme/b"));
  for (const run of ["first", "second"]) {
    using opened = await repository.open();
    deepEqual(opened.types, ["@acme/b"], run);
    equal(opened.store.brokenSources()[0]?.transient, true, run);
    match(opened.broken["extensions/models/a.ts"] ?? "", /127\.0\.0\.1:\d+\/name\.ts/, run);
  }
  await using _server = Deno.serve(
    { port, hostname: "127.0.0.1", onListen: () => {} },
    () =>
      new Response(`export const NAME = "@acme/reached";`, {
        headers: { "content-type": "application/typescript" },
      }),
  );
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/b", "@acme/reached"]);
});

async function freePort(): Promise<number> {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr;
  listener.close();
  return await Promise.resolve(port);
}

Deno.test("bundles of another version of swamp are not used [B31]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  await settled(repository);
  const { Database } = await import("@db/sqlite");
  const { CATALOG_LAYOUT } = await import(
    "../../../../src/infrastructure/persistence/extension_catalog_schema.ts"
  );
  for (const layout of ["0", `${CATALOG_LAYOUT}0`]) {
    using database = new Database(repository.path(".swamp/_extension_catalog.db"));
    database.exec("UPDATE meta SET value = ? WHERE key = 'layout'", layout);
    for (const path of filesBelow(repository.path(".swamp/bundles"))) {
      if (!path.endsWith("_sources.json")) continue;
      const sidecar = JSON.parse(Deno.readTextFileSync(path));
      Deno.writeTextFileSync(path, JSON.stringify({ ...sidecar, layout }));
    }
    using opened = await repository.open();
    deepEqual([opened.types, opened.built, opened.warnings], [["@acme/a"], 1, []], layout);
    using again = await repository.open();
    equal(again.built, 0, layout);
  }
});

Deno.test("types of a source folder that is configured later are found [B33]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("../../pack/models/b.ts", modelSource("@acme/b"));
  await settled(repository);
  repository.extensionSources = ["pack"];
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/a", "@acme/b"]);
  equal(opened.built, 1);
});

Deno.test("types that are loaded again in one process are the new ones [B35]", async () => {
  using repository = new RepositoryFixture();
  for (const version of ["2026.01.02.1", "2026.01.02.2", "2026.01.02.1"]) {
    repository.write("a.ts", modelSource("@acme/a").replace("2026.01.02.1", version));
    const types = await repository.modelTypes();
    equal((await types.resolve("@acme/a")).version, version);
  }
});

Deno.test("a broken file that is deleted is not warned of, and its bundles go [B37]", async () => {
  using repository = new RepositoryFixture();
  const path = repository.write("a.ts", `${modelSource("@acme/a")}throw new Error("boom");`);
  repository.write("b.ts", modelSource("@acme/b"));
  await settled(repository);
  Deno.removeSync(path);
  using opened = await repository.open();
  deepEqual(opened.broken, {});
  const before = opened.store.batches();
  ageBatches(repository);
  repository.write("b.ts", modelSource("@acme/c"));
  using after = await repository.open();
  deepEqual(after.types, ["@acme/c"]);
  const left = [...Deno.readDirSync(repository.path(".swamp/bundles"))].map(({ name }) => name);
  deepEqual(left, after.store.batches().map((batch) => batch.split("/").at(-1)));
  ok(!after.store.batches().includes(before[0]!));
});

Deno.test("a bundler that hangs is ended once for all that it was to build, which is retried [B38]", async () => {
  const folder = Deno.makeTempDirSync();
  const deno = join(folder, "deno");
  const script = `#!/bin/sh\necho started >> ${join(folder, "starts")}\nexec sleep 60\n`;
  Deno.writeTextFileSync(deno, script, { mode: 0o755 });
  const entries = ["a.ts", "b.ts"].map((name) => join(folder, name));
  const graph = { imports: [], direct: [], zodSpecifiers: [], transient: false };
  const { failures } = await bundleBatch({
    project: { deno, configuration: "", repositoryRoot: folder, limit: 300 },
    graphs: new Map(entries.map((entry) => [entry, graph])),
    outputFolder: folder,
  });
  const starts = Deno.readTextFileSync(join(folder, "starts"));
  Deno.removeSync(folder, { recursive: true });
  for (const entry of entries) {
    equal(failures.get(entry)?.transient, true);
    match(failures.get(entry)?.error ?? "", /deno bundle timed out/);
  }
  equal(starts, "started\n");
});

Deno.test("an earlier text of a source is taken from what was built of it [B23]", async () => {
  using repository = new RepositoryFixture();
  const one = modelSource("@acme/one");
  repository.write("a.ts", one);
  repository.write("b.ts", modelSource("@acme/b"));
  await settled(repository);
  repository.write("a.ts", modelSource("@acme/two"));
  await settled(repository);
  repository.write("a.ts", one);
  using opened = await repository.open();
  deepEqual([opened.types, opened.built], [["@acme/b", "@acme/one"], 0]);
});
