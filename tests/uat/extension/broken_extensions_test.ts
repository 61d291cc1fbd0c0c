import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { define } from "../definitions.ts";
import { modelSource } from "../extension_sources.ts";
import { Repository, type Run } from "../swamp.ts";

/** What makes a source of the type `@acme/bad` unusable, and what must be said of it. */
const DEFECTS: Readonly<Record<string, { source: string; says: RegExp }>> = {
  "a syntax error": {
    source: `${modelSource("@acme/bad")}export const = 1;`,
    says: /SyntaxError|xpected/,
  },
  "a missing import": {
    source: `import "./nowhere.ts";${modelSource("@acme/bad")}`,
    says: /Module not found .*nowhere\.ts/,
  },
  "a wrong version": {
    source: modelSource("@acme/bad").replace("2026.01.02.1", "1.0"),
    says: /Missing or invalid 'version' field/,
  },
  "a throw at import": {
    source: `${modelSource("@acme/bad")}throw new Error("boom at import");`,
    says: /boom at import/,
  },
  "an endless loop at import": {
    source: `${modelSource("@acme/bad")}while (true) {}`,
    says: /did not finish importing/,
  },
  "an exit at import": { source: `${modelSource("@acme/bad")}Deno.exit(3);`, says: /exit code 3/ },
};

const ENV = { SWAMP_IMPORT_LIMIT: "2000" };

function warningLines({ stderr }: Run): string[] {
  return stderr.split("\n").filter((line) => line.includes("extensions/models/bad.ts"));
}

for (const [defect, { source, says }] of Object.entries(DEFECTS)) {
  Deno.test(`${defect} is one warning in every command and mode, and other types work`, async () => {
    using repository = await Repository.create();
    repository.write("extensions/models/bad.ts", source);
    repository.write("extensions/models/good.ts", modelSource("@acme/good"));
    for (const run of ["first", "second"]) {
      const search = await repository.run(["model", "type", "search", "@acme", "--json"], {
        env: ENV,
      });
      equal(search.code, 0, run);
      deepEqual(search.json.results, [{ raw: "@acme/good", normalized: "@acme/good" }], run);
      equal(warningLines(search).length, 1, run);
      match(warningLines(search)[0]!, says);
    }
    const healthy = await repository.run(["model", "type", "describe", "@acme/good"], { env: ENV });
    equal(healthy.code, 0);
    equal(warningLines(healthy).length, 1);
  });

  Deno.test(`a command that needs the type names the file with ${defect}`, async () => {
    using repository = await Repository.create();
    repository.write("extensions/models/bad.ts", source);
    for (const args of [["type", "describe", "@acme/bad"], ["create", "@acme/bad", "x"]]) {
      const { code, json } = await repository.run(["model", ...args, "--json"], { env: ENV });
      equal(code, 1);
      match(json.error, /extensions\/models\/bad\.ts/);
      match(json.error, says);
      ok(!("stack" in json));
    }
  });

  Deno.test(`what a type with ${defect} stops tells it once`, async () => {
    using repository = await Repository.create();
    repository.write("extensions/models/bad.ts", source);
    define(repository, "@acme/bad", "x");
    for (const args of [["method", "run", "x", "sync"], ["validate", "x"], ["get", "x"]]) {
      const { stderr, json } = await repository.run(["model", ...args, "--json"], { env: ENV });
      match(json.error ?? json.typeError, /extensions\/models\/bad\.ts/);
      doesNotMatch(stderr, /^warning:/m, args.join(" "));
    }
  });
}

Deno.test("commands that need no types say nothing of broken sources", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/bad.ts", "export const model = {");
  for (const args of [["version"], ["model", "search"], ["help"]]) {
    const { code, stderr } = await repository.run(args);
    equal(code, 0);
    equal(stderr, "");
  }
});

Deno.test("what a source prints at import never reaches stdout in JSON mode", async () => {
  using repository = await Repository.create();
  repository.write(
    "extensions/models/noisy.ts",
    `console.log("noise on stdout");${modelSource("@acme/noisy")}`,
  );
  const search = await repository.run(["model", "type", "search", "noisy", "--json"]);
  equal(search.json.results.length, 1);
  const created = await repository.run([
    "model",
    "create",
    "@acme/noisy",
    "n",
    "--global-arg",
    "region=eu",
    "--json",
  ]);
  equal(created.json.name, "n");
});
