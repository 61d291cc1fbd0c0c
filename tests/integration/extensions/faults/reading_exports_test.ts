import { deepEqual, equal, match } from "node:assert/strict";
import { type ExtensionKind, KIND_ROWS } from "../../../../src/domain/extensions/kinds.ts";
import { modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { CliRepository } from "./cli_repository.ts";

const LURES = `// type: "@acme/comment", name: "@acme/comment"
const schema = { type: "string", name: "@acme/earlier" };
const text = 'export const extension = { type: "@acme/text" }';
`;

/** Exports of each kind, whose name is `NAME`. */
const EXPORTS: Readonly<Record<Exclude<ExtensionKind, "extension">, string>> = {
  model: modelSource("x").replace('type: "x"', "type: NAME"),
  vault: provider("vault", "createProvider"),
  driver: provider("driver", "createDriver"),
  datastore: provider("datastore", "createProvider"),
  report: `export const report = { name: NAME, description: "Tells", scope: "method",
    execute: () => ({ markdown: "", json: {} }) };`,
};

function provider(kind: string, factory: string): string {
  return `export const ${kind} = { type: NAME, name: "N", description: "D", ${factory}: () => ({}) };`;
}

for (const { kind, folder } of KIND_ROWS) {
  if (kind === "extension") continue;
  Deno.test(`a ${kind} is called what it exports, whatever its text says before [B60 B63 W1 W2]`, async () => {
    using repository = new RepositoryFixture();
    repository.write(
      "a.ts",
      `${LURES}const NAME = ["@acme", "real"].join("/");${EXPORTS[kind]}`,
      folder,
    );
    for (const run of ["first", "second"]) {
      using opened = await repository.open();
      deepEqual(opened.store.types(kind).map(({ type }) => type), ["@acme/real"], run);
    }
  });
}

Deno.test("a model whose type is computed is listed in JSON mode, and can be used [B63 W2]", async () => {
  using repository = await CliRepository.create();
  repository.write(
    "a.ts",
    `const NAME = "@acme/" + "computed";${modelSource("x").replace('"x"', "NAME")}`,
  );
  for (const run of ["first", "second"]) {
    deepEqual(await repository.typesFound("computed"), ["@acme/computed"], run);
    const { type } = await repository.json(["model", "type", "describe", "@acme/computed"]);
    equal(type.normalized, "@acme/computed", run);
  }
});

const MODEL = modelSource("@acme/a");

/** Ways to write the same model. */
const FORMS: Readonly<Record<string, string>> = {
  "an extension that is only in a comment and in a text [B61]":
    `// export const extension = {};\n/* export const extension = 1 */\nconst text = "export const extension = {}";${MODEL}`,
  "a type annotation [B62]": `interface Model { type: string }
    ${
    MODEL.replace("export const model =", "export const model: Model & Record<string, unknown> =")
  }`,
  "satisfies": MODEL.replace(/};\n$/, "} satisfies Record<string, unknown>;"),
  "as const": MODEL.replace(/};\n$/, "} as const;"),
  "let": MODEL.replace("export const", "export let"),
  "an annotated export list": `${MODEL.replace("export const model", "const made")}
    export { made as model };`,
  "a re-export": `export * from "./_lib/model.ts";`,
  "a named re-export": `export { model } from "./_lib/model.ts";`,
  "an export after 64 KiB of text [B64]": `/*${"x".repeat(100_000)}*/${MODEL}`,
  "top-level await": `await Promise.resolve();${MODEL}`,
  "syntax that only TypeScript has": `enum Size { small = "s/" }
    abstract class Base<T> { declare size: T; abstract get(): T }
    const half = <T,>(value: T) => (value as unknown as number)! / 2;
    declare const extension: number;
    export type { Base };
    const quote = /["'\`]/; void [Size, half<number>(4), quote];
    ${MODEL}`,
};
for (const [form, source] of Object.entries(FORMS)) {
  const [, what, id = ""] = /^(.*?)( \[.*\])?$/.exec(form)!;
  Deno.test(`a model is recognised with ${what}${id}`, async () => {
    using repository = new RepositoryFixture();
    repository.write("_lib/model.ts", MODEL);
    repository.write("a.ts", source);
    for (const run of ["first", "second"]) {
      using opened = await repository.open();
      deepEqual([opened.types, opened.broken], [["@acme/a"], {}], run);
    }
  });
}

Deno.test("sources are found whatever characters their names have", async () => {
  using repository = new RepositoryFixture();
  const names = [
    "sp ace",
    "uni ü",
    "ha#sh",
    "per%cent",
    "al%20ready",
    "qu?est",
    "br[ack]et",
    "b{ra}ce",
    "quo'te\"",
    "back`tick",
    "plus+and&",
    "at@x",
    "co:lon",
    "dot.dot",
    "_first",
    "a/b/c/deep",
    "sp ace/in ü folder",
  ];
  names.forEach((name, index) => repository.write(`${name}.ts`, modelSource(`@acme/n${index}`)));
  const types = await repository.modelTypes();
  deepEqual(types.failures(), []);
  for (const index of names.keys()) {
    equal((await types.resolve(`@acme/n${index}`)).type, `@acme/n${index}`, names[index]);
  }
});

Deno.test("a name that the bundler cannot take is told and stops no other", async () => {
  using repository = new RepositoryFixture();
  repository.write("st*ar.ts", modelSource("@acme/star"));
  repository.write("a.ts", modelSource("@acme/a"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/a"]);
  match(opened.broken["extensions/models/st*ar.ts"] ?? "", /st\*ar\.ts/);
});

Deno.test("an inconsistent chain of upgrades is told when the source is read [B68]", async () => {
  using repository = new RepositoryFixture();
  const upgrade = (toVersion: string) =>
    `{ toVersion: "${toVersion}", description: "Next", upgradeAttributes: (old) => old }`;
  const withUpgrades = (type: string, ...versions: string[]) =>
    modelSource(type, `\n  upgrades: [${versions.map(upgrade).join()}],`);
  repository.write("short.ts", withUpgrades("@acme/short", "2026.01.01.1"));
  repository.write("mixed.ts", withUpgrades("@acme/mixed", "2026.01.02.1", "2026.01.01.1"));
  repository.write("good.ts", withUpgrades("@acme/good", "2026.01.01.1", "2026.01.02.1"));
  for (const run of ["first", "second"]) {
    using opened = await repository.open();
    deepEqual(opened.types, ["@acme/good"], run);
    match(opened.broken["extensions/models/short.ts"] ?? "", /does not match model version/, run);
    match(opened.broken["extensions/models/mixed.ts"] ?? "", /not in chronological order/, run);
  }
});

Deno.test("declarations and JSON beside sources never become types [W1]", async () => {
  using repository = new RepositoryFixture();
  repository.write("types.d.ts", `export const model = { type: "@acme/declared" };`);
  repository.write("data.json", `{ "name": "@acme/a" }`);
  repository.write(
    "a.ts",
    `import data from "./data.json" with { type: "json" };${
      modelSource("x").replace('"x"', "data.name")
    }`,
  );
  for (const run of ["first", "second"]) {
    using opened = await repository.open();
    deepEqual(opened.types, ["@acme/a"], run);
  }
});
