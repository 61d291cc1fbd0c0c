import { equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { runSwamp, withFolder } from "./swamp_process.ts";

/** State of `.swamp.yaml` → what every command that needs a repository says of it (14.1, IMP-69). */
const DAMAGED: readonly (readonly [what: string, text: string, reason: RegExp])[] = [
  ["malformed YAML", "tool: none\nfoo: [1,\n", /^\.swamp\.yaml cannot be read as YAML: .* line 3/],
  ["an empty file", "", /^\.swamp\.yaml must be a YAML map, but it is empty/],
  ["a scalar", "hello\n", /^\.swamp\.yaml must be a YAML map, but it is the single value "hello"/],
  ["a list", "- a\n", /^\.swamp\.yaml must be a YAML map, but it is a list/],
  [
    "a value of the wrong type",
    "tool: none\nmodelsDir: 7\n",
    /^\.swamp\.yaml, line 2: modelsDir must be a string, not 7/,
  ],
];

for (const [what, text, reason] of DAMAGED) {
  Deno.test(`${what} in .swamp.yaml does not touch what needs no repository`, () =>
    withFolder(async (root) => {
      await Deno.writeTextFile(join(root, ".swamp.yaml"), text);
      for (
        const words of [
          ["version"],
          ["--version"],
          ["--help"],
          ["model", "get", "--help"],
          ["help", "repo"],
          ["completions", "complete", "model_name"],
        ]
      ) {
        const { code, stderr } = await runSwamp(words, { cwd: root });
        equal(code, 0, words.join(" "));
        equal(stderr, "", words.join(" "));
      }
    }));

  Deno.test(`with ${what} in .swamp.yaml model types are searched with default settings`, () =>
    withFolder(async (root) => {
      await Deno.writeTextFile(join(root, ".swamp.yaml"), text);
      const { code, stdout, stderr } = await runSwamp(["model", "type", "search", "--json"], {
        cwd: root,
      });
      equal(code, 0);
      ok(JSON.parse(stdout).results.length > 0);
      match(stderr, /^warning: \.swamp\.yaml.*default settings are used.*\n$/);
    }));

  Deno.test(`with ${what} in .swamp.yaml commands that need a repository name file and line`, () =>
    withFolder(async (root) => {
      await Deno.writeTextFile(join(root, ".swamp.yaml"), text);
      const { code, stdout } = await runSwamp(["model", "search", "--json"], { cwd: root });
      equal(code, 1);
      const document = JSON.parse(stdout);
      equal(document.code, "invalid_settings");
      match(document.error, reason);
      match(document.error, /swamp repo init --force/);
      equal("stack" in document, false);
    }));
}

Deno.test("a folder called .swamp.yaml makes no repository", () =>
  withFolder(async (root) => {
    await Deno.mkdir(join(root, ".swamp.yaml"));
    const { code, stderr } = await runSwamp(["model", "search"], { cwd: root });
    equal(code, 1);
    match(stderr, /^error: Not a swamp repository: /);
    equal((await runSwamp(["model", "type", "search"], { cwd: root })).code, 0);
  }));

Deno.test("a map without the usual fields is a repository", () =>
  withFolder(async (root) => {
    await Deno.writeTextFile(join(root, ".swamp.yaml"), "mine: 1\n");
    equal((await runSwamp(["model", "search"], { cwd: root })).code, 0);
  }));
