import { deepEqual, equal, match, ok } from "node:assert/strict";
import { extensionSource, modelSource, RepositoryFixture } from "./repository_fixture.ts";

Deno.test("a source becomes a type, and the second look builds nothing", async () => {
  using repository = new RepositoryFixture();
  repository.write("widget.ts", modelSource("@Acme::Widget"));
  using first = await repository.open();
  deepEqual(first.types, ["@acme/widget"]);
  equal(first.built, 1);
  using second = await repository.open();
  deepEqual(second.types, ["@acme/widget"]);
  deepEqual(second.phases, ["freshness"]);
});

Deno.test("the type comes from the evaluated export, never from the text", async () => {
  using repository = new RepositoryFixture();
  repository.write(
    "tricky.ts",
    `// type: "@acme/wrong"\nconst NAME = "@acme/" + "right"; export const unused = { type: "string" };\n` +
      modelSource("x").replace('type: "x"', "type: NAME"),
  );
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/right"]);
});

Deno.test("helpers, tests, types and hidden files are no sources", async () => {
  using repository = new RepositoryFixture();
  repository.write("_lib/model.ts", modelSource("@acme/lib"));
  repository.write("node_modules/p/n.ts", modelSource("@acme/npm"));
  repository.write(".hidden.ts", modelSource("@acme/hidden"));
  repository.write("w_test.ts", modelSource("@acme/test"));
  repository.write("w.test.ts", modelSource("@acme/test2"));
  repository.write("w.d.ts", "export const model: unknown;");
  repository.write("helper.ts", "export const format = (text: string) => text;");
  using opened = await repository.open();
  deepEqual(opened.types, []);
  deepEqual(opened.broken, {});
});

Deno.test("a default export and an export list count like an exported const", async () => {
  using repository = new RepositoryFixture();
  repository.write(
    "list.ts",
    `${modelSource("@acme/list").replace("export ", "")}export { model };`,
  );
  repository.write(
    "default.ts",
    `${modelSource("@acme/default").replace("export ", "")}export default model;`,
  );
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/default", "@acme/list"]);
});

Deno.test("touching a file rebuilds nothing", async () => {
  using repository = new RepositoryFixture();
  const path = repository.write("widget.ts", modelSource("@acme/widget"));
  (await repository.open()).store.close();
  Deno.utimeSync(path, new Date(), new Date());
  using opened = await repository.open();
  equal(opened.built, 0);
});

Deno.test("an edit that keeps size and modification time is noticed [W6]", async () => {
  using repository = new RepositoryFixture();
  const path = repository.write("widget.ts", modelSource("@acme/widget"));
  const { mtime } = Deno.statSync(path);
  (await repository.open()).store.close();
  repository.write("widget.ts", modelSource("@acme/gadget"));
  Deno.utimeSync(path, mtime!, mtime!);
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/gadget"]);
});

Deno.test("one edited source is built alone", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("b.ts", modelSource("@acme/b"));
  (await repository.open()).store.close();
  repository.write("b.ts", modelSource("@acme/b2"));
  using opened = await repository.open();
  equal(opened.built, 1);
  deepEqual(opened.types, ["@acme/a", "@acme/b2"]);
});

Deno.test("an edited helper rebuilds what imports it, through other helpers as well [W5]", async () => {
  using repository = new RepositoryFixture();
  repository.write("_lib/deep.ts", `export const NAME = "@acme/one";`);
  repository.write("_lib/near.ts", `export { NAME } from "./deep.ts";`);
  repository.write(
    "a.ts",
    `import { NAME } from "./_lib/near.ts";\n${modelSource("x").replace('"x"', "NAME")}`,
  );
  repository.write("b.ts", modelSource("@acme/b"));
  (await repository.open()).store.close();
  repository.write("_lib/deep.ts", `export const NAME = "@acme/two";`);
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/b", "@acme/two"]);
  equal(opened.built, 1);
});

Deno.test("a deleted source takes its type with it", async () => {
  using repository = new RepositoryFixture();
  const path = repository.write("a.ts", modelSource("@acme/a"));
  repository.write("b.ts", modelSource("@acme/b"));
  (await repository.open()).store.close();
  Deno.removeSync(path);
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/b"]);
  equal(opened.built, 0);
});

Deno.test("a file that exports a model and an extension contributes both [W3]", async () => {
  using repository = new RepositoryFixture();
  repository.write(
    "both.ts",
    modelSource("@acme/both") +
      extensionSource("command/shell", "fromBoth").replace(/^import.*\n/, ""),
  );
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/both"]);
  deepEqual(opened.store.activeTypes("extension", "command/shell").map((row) => row.sourcePath), [
    "extensions/models/both.ts",
  ]);
});

Deno.test("of two claims on one type the first path wins, and the other is reported", async () => {
  using repository = new RepositoryFixture();
  repository.write("b.ts", modelSource("@acme/same"));
  repository.write("a.ts", modelSource("@acme/same"));
  using opened = await repository.open();
  equal(opened.store.activeTypes("model", "@acme/same")[0]?.sourcePath, "extensions/models/a.ts");
  const [problem] = opened.store.problems();
  equal(problem?.source, "extensions/models/b.ts");
  match(problem?.message ?? "", /'@acme\/same' already registered by extensions\/models\/a\.ts/);
});

Deno.test("an extension of a type that does not exist is reported", async () => {
  using repository = new RepositoryFixture();
  repository.write("lost.ts", extensionSource("@acme/none", "extra"));
  using opened = await repository.open();
  deepEqual(opened.store.problems().map(({ message }) => message), [
    "Cannot extend unregistered model type: @acme/none",
  ]);
});

Deno.test("a repository that is moved needs nothing built", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  (await repository.open()).store.close();
  using moved = new RepositoryFixture();
  Deno.renameSync(repository.path("extensions"), moved.path("extensions"));
  Deno.renameSync(repository.path(".swamp"), moved.path(".swamp"));
  using opened = await moved.open();
  deepEqual(opened.types, ["@acme/a"]);
  equal(opened.built, 0);
});

Deno.test("many single edits do not pile up batches", async () => {
  using repository = new RepositoryFixture();
  for (let index = 0; index < 12; index++) {
    repository.write(`s${index}.ts`, modelSource(`@acme/s${index}`));
    (await repository.open()).store.close();
  }
  using opened = await repository.open();
  equal(opened.types.length, 12);
  ok(opened.store.batches().length <= 10, String(opened.store.batches().length));
});
