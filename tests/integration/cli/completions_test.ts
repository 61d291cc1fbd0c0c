import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { runSwamp, withFolder, withNewRepository } from "./swamp_process.ts";

const ID = "b37e8501-42c6-4a12-89ea-f2a63a02fc43";

/** A repository with a model called `web`, of a built-in type, and a model type of its own. */
const withModel = (test: (root: string) => Promise<void>): Promise<void> =>
  withNewRepository(async (root) => {
    await Deno.mkdir(join(root, "models/command/shell"), { recursive: true });
    await Deno.writeTextFile(
      join(root, `models/command/shell/${ID}.yaml`),
      `type: command/shell\nid: ${ID}\nname: web\nversion: 1\n`,
    );
    await Deno.mkdir(join(root, "extensions/models"), { recursive: true });
    await Deno.writeTextFile(
      join(root, "extensions/models/thing.ts"),
      `import { z } from "npm:zod@4";
export const model = {
  type: "@acme/thing",
  version: "2026.01.02.1",
  methods: {
    sync: { description: "", arguments: z.object({}), execute: () => Promise.resolve({}) },
  },
};
`,
    );
    await test(root);
  });

const complete = async (cwd: string, ...words: string[]): Promise<string> => {
  const { code, stdout, stderr } = await runSwamp(["completions", "complete", ...words], { cwd });
  equal(code, 0);
  equal(stderr, "");
  return stdout;
};

for (const shell of ["bash", "zsh", "fish"]) {
  Deno.test(`completions ${shell} prints a script that calls swamp back`, () =>
    withFolder(async (cwd) => {
      const { code, stdout, stderr } = await runSwamp(["completions", shell], { cwd });
      equal(code, 0);
      equal(stderr, "");
      match(stdout, /completions complete/);
    }));

  Deno.test(`completions ${shell} takes another name and global flags`, () =>
    withFolder(async (cwd) => {
      const words = ["completions", shell, "-n", "marsh", "--json", "--no-color"];
      const { stdout } = await runSwamp(words, { cwd });
      const document = JSON.parse(stdout);
      deepEqual([document.shell, document.name], [shell, "marsh"]);
      match(document.script, /\bmarsh\b/);
    }));
}

Deno.test("bash accepts its script", () =>
  withFolder(async (cwd) => {
    const { stdout } = await runSwamp(["completions", "bash"], { cwd });
    await Deno.writeTextFile(join(cwd, "swamp.sh"), stdout);
    const bash = new Deno.Command("bash", { args: ["-n", join(cwd, "swamp.sh")] });
    equal((await bash.output()).code, 0);
  }));

Deno.test("an unknown shell is an unknown command", () =>
  withFolder(async (cwd) => {
    const { code, stderr } = await runSwamp(["completions", "tcsh"], { cwd });
    equal(code, 2);
    match(stderr, /^error: Unknown command "tcsh"\. Did you mean "bash"\?/);
  }));

Deno.test("model names, types and methods are completed from the repository", () =>
  withModel(async (root) => {
    equal(await complete(root, "model_name", "model", "get"), "web\n");
    equal(await complete(root, "method_name", "model", "method", "run"), "execute\n");
    deepEqual((await complete(root, "model_type")).trim().split("\n"), [
      "@acme/thing",
      "command/shell",
    ]);
  }));

Deno.test("completion honours --repo-dir and finds the repository from below", () =>
  withModel(async (root) => {
    equal(await complete("/", "model_name", "--repo-dir", root), "web\n");
    equal(await complete(join(root, "models"), "model_name"), "web\n");
  }));

Deno.test("outside a repository nothing is completed, and nothing is said", () =>
  withFolder(async (cwd) => {
    for (const action of ["model_name", "model_type", "data_name", "method_name", "bogus"]) {
      equal(await complete(cwd, action), "");
    }
    equal([...Deno.readDirSync(cwd)].length, 0);
  }));

Deno.test("values that an option allows are completed", () =>
  withFolder(async (cwd) => {
    equal(await complete(cwd, "aiTool", "init"), "claude\ncursor\nopencode\ncodex\nkiro\nnone\n");
    ok((await complete(cwd, "log_level")).includes("warning\n"));
  }));
