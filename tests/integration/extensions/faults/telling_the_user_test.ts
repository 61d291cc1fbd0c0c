import { deepEqual, equal, match, ok } from "node:assert/strict";
import { modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { CliRepository, type CommandResult } from "./cli_repository.ts";

function warnings({ stderr }: CommandResult, file: string): string[] {
  return stderr.split("\n").filter((line) => line.includes(`extensions/models/${file}`));
}

const TYPE_COMMANDS: readonly (readonly string[])[] = [
  ["model", "type", "search"],
  ["model", "type", "describe", "@acme/good"],
  ["model", "create", "@acme/good", "made", "--global-arg", "region=eu"],
  ["model", "get", "made"],
  ["model", "validate", "made"],
  ["model", "method", "describe", "made", "get"],
  ["model", "method", "run", "made", "get", "--input", "id=1"],
];

for (const mode of ["--json", "--log"]) {
  Deno.test(`a broken source is one line on stderr in every command, with ${mode.slice(2)} output [B80]`, async (test) => {
    using repository = await CliRepository.create();
    repository.write(
      "bad.ts",
      `${modelSource("@acme/bad")}throw new Error("first\\nsecond line");`,
    );
    repository.write("good.ts", modelSource("@acme/good"));
    for (const args of TYPE_COMMANDS) {
      await test.step(args.join(" "), async () => {
        const flags = mode === "--json" ? [mode] : [];
        const result = await repository.run([...args, ...flags]);
        equal(result.code, 0, result.stderr);
        const [line, ...others] = warnings(result, "bad.ts");
        deepEqual(others, []);
        match(line ?? "", /Failed to load user model "extensions\/models\/bad\.ts": Error: first$/);
        if (mode === "--json") JSON.parse(result.stdout);
      });
    }
  });
}

Deno.test("a failure that may pass by itself is named as such [B30 B80]", async () => {
  using repository = await CliRepository.create();
  repository.write("bad.ts", `import "http://127.0.0.1:1/x.ts";${modelSource("@acme/bad")}`);
  const [line] = warnings(await repository.run(["model", "type", "search", "--json"]), "bad.ts");
  match(line ?? "", /127\.0\.0\.1:1\/x\.ts' failed\. \(temporary: the next command tries again\)$/);
});

Deno.test("a command that wants a type which may be there next time says so [B30]", async () => {
  using repository = await CliRepository.create();
  repository.write("bad.ts", `import "http://127.0.0.1:1/x.ts";${modelSource("@acme/bad")}`);
  const { code, stdout } = await repository.run(["model", "create", "@acme/bad", "x", "--json"]);
  equal(code, 1);
  const { error, transient } = JSON.parse(stdout);
  match(error, /could not be built this time\.\n.*127\.0\.0\.1:1[^]*\(temporary: the next command/);
  equal(transient, true);
});

Deno.test("a type that a local file claims is never looked for elsewhere [B81]", async (test) => {
  using repository = await CliRepository.create();
  repository.write("bad.ts", `${modelSource("@Acme::Bad.Thing")}throw new Error("boom");`);
  for (const type of ["@acme/bad/thing", "@Acme::Bad.Thing"]) {
    for (const args of [["type", "describe", type], ["create", type, "x"]]) {
      await test.step(args.join(" "), async () => {
        const { code, stdout } = await repository.run(["model", ...args, "--json"]);
        equal(code, 1);
        const document = JSON.parse(stdout);
        equal(document.code, "type_broken");
        match(document.error, /extensions\/models\/bad\.ts: Error: boom/);
        ok(!/extension (pull|search)/.test(document.error), document.error);
      });
    }
  }
});

/** Sources that claim `@acme/bad` and cannot be used, whatever else they mention before. */
const CLAIMS: Readonly<Record<string, { readonly works?: string; readonly broken: string }>> = {
  "after another literal": {
    broken: `const x = { type: "a/b" }; const y = { name: "@acme/else" };
      ${modelSource("@acme/bad")}throw new Error("boom");`,
  },
  "that is not literal, once it has worked": {
    works: `const TYPE = ["@acme", "bad"].join("/");
      ${modelSource("x").replace('"x"', "TYPE")}`,
    broken: `const TYPE = ["@acme", "bad"].join("/");
      ${modelSource("x").replace('"x"', "TYPE")}throw new Error("boom");`,
  },
  "that is gone from its text, since it has worked": {
    works: modelSource("@acme/bad"),
    broken: `throw new Error("boom"); export const model = 1;`,
  },
};
for (const [what, { works, broken }] of Object.entries(CLAIMS)) {
  Deno.test(`a broken source is named for a type ${what} [B81]`, async () => {
    using repository = await CliRepository.create();
    repository.write("other.ts", `${modelSource("@acme/else")}const x = { type: "@acme/bad" };`);
    if (works !== undefined) {
      repository.write("bad.ts", works);
      deepEqual(await repository.typesFound("@acme/bad"), ["@acme/bad"]);
    }
    for (const edit of ["", "// edited again\n"]) {
      repository.write("bad.ts", edit + broken);
      for (const command of [["type", "describe", "@acme/bad"], ["create", "@acme/bad", "x"]]) {
        const { code, stdout } = await repository.run(["model", ...command, "--json"]);
        const document = JSON.parse(stdout);
        deepEqual([code, document.code], [1, "type_broken"]);
        match(document.error, /extensions\/models\/bad\.ts: Error: boom/);
      }
    }
  });
}

Deno.test("of two broken sources the one that had the type is named [B81]", async () => {
  using repository = new RepositoryFixture();
  repository.write("z.ts", modelSource("@acme/bad"));
  await repository.modelTypes();
  const mention = `const other = { type: "@acme/bad" };`;
  repository.write("a.ts", `export const model = { type: "@acme/a" }; ${mention} throw 1;`);
  repository.write(
    "z.ts",
    `const x = { type: "@acme/x" }; throw new Error("boom"); export const model = x;`,
  );
  const types = await repository.modelTypes();
  equal(types.failureOf("@acme/bad")?.source, "extensions/models/z.ts");
});

Deno.test("names are quoted once [B82]", async () => {
  using repository = await CliRepository.create();
  repository.write("bad.ts", "export const model = {");
  repository.write("x.ts", modelSource("command/shell"));
  for (const flags of [[], ["--json"]]) {
    const { stderr } = await repository.run(["model", "type", "search", ...flags]);
    match(stderr, /"extensions\/models\/bad\.ts"/);
    ok(!/""|''|"'|'"/.test(stderr), stderr);
  }
});

Deno.test("what extension code prints is shown to people and kept off the document [B83]", async () => {
  using repository = await CliRepository.create();
  repository.write(
    "noisy.ts",
    `console.log("noise at import");${
      modelSource("@acme/noisy").replace(
        "() => Promise.resolve(",
        `() => (console.log("noise in method"), console.info("more"), Promise).resolve(`,
      )
    }`,
  );
  await repository.json(["model", "create", "@acme/noisy", "n", "--global-arg", "region=eu"]);
  equal((await repository.json(["model", "validate", "n"])).passed, true);
  equal((await repository.json(["model", "validate"])).passed, true);
  const run = ["model", "method", "run", "n", "get", "--input", "id=1"];
  const json = await repository.run([...run, "--json"]);
  equal(JSON.parse(json.stdout).status, "succeeded");
  const log = await repository.run(run);
  for (const noise of ["noise at import", "noise in method"]) {
    match(json.stderr, new RegExp(noise));
    match(log.stdout + log.stderr, new RegExp(noise));
  }
});

/** Top-level code that goes wrong only after its module is imported. */
const LATE: Readonly<Record<string, string>> = {
  "a promise that nobody handles": `Promise.reject(new Error("late"));`,
  "an error in a timer": `setTimeout(() => { throw new Error("late"); }, 0);`,
  "an exit in a timer": `setTimeout(() => Deno.exit(3), 0);`,
};
for (const [what, code] of Object.entries(LATE)) {
  Deno.test(`${what} is not taken for a fault of the next source [B84 W15]`, async () => {
    using repository = new RepositoryFixture();
    repository.write("a.ts", code + modelSource("@acme/a"));
    repository.write(
      "b.ts",
      `${modelSource("@acme/b")}await new Promise((resolve) => setTimeout(resolve, 50));`,
    );
    repository.write("c.ts", modelSource("@acme/c"));
    using opened = await repository.open();
    ok(opened.types.includes("@acme/b") && opened.types.includes("@acme/c"), String(opened.types));
    ok(!("extensions/models/b.ts" in opened.broken), opened.broken["extensions/models/b.ts"]);
  });
}

Deno.test("a promise that a source leaves to fail is a warning, and its type works [B84]", async (test) => {
  using repository = await CliRepository.create();
  const stray = `Promise.reject(new Error("stray failure"));`;
  const waits = "await new Promise((resolve) => setTimeout(resolve, 50));";
  repository.write("now.ts", stray + modelSource("@acme/now"));
  repository.write("later.ts", stray + modelSource("@acme/later") + waits);
  deepEqual(await repository.typesFound("@acme"), ["@acme/later", "@acme/now"]);
  for (const type of ["now", "later"]) {
    const words = [
      ["create", `@acme/${type}`, type, "--global-arg", "region=eu"],
      ["validate", type],
      ["method", "run", type, "get", "--input", "id=1"],
    ];
    for (const command of words) {
      await test.step(`${type}: model ${command.slice(0, 2).join(" ")}`, async () => {
        const { code, stdout, stderr } = await repository.run(["model", ...command, "--json"]);
        deepEqual([code, JSON.parse(stdout).error], [0, undefined], stderr);
        match(stderr, new RegExp(`extensions/models/${type}\\.ts failed .*: stray failure\\n`));
      });
    }
  }
});

Deno.test("a source that spoils the globals of its process stops no other [W15]", async () => {
  using repository = new RepositoryFixture();
  repository.write(
    "a.ts",
    `JSON.stringify = () => "{}"; Array.prototype.map = () => []; Object.entries = () => [];
     ${modelSource("@acme/a")}`,
  );
  repository.write("b.ts", modelSource("@acme/b"));
  using opened = await repository.open();
  ok(opened.types.includes("@acme/b"));
  ok(!("extensions/models/b.ts" in opened.broken));
});

/** Files of a project that cannot be read, and what must be said. */
const PROJECTS: Readonly<Record<string, { files: Record<string, string>; says: RegExp }>> = {
  "deno.json": { files: { "deno.json": "{ not json" }, says: /deno\.json/ },
  "package.json": { files: { "package.json": "{ not json" }, says: /package\.json/ },
  "import map": {
    files: { "deno.json": `{ "importMap": "./map.json" }`, "map.json": "[" },
    says: /sub\/deno\.json: EOF while parsing/,
  },
  "missing import map": {
    files: { "deno.json": `{ "importMap": "./map.json" }` },
    says: /map\.json/,
  },
};
for (const [what, { files, says }] of Object.entries(PROJECTS)) {
  Deno.test(`a broken ${what} is told for what it governs, stops nothing else, and can be mended`, async () => {
    using repository = new RepositoryFixture();
    repository.write("a.ts", modelSource("@acme/a"));
    repository.write("sub/b.ts", modelSource("@acme/b"));
    for (const [name, text] of Object.entries(files)) repository.write(`sub/${name}`, text);
    for (const run of ["first", "second"]) {
      using opened = await repository.open();
      deepEqual(opened.types, ["@acme/a"], run);
      match(opened.broken["extensions/models/sub/b.ts"] ?? "", says, run);
      if (run === "second") deepEqual(opened.phases, ["freshness"]);
    }
    const last = Object.keys(files).at(-1)!;
    const mended = what === "missing import map" ? "map.json" : last;
    repository.write(`sub/${mended}`, "{}");
    using opened = await repository.open();
    deepEqual(opened.types, ["@acme/a", "@acme/b"]);
  });
}
