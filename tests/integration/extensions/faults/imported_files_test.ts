import { deepEqual, equal, match } from "node:assert/strict";
import { dirname, join } from "@std/path";
import { modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { namedElsewhere } from "./named_elsewhere.ts";

const HELPERS: Readonly<Record<string, { imports: string; helper: string; text?: string }>> = {
  "imported for its side effect": {
    imports: `import "./_lib/h.ts"; const NAME = globalThis.NAME_OF_H;`,
    helper: "_lib/h.ts",
    text: "globalThis.NAME_OF_H = ",
  },
  "outside the source folder": {
    imports: `import { NAME } from "../../lib/h.ts";`,
    helper: "../../lib/h.ts",
  },
  "outside the repository": {
    imports: `import { NAME } from "../../../outside/h.ts";`,
    helper: "../../../outside/h.ts",
  },
  "imported dynamically": {
    imports: `const { NAME } = await import("./_lib/h.ts");`,
    helper: "_lib/h.ts",
  },
  "re-exported by a source": { imports: `import { NAME } from "./via.ts";`, helper: "_lib/h.ts" },
  "without its ending": { imports: `import { NAME } from "./_lib/h";`, helper: "_lib/h.ts" },
  "named .js": { imports: `import { NAME } from "./_lib/h.js";`, helper: "_lib/h.ts" },
};
for (const [where, { imports, helper, text = "export const NAME = " }] of Object.entries(HELPERS)) {
  Deno.test(`edits of a helper file ${where} take effect [B21]`, async () => {
    using outer = new RepositoryFixture();
    Deno.mkdirSync(outer.path("repository"));
    const repository = new RepositoryFixture(outer.path("repository"));
    repository.write("via.ts", `export { NAME } from "./_lib/h.ts";`);
    repository.write("_lib/h.ts", "export {};");
    repository.write(helper, `${text}"@acme/one";`);
    repository.write("a.ts", namedElsewhere(imports));
    using first = await repository.open();
    deepEqual(first.types, ["@acme/one"]);
    repository.write(helper, `${text}"@acme/two";`);
    using second = await repository.open();
    deepEqual(second.types, ["@acme/two"]);
    using third = await repository.open();
    equal(third.built, 0);
  });
}

Deno.test("edits of imported data take effect [B21]", async () => {
  using repository = new RepositoryFixture();
  repository.write("data.json", `{ "name": "@acme/one" }`);
  repository.write(
    "a.ts",
    namedElsewhere(`import data from "./data.json" with { type: "json" }; const NAME = data.name;`),
  );
  (await repository.open()).store.close();
  repository.write("data.json", `{ "name": "@acme/two" }`);
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/two"]);
});

Deno.test("an edited import map takes effect [B21 B29]", async () => {
  using repository = new RepositoryFixture();
  repository.write("deno.json", `{ "importMap": "./maps/map.json" }`);
  repository.write("maps/map.json", `{ "imports": { "kind": "../_lib/one.ts" } }`);
  repository.write("_lib/one.ts", `export const NAME = "@acme/one";`);
  repository.write("_lib/two.ts", `export const NAME = "@acme/two";`);
  repository.write("a.ts", namedElsewhere(`import { NAME } from "kind";`));
  (await repository.open()).store.close();
  repository.write("maps/map.json", `{ "imports": { "kind": "../_lib/two.ts" } }`);
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/two"]);
});

const BROKEN_HELPERS: Readonly<Record<string, (repository: RepositoryFixture) => void>> = {
  "missing": () => {},
  "a symlink that leads nowhere": (repository) => {
    repository.write("_lib/x.ts", "");
    Deno.symlinkSync(repository.path("nowhere.ts"), repository.path("extensions/models/_lib/h.ts"));
  },
  "a folder": (repository) => void repository.write("_lib/h.ts/x.ts", ""),
  "broken": (repository) => void repository.write("_lib/h.ts", "export const = 1;"),
};
for (const [state, prepare] of Object.entries(BROKEN_HELPERS)) {
  Deno.test(`a helper that is ${state} is told, and not built again on every command [B25 B26]`, async () => {
    using repository = new RepositoryFixture();
    prepare(repository);
    repository.write("a.ts", `import "./_lib/h.ts";${modelSource("@acme/a")}`);
    repository.write("b.ts", modelSource("@acme/b"));
    (await repository.open()).store.close();
    using opened = await repository.open();
    deepEqual(opened.phases, ["freshness"]);
    deepEqual(opened.types, ["@acme/b"]);
    match(opened.broken["extensions/models/a.ts"] ?? "", /_lib\/h\.ts/);
  });
}

Deno.test("a helper without ending that appears later mends its importer [B25]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", namedElsewhere(`import { NAME } from "./_lib/late";`));
  (await repository.open()).store.close();
  repository.write("_lib/late.ts", `export const NAME = "@acme/late";`);
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/late"]);
});

Deno.test("a helper that is renamed in case only breaks its importer on systems that tell case [B21]", async () => {
  using repository = new RepositoryFixture();
  const path = repository.write("_lib/h.ts", `export const NAME = "@acme/a";`);
  repository.write("a.ts", namedElsewhere(`import { NAME } from "./_lib/h.ts";`));
  (await repository.open()).store.close();
  Deno.renameSync(path, join(dirname(path), "H.ts"));
  using opened = await repository.open();
  match(opened.broken["extensions/models/a.ts"] ?? "", /Module not found .*_lib\/h\.ts/);
});

Deno.test("an import that comes into a file while it is built is tracked [B21]", async () => {
  using repository = new RepositoryFixture();
  repository.write("_lib/h.ts", `export const NAME = "@acme/one";`);
  repository.write("a.ts", modelSource("@acme/none"));
  const edit = (phase: string) => {
    if (phase !== "module graph") return;
    repository.write("a.ts", namedElsewhere(`import { NAME } from "./_lib/h.ts";`));
  };
  (await repository.open({ onPhase: edit })).store.close();
  (await repository.open()).store.close();
  repository.write("_lib/h.ts", `export const NAME = "@acme/two";`);
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/two"]);
});
