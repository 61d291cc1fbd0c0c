import { deepEqual, equal, match } from "node:assert/strict";
import { modelSource, RepositoryFixture } from "./repository_fixture.ts";

const FILE = "extensions/models/bad.ts";

/** Each defect, and what its error must say. */
const DEFECTS: Readonly<Record<string, { source: string; error: RegExp }>> = {
  "a syntax error": { source: "export const model = {", error: /SyntaxError|Expression expected/ },
  "a missing local import": {
    source: `import "./nowhere.ts"; ${modelSource("@acme/bad")}`,
    error: /Module not found .*nowhere\.ts/,
  },
  "an import that the other file does not export": {
    source: `import { nothing } from "./good.ts"; ${modelSource("@acme/bad")}; nothing();`,
    error: /No matching export .* "nothing"/,
  },
  "a bare specifier that nothing maps": {
    source: `import x from "nowhere"; ${modelSource("@acme/bad")}; x();`,
    error: /"nowhere" not a dependency/,
  },
  "a wrong version": {
    source: modelSource("@acme/bad").replace("2026.01.02.1", "1.0"),
    error: /^Missing or invalid 'version' field\. Use CalVer/,
  },
  "no methods": {
    source: modelSource("@acme/bad").replace("methods:", "methodes:"),
    error: /^Missing required 'methods' field/,
  },
  "no type": {
    source: modelSource("@acme/bad").replace('type: "@acme/bad",', ""),
    error: /^Missing required 'type' field/,
  },
  "a type of one segment": {
    source: modelSource("single"),
    error: /must have at least 2 segments/,
  },
  "a throw at import": {
    source: `throw new Error("boom at import"); ${modelSource("@acme/bad")}`,
    error: /boom at import/,
  },
  "an endless loop at import": {
    source: `while (true) {} ${modelSource("@acme/bad")}`,
    error: /did not finish importing/,
  },
  "a promise that never settles at import": {
    source: `await new Promise(() => setInterval(() => {}, 1000)); ${modelSource("@acme/bad")}`,
    error: /did not finish importing/,
  },
  "an exit at import": {
    source: `Deno.exit(3); ${modelSource("@acme/bad")}`,
    error: /ended the process .*exit code 3/,
  },
  "reading a file at import": {
    source: `Deno.readTextFileSync("/etc/hostname"); ${modelSource("@acme/bad")}`,
    error: /read access|NotCapable|Requires/,
  },
  "starting a process at import": {
    source: `new Deno.Command("true").outputSync(); ${modelSource("@acme/bad")}`,
    error: /run access|NotCapable|Requires/,
  },
};

for (const [defect, { source, error }] of Object.entries(DEFECTS)) {
  Deno.test(`${defect} is told with its file and stops no other type [B26 W4]`, async () => {
    using repository = new RepositoryFixture();
    repository.write("bad.ts", source);
    repository.write("good.ts", modelSource("@acme/good"));
    using first = await repository.open({ importLimit: 1500 });
    deepEqual(first.types, ["@acme/good"]);
    match(first.broken[FILE] ?? "", error);

    using second = await repository.open({ importLimit: 1500 });
    deepEqual(second.phases, ["freshness"], "a broken source is not built again");
    equal(second.broken[FILE], first.broken[FILE]);
  });
}

Deno.test("a broken source that is mended is listed", async () => {
  using repository = new RepositoryFixture();
  repository.write("bad.ts", "export const model = {");
  (await repository.open()).store.close();
  repository.write("bad.ts", modelSource("@acme/bad"));
  using opened = await repository.open({ onlyType: "@acme/bad" });
  deepEqual(opened.types, ["@acme/bad"]);
  deepEqual(opened.broken, {});
});

Deno.test("a source that breaks after it worked serves no old code", async () => {
  using repository = new RepositoryFixture();
  repository.write("bad.ts", modelSource("@acme/bad"));
  (await repository.open()).store.close();
  repository.write("bad.ts", modelSource("@acme/bad") + "export const = 1;");
  using opened = await repository.open();
  deepEqual(opened.types, []);
  match(opened.broken[FILE] ?? "", /SyntaxError|xpected/);
  equal(opened.store.brokenSources()[0]?.claims, "@acme/bad");
});

Deno.test("a missing helper that appears later mends its importer", async () => {
  using repository = new RepositoryFixture();
  repository.write("bad.ts", `import "./_lib/later.ts"; ${modelSource("@acme/bad")}`);
  (await repository.open()).store.close();
  repository.write("_lib/later.ts", "export {};");
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/bad"]);
});

Deno.test("what an extension prints at import is not taken for an answer [W15]", async () => {
  using repository = new RepositoryFixture();
  repository.write(
    "noisy.ts",
    `console.log('{"finished":0}'); Deno.stdout.writeSync(new TextEncoder().encode("x".repeat(70000)));` +
      modelSource("@acme/noisy"),
  );
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/noisy"]);
});

Deno.test("the environment is invisible while a source is indexed", async () => {
  using repository = new RepositoryFixture();
  repository.write(
    "env.ts",
    modelSource("x").replace(
      '"x"',
      '"@acme/" + (Deno.env.get("HOME") === undefined ? "blind" : "sees")',
    ),
  );
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/blind"]);
});
