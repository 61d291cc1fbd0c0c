import { deepEqual, equal, match, ok } from "node:assert/strict";
import { modelSource, RepositoryFixture } from "./repository_fixture.ts";

async function indexed(): Promise<RepositoryFixture> {
  const repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("b.ts", modelSource("@acme/b"));
  (await repository.open()).store.close();
  return repository;
}

const CATALOG = [".swamp", "_extension_catalog.db"] as const;

Deno.test("a deleted catalog is made again without building anything", async () => {
  using repository = await indexed();
  Deno.removeSync(repository.path(...CATALOG));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/a", "@acme/b"]);
  equal(opened.built, 0);
  deepEqual(opened.warnings, []);
});

for (
  const [damage, spoil] of Object.entries({
    "holds garbage": (path: string) => Deno.writeTextFileSync(path, "not a database at all"),
    "is cut in half": (path: string) => Deno.truncateSync(path, Deno.statSync(path).size / 2),
    "lost its first page": (path: string) => {
      using file = Deno.openSync(path, { write: true });
      file.writeSync(new Uint8Array(8192).fill(7));
    },
  })
) {
  Deno.test(`a catalog that ${damage} is set aside with one warning and made again [B44 W12]`, async () => {
    using repository = await indexed();
    spoil(repository.path(...CATALOG));
    using opened = await repository.open();
    deepEqual(opened.types, ["@acme/a", "@acme/b"]);
    equal(opened.built, 0);
    equal(opened.warnings.length, 1);
    match(opened.warnings[0] ?? "", /catalog could not be read .* made again/);
    const kept = [...Deno.readDirSync(repository.path(".swamp"))].map(({ name }) => name);
    ok(kept.some((name) => name.startsWith("_extension_catalog.db.bad-")));
  });
}

Deno.test("an empty catalog file is made again", async () => {
  using repository = await indexed();
  Deno.writeTextFileSync(repository.path(...CATALOG), "");
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/a", "@acme/b"]);
});

Deno.test("a folder in the catalog's place is set aside", async () => {
  using repository = await indexed();
  Deno.removeSync(repository.path(...CATALOG));
  Deno.mkdirSync(repository.path(...CATALOG));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/a", "@acme/b"]);
});

Deno.test("bundles that are gone are built again", async () => {
  using repository = await indexed();
  Deno.removeSync(repository.path(".swamp", "bundles"), { recursive: true });
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/a", "@acme/b"]);
  equal(opened.built, 2);
});

Deno.test("what a killed build left behind is removed by the next build", async () => {
  using repository = await indexed();
  const leftover = repository.path(".swamp", "bundles", ".new-dead");
  Deno.mkdirSync(leftover);
  Deno.writeTextFileSync(`${leftover}/x.js`, "half");
  repository.write("c.ts", modelSource("@acme/c"));
  (await repository.open()).store.close();
  const names = [...Deno.readDirSync(repository.path(".swamp", "bundles"))].map(({ name }) => name);
  ok(!names.includes(".new-dead"), names.join());
});

Deno.test("a look at an unchanged repository writes nothing", async () => {
  using repository = await indexed();
  // Files of the last second are looked at again once; after that the catalog is settled.
  await new Promise((resolve) => setTimeout(resolve, 2200));
  (await repository.open()).store.close();
  const before = Deno.statSync(repository.path(...CATALOG)).mtime?.getTime();
  (await repository.open()).store.close();
  equal(Deno.statSync(repository.path(...CATALOG)).mtime?.getTime(), before);
});
