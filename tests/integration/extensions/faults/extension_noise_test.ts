import { deepEqual, equal, match, ok } from "node:assert/strict";
import { modelSource } from "../repository_fixture.ts";
import { CliRepository } from "./cli_repository.ts";

/** Top-level code that prints in every way there is. */
const NOISE = `
console.log("noise 1");
Deno.stdout.writeSync(new TextEncoder().encode("noise 2\\n"));
process.stdout.write("noise 3\\n");
`;

/** A vault whose provider prints whenever it is used. */
const NOISY_VAULT = `${NOISE}
const secrets = new Map();
const noise = () => { console.log("noise 4"); process.stdout.write("noise 5\\n"); };
export const vault = {
  type: "@acme/noisy", name: "Noisy", description: "Prints",
  createProvider: (name) => {
    noise();
    return {
      get: (key) => { noise(); return Promise.resolve(secrets.get(key)); },
      put: (key, value) => { noise(); secrets.set(key, value); return Promise.resolve(); },
      list: () => { noise(); return Promise.resolve([...secrets.keys()]); },
      getName: () => name,
    };
  },
};
`;

Deno.test("what extensions print, at import or later, never gets into a document [B83]", async (test) => {
  using repository = await CliRepository.create();
  repository.write("loud.ts", NOISE + modelSource("@acme/loud"));
  repository.write("noisy.ts", NOISY_VAULT, "vaults");
  const commands = [
    ["model", "create", "@acme/loud", "one", "--global-arg", "region=eu"],
    ["model", "validate", "one"],
    ["model", "validate"],
    ["model", "method", "run", "one", "get", "--input", "id=1"],
    ["vault", "create", "@acme/noisy", "v"],
    ["vault", "put", "v", "k=secret"],
    ["vault", "list-keys", "v"],
  ];
  for (const command of commands) {
    await test.step(command.slice(0, 3).join(" "), async () => {
      const { code, stdout, stderr } = await repository.run([...command, "--json"]);
      equal(code, 0, stderr);
      ok(!JSON.parse(stdout).error);
      ok(!stdout.includes("noise"), stdout);
    });
  }
  await test.step("without --json it is shown", async () => {
    const { stdout } = await repository.run(["model", "validate", "one"]);
    match(stdout, /noise 1[^]*noise 2[^]*noise 3/);
  });
});

Deno.test("a timer that a source left running does not end a command that has moved on [B84]", async (test) => {
  for (const failure of [`new Error("too late")`, `"too late"`]) {
    await test.step(`throw ${failure}`, async () => {
      using repository = await CliRepository.create();
      repository.write(
        "a.ts",
        `${modelSource("@acme/a")}setTimeout(() => { throw ${failure}; }, 50);`,
      );
      repository.write(
        "b.ts",
        `${modelSource("@acme/b")}await new Promise((resolve) => setTimeout(resolve, 500));`,
      );
      for (const name of ["a", "b"]) {
        await repository.json([
          "model",
          "create",
          `@acme/${name}`,
          name,
          "--global-arg",
          "region=eu",
        ]);
      }
      const { code, stdout, stderr } = await repository.run(["model", "validate", "--json"]);
      const { passed, totalPassed } = JSON.parse(stdout);
      deepEqual([code, passed, totalPassed], [0, true, 2], stderr);
      match(stderr, /extensions\/models\/[ab]\.ts failed after it was loaded: too late\n/);
      if (failure.startsWith("new")) match(stderr, /models\/a\.ts failed/);
      ok(!stderr.includes("Uncaught"), stderr);
    });
  }
});

Deno.test("a failure of swamp itself is not taken for one of an extension", async () => {
  using repository = await CliRepository.create();
  repository.write("a.ts", modelSource("@acme/a"));
  const program = repository.path("program.ts");
  const at = (path: string) => new URL(`../../../../${path}`, import.meta.url).href;
  Deno.writeTextFileSync(
    program,
    `import { RepositoryFixture } from "${
      at("tests/integration/extensions/repository_fixture.ts")
    }";
const types = await new RepositoryFixture(Deno.args[0]).modelTypes();
await types.resolve("@acme/a");
setTimeout(() => { throw new Error("swamp's own"); }, 0);
await new Promise((resolve) => setTimeout(resolve, 1000));
console.log("went on");`,
  );
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      "--no-check",
      "--no-lock",
      "--config",
      new URL(at("deno.json")).pathname,
      program,
      repository.root,
    ],
  }).output();
  equal(success, false);
  equal(new TextDecoder().decode(stdout), "");
  match(new TextDecoder().decode(stderr), /swamp's own/);
});
