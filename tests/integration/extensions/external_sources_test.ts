import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "@std/path";
import { modelSource, RepositoryFixture } from "./repository_fixture.ts";

/** A folder with two packs, `one` and `two`, each with a model in one of the two layouts. */
class Packs implements Disposable {
  readonly root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-packs-" }));

  constructor() {
    this.write("one/models/a.ts", modelSource("@acme/one"));
    this.write("two/extensions/models/a.ts", modelSource("@acme/two"));
  }

  write(path: string, text: string): void {
    const absolute = join(this.root, path);
    Deno.mkdirSync(join(absolute, ".."), { recursive: true });
    Deno.writeTextFileSync(absolute, text);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }
}

Deno.test("folders outside the repository are sources, in either layout", async () => {
  using repository = new RepositoryFixture();
  using packs = new Packs();
  repository.extensionSources = [join(packs.root, "one"), join(packs.root, "two")];
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/one", "@acme/two"]);
});

Deno.test("a pattern names every folder that fits, also one that comes later", async () => {
  using repository = new RepositoryFixture();
  using packs = new Packs();
  repository.extensionSources = [join(packs.root, "*")];
  (await repository.open()).store.close();
  packs.write("three/models/a.ts", modelSource("@acme/three"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/one", "@acme/three", "@acme/two"]);
  equal(opened.built, 1);
});

Deno.test("a relative source starts at the repository", async () => {
  using repository = new RepositoryFixture();
  repository.extensionSources = ["packs/*"];
  Deno.mkdirSync(repository.path("packs/p/models"), { recursive: true });
  Deno.writeTextFileSync(repository.path("packs/p/models/a.ts"), modelSource("@acme/near"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/near"]);
});

Deno.test("the repository's own source wins over one from elsewhere, and that is told", async () => {
  using repository = new RepositoryFixture();
  using packs = new Packs();
  repository.extensionSources = [join(packs.root, "one")];
  repository.write("zzz.ts", modelSource("@acme/one"));
  using opened = await repository.open();
  equal(
    opened.store.activeTypes("model", "@acme/one")[0]?.sourcePath,
    "extensions/models/zzz.ts",
  );
  match(opened.store.problems()[0]?.message ?? "", /already registered by extensions\/models\/zzz/);
});

Deno.test("a source that is removed from the settings takes its types with it", async () => {
  using repository = new RepositoryFixture();
  using packs = new Packs();
  repository.extensionSources = [join(packs.root, "*")];
  (await repository.open()).store.close();
  repository.extensionSources = [join(packs.root, "two")];
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/two"]);
  equal(opened.built, 0);
});

Deno.test("a source that does not exist is one warning and stops nothing", async () => {
  using repository = new RepositoryFixture();
  repository.extensionSources = ["/nowhere/at/all"];
  repository.write("a.ts", modelSource("@acme/a"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/a"]);
  equal(opened.warnings.length, 1);
  match(opened.warnings[0] ?? "", /\/nowhere\/at\/all does not exist/);
});

Deno.test("two files of one relative name in different sources keep their own code [B20 W8]", async () => {
  using repository = new RepositoryFixture();
  using packs = new Packs();
  repository.extensionSources = [join(packs.root, "*")];
  const types = await repository.modelTypes();
  equal((await types.resolve("@acme/one")).type, "@acme/one");
  equal((await types.resolve("@acme/two")).type, "@acme/two");
});
