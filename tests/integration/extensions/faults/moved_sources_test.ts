import { deepEqual, equal, ok } from "node:assert/strict";
import { dirname } from "@std/path";
import { modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { namedElsewhere } from "./named_elsewhere.ts";
import { openInProcess } from "./opening_process.ts";

const MOVES: Readonly<Record<string, readonly [from: string, to: string]>> = {
  "renamed": ["a.ts", "b.ts"],
  "renamed to another case": ["a.ts", "A.ts"],
  "moved into a folder": ["a.ts", "sub/deep/a.ts"],
  "moved out of a folder": ["sub/a.ts", "a.ts"],
};
for (const [what, [from, to]] of Object.entries(MOVES)) {
  Deno.test(`a source that is ${what} keeps its type and leaves no second one [B37]`, async () => {
    using repository = new RepositoryFixture();
    repository.write(from, modelSource("@acme/a"));
    repository.write("other.ts", modelSource("@acme/other"));
    (await repository.open()).store.close();
    const target = repository.path("extensions/models", to);
    Deno.mkdirSync(dirname(target), { recursive: true });
    Deno.renameSync(repository.path("extensions/models", from), target);
    using opened = await repository.open();
    deepEqual(opened.types, ["@acme/a", "@acme/other"]);
    equal(opened.store.activeTypes("model", "@acme/a")[0]?.sourcePath, `extensions/models/${to}`);
    deepEqual(opened.store.problems(), []);
    equal(opened.built, 1);
  });
}

Deno.test("sources behind a symlinked folder are built once, and edits behind it take effect [B21]", async () => {
  using repository = new RepositoryFixture();
  repository.write("../../lib/shared/h.ts", `export const NAME = "@acme/one";`);
  repository.write("../../lib/pack/a.ts", namedElsewhere(`import { NAME } from "../shared/h.ts";`));
  repository.write("other.ts", modelSource("@acme/other"));
  const link = repository.path("extensions/models/pack");
  Deno.symlinkSync(repository.path("lib/pack"), link);
  (await repository.open()).store.close();
  using again = await repository.open();
  deepEqual([again.types, again.built], [["@acme/one", "@acme/other"], 0]);
  repository.write("../../lib/shared/h.ts", `export const NAME = "@acme/two";`);
  using edited = await repository.open();
  deepEqual(edited.types, ["@acme/other", "@acme/two"]);
});

Deno.test("a symlink that leads to another folder brings that folder's types [B21]", async () => {
  using repository = new RepositoryFixture();
  repository.write("../../lib/one/a.ts", modelSource("@acme/one"));
  repository.write("../../lib/two/a.ts", modelSource("@acme/two"));
  repository.write("other.ts", modelSource("@acme/other"));
  const link = repository.path("extensions/models/pack");
  Deno.symlinkSync(repository.path("lib/one"), link);
  (await repository.open()).store.close();
  Deno.removeSync(link);
  Deno.symlinkSync(repository.path("lib/two"), link);
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/other", "@acme/two"]);
});

Deno.test("symlinks that lead in circles are followed once [B25]", async () => {
  using repository = new RepositoryFixture();
  repository.write("sub/a.ts", modelSource("@acme/a"));
  Deno.symlinkSync(repository.path("extensions"), repository.path("extensions/models/sub/loop"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/a"]);
});

Deno.test("a repository that is used at two places in turn is built once [B47 W16]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("_lib/h.ts", "");
  repository.write("b.ts", `import "./_lib/h.ts";${modelSource("@acme/b")}`);
  (await repository.open()).store.close();
  using elsewhere = new RepositoryFixture();
  const link = elsewhere.path("mounted");
  Deno.symlinkSync(repository.root, link);
  for (const root of [link, repository.root, link, repository.root]) {
    const { types, built } = await openInProcess(root);
    deepEqual([types, built], [["@acme/a", "@acme/b"], 0], root);
  }
});

Deno.test("sources of a repository behind a symlink are built with those from elsewhere [B47]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  using outside = new RepositoryFixture();
  outside.write("p.ts", modelSource("@acme/pack"));
  const link = outside.path("mounted");
  Deno.symlinkSync(repository.root, link);
  const mounted = new RepositoryFixture(link);
  mounted.extensionSources = [outside.root];
  using opened = await mounted.open();
  deepEqual([opened.types, opened.broken], [["@acme/a", "@acme/pack"], {}]);
});

Deno.test("a copy of a repository goes its own way [B47 W16]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  (await repository.open()).store.close();
  using copy = new RepositoryFixture();
  const copied = await new Deno.Command("cp", { args: ["-r", `${repository.root}/.`, copy.root] })
    .output();
  ok(copied.success);
  copy.write("a.ts", modelSource("@acme/copy"));
  using original = await repository.open();
  deepEqual([original.types, original.built], [["@acme/a"], 0]);
  using opened = await copy.open();
  deepEqual(opened.types, ["@acme/copy"]);
  equal((await (await copy.modelTypes()).resolve("@acme/copy")).type, "@acme/copy");
});
