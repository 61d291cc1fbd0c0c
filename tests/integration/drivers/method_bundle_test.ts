import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { UserError } from "../../../src/domain/errors.ts";
import { bundleMethods } from "../../../src/infrastructure/drivers/method_bundle.ts";
import { install, packageFiles, shippedBundle } from "../extensions/package_folder.ts";
import {
  extensionSource,
  modelSource,
  RepositoryFixture,
} from "../extensions/repository_fixture.ts";

/** As much of the exported model as the tests look at. */
interface Exported {
  readonly type: string;
  readonly methods: Readonly<Record<string, { readonly description: string }>>;
  readonly globalArguments?: { parse(value: unknown): unknown };
}

const bundle = ({ root }: RepositoryFixture, type: string) =>
  bundleMethods(type, {
    repository: { root, settings: { all: {} } },
    variable: () => undefined,
    ...{ warn: () => {}, notice: () => {}, trace: () => {} },
  });

/** What a bundle exports, in a process of its own that has no more than the bundle. */
async function load(repository: RepositoryFixture, type: string): Promise<Exported> {
  const text = new TextDecoder().decode(await bundle(repository, type));
  const url = `data:text/javascript,${encodeURIComponent(text)}`;
  return (await import(url)).model;
}

Deno.test("the bundle of a type has zod and its helpers in it", async () => {
  using repository = new RepositoryFixture();
  repository.write("_lib/name.ts", `export const NAME = "@acme/a";`);
  repository.write(
    "a.ts",
    `import { NAME } from "./_lib/name.ts";\n${modelSource("x").replace('"x"', "NAME")}`,
  );
  const model = await load(repository, "@acme/a");
  equal(model.type, "@acme/a");
  deepEqual(model.globalArguments?.parse({ region: "eu" }), { region: "eu", size: 3 });
});

Deno.test("methods of extensions are in it; who comes first owns a name", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("b.ts", extensionSource("@acme/a", "added"));
  repository.write("c.ts", extensionSource("@acme/a", "added").replace('"Added"', '"Too late"'));
  repository.write("d.ts", extensionSource("@acme/a", "get"));
  const { methods } = await load(repository, "@acme/a");
  deepEqual(
    Object.entries(methods).map(([name, { description }]) => [name, description]).sort(),
    [["added", "Added"], ["get", "Reads it"]],
  );
});

Deno.test("of a built-in type there is what extensions add to it", async () => {
  using repository = new RepositoryFixture();
  repository.write("b.ts", extensionSource("command/shell", "added"));
  const { methods } = await load(repository, "command/shell");
  deepEqual(Object.keys(methods), ["added"]);
});

Deno.test("sources of several projects are resolved by their own configuration", async () => {
  using repository = new RepositoryFixture();
  for (const [folder, zod] of [["one", "zod"], ["two", "zod"]]) {
    repository.write(`${folder}/deno.json`, `{ "imports": { "${zod}": "npm:zod@4.3.6" } }`);
    repository.write(`${folder}/_lib/kind.ts`, `export const KIND = "${folder}";`);
  }
  repository.write("one/a.ts", modelSource("@acme/a").replace("npm:zod@4.3.6", "zod"));
  repository.write(
    "two/b.ts",
    `import { KIND } from "./_lib/kind.ts";\n` +
      extensionSource("@acme/a", "added").replace("npm:zod@4.3.6", "zod")
        .replace('"Added"', "KIND"),
  );
  const { methods } = await load(repository, "@acme/a");
  equal(methods.added?.description, "two");
});

Deno.test("a default export is a model like any other", async () => {
  using repository = new RepositoryFixture();
  repository.write(
    "a.ts",
    modelSource("@acme/a").replace("export const model =", "export default"),
  );
  equal((await load(repository, "@acme/a")).type, "@acme/a");
});

Deno.test("a bundle that a package ships is used instead of its source", async () => {
  using repository = new RepositoryFixture();
  const files = packageFiles("@acme/pack", "@acme/from-source");
  await install(repository, { ...files, "bundles/one.js": shippedBundle("@acme/from-bundle") });
  const model = await load(repository, "@acme/from-bundle");
  equal(model.type, "@acme/from-bundle");
  deepEqual(model.globalArguments?.parse({ region: "eu" }), { region: "eu", size: 3 });
});

Deno.test("what cannot be bundled any more is told", async () => {
  using repository = new RepositoryFixture();
  const path = repository.write("a.ts", modelSource("@acme/a"));
  (await repository.open()).store.close();
  // The type can still be found because the file is broken only after the catalog was looked at.
  const trace = (phase: string) => {
    if (phase === "freshness") Deno.writeTextFileSync(path, "export const model = {");
  };
  await rejects(
    bundleMethods("@acme/a", {
      repository: { root: repository.root, settings: { all: {} } },
      variable: () => undefined,
      ...{ warn: () => {}, notice: () => {}, trace },
    }),
    (error) => {
      match((error as UserError).message, /^The code of type '@acme\/a' cannot be bundled/);
      return error instanceof UserError && error.code === "cannot_bundle";
    },
  );
});
