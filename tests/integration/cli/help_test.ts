import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runSwamp, withFolder } from "./swamp_process.ts";

for (const words of [[], ["model"], ["model", "method"], ["repo"], ["completions"], ["data"]]) {
  Deno.test(`${["swamp", ...words].join(" ")} without a sub-command prints help`, () =>
    withFolder(async (cwd) => {
      const { code, stdout, stderr } = await runSwamp(words, { cwd });
      equal(code, 0);
      equal(stderr, "");
      match(stdout, /^\nUsage:/);
      match(stdout, /\nCommands:\n/);
      equal([...Deno.readDirSync(cwd)].length, 0);
    }));
}

Deno.test("--help wins over everything else on the line", () =>
  withFolder(async (cwd) => {
    for (
      const words of [
        ["init", "--help"],
        ["init", "-h", "--force"],
        ["init", "a", "b", "--bogus", "-qh"],
        ["--help", "init"],
      ]
    ) {
      const { code, stdout, stderr } = await runSwamp(words, { cwd });
      equal(code, 0, words.join(" "));
      equal(stderr, "");
      match(stdout, /Usage: +swamp init/);
    }
    equal([...Deno.readDirSync(cwd)].length, 0);
  }));

Deno.test("help shows arguments, options, global options and examples", () =>
  withFolder(async (cwd) => {
    const { stdout } = await runSwamp(["init", "--help"], { cwd });
    for (const text of ["[path]", "--force", "--tool", "--json", "--repo-dir", "Examples:"]) {
      ok(stdout.includes(text), text);
    }
    ok(!stdout.includes("\x1b"), "no colours outside a terminal");
    ok(!/ \n/.test(stdout), "no blanks at the end of lines");
  }));

Deno.test("hidden commands are left out of help", () =>
  withFolder(async (cwd) => {
    const { stdout } = await runSwamp(["--help"], { cwd });
    ok(!/^ {2}help /m.test(stdout));
  }));

Deno.test("--help --json prints the schema of that command", () =>
  withFolder(async (cwd) => {
    const { code, stdout } = await runSwamp(["init", "--help", "--json"], { cwd });
    equal(code, 0);
    const { root } = JSON.parse(stdout);
    equal(root.name, "init");
    deepEqual(root.arguments, [
      { name: "path", type: "string", required: false, variadic: false },
    ]);
    deepEqual(root.options[0], {
      flags: "-f, --force",
      description: "Set an existing repository up again; its identity and settings are kept",
      type: "boolean",
      required: false,
      collect: false,
    });
    deepEqual(root.options[1].values, ["claude", "cursor", "opencode", "codex", "kiro", "none"]);
    equal(root.repository, "none");
  }));

Deno.test("help prints the whole interface, global flags at the root alone", () =>
  withFolder(async (cwd) => {
    const { code, stdout } = await runSwamp(["help"], { cwd });
    equal(code, 0);
    const { version, root, exitCodes } = JSON.parse(stdout);
    match(version, /^\d{8}\./);
    equal(root.name, "swamp");
    for (
      const flags of [
        "--json",
        "--log",
        "--log-level",
        "-q, --quiet",
        "-v, --verbose",
        "--no-telemetry",
        "--show-properties",
        "--no-color",
      ]
    ) ok(root.options.some((option: { flags: string }) => option.flags === flags), flags);
    const names = root.subcommands.map((command: { name: string }) => command.name);
    deepEqual(names.slice(0, 5), ["version", "model", "init", "repo", "vault"]);
    ok(!names.includes("help"), "hidden commands are left out");
    const repo = root.subcommands.find((command: { name: string }) => command.name === "repo");
    deepEqual(repo.options, []);
    deepEqual(
      repo.subcommands.map((command: { name: string }) => command.name),
      ["upgrade"],
      "repo init is listed as init",
    );
    equal(exitCodes["2"], "unknown command");
  }));

Deno.test("a hidden command can be named", () =>
  withFolder(async (cwd) => {
    const { code, stdout } = await runSwamp(["help", "model", "list", "--json"], { cwd });
    equal(code, 0);
    equal(JSON.parse(stdout).root.name, "list");
  }));

Deno.test("help on an unknown path follows the rules of unknown commands", () =>
  withFolder(async (cwd) => {
    const plain = await runSwamp(["help", "model", "vlidate"], { cwd });
    equal(plain.code, 2);
    match(plain.stderr, /^error: Unknown command "vlidate"\. Did you mean "validate"\?/);
    const json = await runSwamp(["help", "nope", "--json"], { cwd });
    equal(json.code, 2);
    equal(json.stdout, json.stderr);
    equal(JSON.parse(json.stdout).code, "unknown_command");
  }));
