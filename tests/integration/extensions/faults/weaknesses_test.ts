import { deepEqual, equal, match, ok } from "node:assert/strict";
import { modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { CliRepository } from "./cli_repository.ts";

/** Sources that build and load, or not even that, but are no models. */
const FAILING: Readonly<Record<string, string>> = {
  "has a wrong version": modelSource("@acme/bad").replace("2026.01.02.1", "1.0"),
  "has no methods": modelSource("@acme/bad").replace("methods:", "methodes:"),
  "throws at import": `${modelSource("@acme/bad")}throw new Error("boom");`,
  "does not parse": `${modelSource("@acme/bad")}export const = 1;`,
};
for (const [fault, source] of Object.entries(FAILING)) {
  Deno.test(`a type whose source ${fault} is listed on no run, also of a new catalog [W4]`, async () => {
    using repository = new RepositoryFixture();
    repository.write("bad.ts", source);
    for (const run of ["first", "second", "after the catalog was lost"]) {
      using opened = await repository.open();
      deepEqual(opened.types, [], run);
      deepEqual(Object.keys(opened.broken), ["extensions/models/bad.ts"], run);
      equal(opened.built, run === "first" ? 1 : 0, run);
      if (run === "second") Deno.removeSync(repository.path(".swamp/_extension_catalog.db"));
    }
  });
}

Deno.test("a file that is replaced by an older one runs the older one's code [W6]", async () => {
  using repository = new RepositoryFixture();
  const text = (answer: string) => modelSource("@acme/a").replace("Reads it", `Answers ${answer}`);
  const path = repository.write("a.ts", text("new"));
  equal(
    (await repository.modelTypes()).describe("@acme/a")?.methods[0]?.description,
    "Answers new",
  );
  Deno.writeTextFileSync(path, text("old"));
  Deno.utimeSync(path, new Date(2001, 1), new Date(2001, 1));
  const types = await repository.modelTypes();
  equal(types.describe("@acme/a")?.methods[0]?.description, "Answers old");
  equal((await types.resolve("@acme/a")).methods.get?.description, "Answers old");
});

Deno.test("commands work when every bundle is gone, and touching no source [W7]", async (test) => {
  using repository = await CliRepository.create();
  repository.write("a.ts", modelSource("@acme/a"));
  await repository.json(["model", "create", "@acme/a", "one", "--global-arg", "region=eu"]);
  const commands = [
    ["model", "type", "describe", "@acme/a"],
    ["model", "create", "@acme/a", "two", "--global-arg", "region=eu"],
    ["model", "validate", "one"],
    ["model", "method", "run", "one", "get", "--input", "id=1"],
  ];
  for (const command of commands) {
    await test.step(command.join(" "), async () => {
      Deno.removeSync(repository.path(".swamp/bundles"), { recursive: true });
      const { code, stderr } = await repository.run([...command, "--json"]);
      deepEqual([code, stderr], [0, ""]);
    });
  }
});

Deno.test("files that only help are in the catalog, so that no command reads them again [W13]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", `import "./help.ts";import "./_lib/more.ts";${modelSource("@acme/a")}`);
  repository.write("help.ts", "export const help = 1;");
  repository.write("alone.ts", "export const alone = 1;");
  repository.write("_lib/more.ts", "export const more = 1;");
  for (const name of ["a.ts", "help.ts", "alone.ts", "_lib/more.ts"]) {
    const path = repository.path("extensions/models", name);
    Deno.utimeSync(path, new Date(2001, 1), new Date(2001, 1));
  }
  // Stat data says all only when the last change lies more than a second back.
  await new Promise((resolve) => setTimeout(resolve, 2200));
  using opened = await repository.open();
  const files = opened.store.files();
  deepEqual(files.map(({ path }) => path).sort(), [
    "extensions/models/_lib/more.ts",
    "extensions/models/a.ts",
    "extensions/models/alone.ts",
    "extensions/models/help.ts",
  ]);
  ok(files.every(({ stat }) => stat !== ""), JSON.stringify(files));
  using again = await repository.open();
  deepEqual(again.phases, ["freshness"]);
});

Deno.test("code that hangs, ends its process or makes noise costs no other file anything [W15]", async () => {
  using repository = new RepositoryFixture();
  repository.write("1_hang.ts", `${modelSource("@acme/hang")}while (true) {}`);
  repository.write("2_good.ts", modelSource("@acme/good2"));
  repository.write("3_exit.ts", `${modelSource("@acme/exit")}Deno.exit(0);`);
  repository.write("4_noise.ts", `console.log("x".repeat(100_000));${modelSource("@acme/noise")}`);
  repository.write("5_kill.ts", `${modelSource("@acme/kill")}Deno.kill(Deno.pid, "SIGKILL");`);
  repository.write("6_good.ts", modelSource("@acme/good6"));
  using opened = await repository.open({ importLimit: 1000 });
  deepEqual(opened.types, ["@acme/good2", "@acme/good6", "@acme/noise"]);
  match(opened.broken["extensions/models/1_hang.ts"] ?? "", /did not finish importing within 1 s/);
  match(opened.broken["extensions/models/3_exit.ts"] ?? "", /ended the process .*exit code 0/);
  match(opened.broken["extensions/models/5_kill.ts"] ?? "", /ended the process/);
});
