import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "@std/path";
import { runSwamp, swampArguments, withFolder, withNewRepository } from "./swamp_process.ts";

const NOT_A_REPOSITORY = (folder: string): string =>
  `Not a swamp repository: ${folder}. To initialize a new repository, run 'swamp repo init', ` +
  "or specify an existing repository with 'swamp <command> --repo-dir /path/to/repo'.";

Deno.test("an error is one plain line on stderr", () =>
  withFolder(async (cwd) => {
    deepEqual(await runSwamp(["model", "get", "x"], { cwd }), {
      code: 1,
      stdout: "",
      stderr: `error: ${NOT_A_REPOSITORY(cwd)}\n`,
    });
  }));

Deno.test("an error in JSON is one document, the same on both streams", () =>
  withFolder(async (cwd) => {
    const { code, stdout, stderr } = await runSwamp(["model", "get", "x", "--json"], { cwd });
    equal(code, 1);
    equal(stdout, stderr);
    deepEqual(JSON.parse(stdout), { error: NOT_A_REPOSITORY(cwd), code: "not_a_repository" });
  }));

Deno.test("a --repo-dir that is a file or missing is no repository", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(join(cwd, "file"), "");
    for (const [name, what] of [["file", "not a directory"], ["nope", "no such directory"]]) {
      const { code, stderr } = await runSwamp(["model", "get", "x", "--repo-dir", name!], { cwd });
      equal(code, 1);
      match(stderr, new RegExp(`^error: Not a swamp repository: ${cwd}/${name} \\(${what}\\)\\.`));
    }
  }));

Deno.test("a repository is found from any folder below it", () =>
  withNewRepository(async (root) => {
    const deep = join(root, "models/a/b");
    await Deno.mkdir(deep, { recursive: true });
    equal((await runSwamp(["model", "search", "--json"], { cwd: deep })).code, 0);
  }));

Deno.test("--repo-dir names the very folder, and beats SWAMP_REPO_DIR", () =>
  withNewRepository(async (root) => {
    const env = { SWAMP_REPO_DIR: root };
    equal((await runSwamp(["model", "search"], { cwd: "/", env })).code, 0);
    equal((await runSwamp(["--repo-dir", root, "model", "search"], { cwd: "/" })).code, 0);
    const below = ["model", "search", "--repo-dir", join(root, "models")];
    equal((await runSwamp(below, { cwd: root, env })).code, 1);
  }));

Deno.test("an empty --repo-dir is the current folder", () =>
  withNewRepository(async (root) => {
    equal((await runSwamp(["model", "search", "--repo-dir", ""], { cwd: root })).code, 0);
    const below = await runSwamp(["model", "search", "--repo-dir="], { cwd: join(root, "models") });
    equal(below.code, 1);
  }));

Deno.test("which repository was picked is told at debug level", () =>
  withNewRepository(async (root) => {
    const words = ["model", "search", "--log-level", "debug"];
    const { stdout } = await runSwamp(words, { cwd: join(root, "models") });
    match(stdout, new RegExp(`^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} DBG repo Using ${root}\n`));
  }));

for (
  const [what, words, env] of [
    ["--no-color", ["--no-color"], {}],
    ["an empty NO_COLOR", [], { NO_COLOR: "" }],
  ] as const
) {
  Deno.test(`with ${what} log records have the long form`, () =>
    withNewRepository(async (root) => {
      const args = ["model", "search", "--log-level", "debug", ...words];
      const { stdout } = await runSwamp(args, { cwd: root, env });
      match(stdout, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \+00:00 \[DBG\] repo: Using /);
    }));
}

Deno.test("logLevel of .swamp.yaml counts where nothing above it does", () =>
  withNewRepository(async (root) => {
    await Deno.writeTextFile(join(root, ".swamp.yaml"), "logLevel: debug\n", { append: true });
    match((await runSwamp(["model", "search"], { cwd: root })).stdout, / DBG repo /);
    const quiet = await runSwamp(["model", "search", "-q"], { cwd: root });
    equal(/DBG/.test(quiet.stdout), false);
  }));

for (const level of ["loud", "3"]) {
  Deno.test(`an unknown logLevel ${level} in .swamp.yaml is reported and ignored`, () =>
    withNewRepository(async (root) => {
      await Deno.writeTextFile(join(root, ".swamp.yaml"), `logLevel: ${level}\n`, { append: true });
      const { code, stderr } = await runSwamp(["model", "search"], { cwd: root });
      equal(code, 0);
      equal(
        stderr,
        `warning: Invalid logLevel in .swamp.yaml: "${level}"; using "info". ` +
          "Expected one of: trace, debug, info, warning, error, fatal\n",
      );
    }));
}

Deno.test("a reader that goes away early is no error", () =>
  withFolder(async (cwd) => {
    const swamp = new Deno.Command(Deno.execPath(), {
      args: swampArguments(["help", "repo"]),
      cwd,
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const [, stderr, { code }] = await Promise.all([
      swamp.stdout.cancel(),
      new Response(swamp.stderr).text(),
      swamp.status,
    ]);
    equal(stderr, "");
    equal(code, 0);
  }));
