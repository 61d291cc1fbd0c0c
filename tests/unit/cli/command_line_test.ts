import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  type CommandLine,
  flagGiven,
  isSet,
  readCommandLine,
} from "../../../src/cli/command_line.ts";
import type { CommandGroup, CommandSpec } from "../../../src/cli/command_spec.ts";

const get: CommandSpec = {
  arguments: "<name:string> [more...:string]",
  options: [
    { flags: "-n, --limit <n:number>", description: "" },
    { flags: "-f, --force", description: "" },
    { flags: "--mode [mode:string]", description: "" },
  ],
  repository: "none",
  run: () => Promise.resolve(),
};

const ROOT: CommandGroup = {
  kind: "group",
  name: "swamp",
  description: "",
  children: [{
    kind: "group",
    name: "model",
    description: "",
    shorthand: { words: /\//, child: "get" },
    children: [{
      kind: "command",
      name: "get",
      aliases: ["show"],
      description: "",
      load: () => Promise.resolve({ command: get }),
    }, {
      kind: "command",
      name: "other",
      description: "",
      load: () => Promise.reject(new Error("only the module of the command named is loaded")),
    }],
  }],
};

const read = (...argv: string[]): Promise<CommandLine> => readCommandLine(ROOT, argv);

const names = (line: CommandLine): string[] => line.path.map((node) => node.name);

for (
  const argv of [
    ["--json", "model", "get", "x"],
    ["model", "--json", "get", "x"],
    ["model", "get", "--json", "x"],
    ["model", "get", "x", "--json"],
  ]
) {
  Deno.test(`a global flag is found in ${argv.join(" ")}`, async () => {
    const line = await read(...argv);
    deepEqual(names(line), ["swamp", "model", "get"]);
    deepEqual(line.positionals, ["x"]);
    equal(isSet(line, "--json"), true);
    equal(line.unknown, undefined);
  });
}

Deno.test("the value of a global flag is not taken for a command", async () => {
  const line = await read("--repo-dir", "model", "model", "get", "x");
  deepEqual(names(line), ["swamp", "model", "get"]);
  equal(flagGiven(line, "--repo-dir")?.value, "model");
});

Deno.test("a value that looks like a flag stays a value", async () => {
  const line = await read("model", "get", "--repo-dir", "--json", "x");
  equal(isSet(line, "--json"), false);
  equal(flagGiven(line, "--repo-dir")?.value, "--json");
});

Deno.test("a value may be attached with an equals sign, and hold others", async () => {
  const line = await read("model", "get", "x", "--repo-dir=a=b");
  equal(flagGiven(line, "--repo-dir")?.value, "a=b");
});

Deno.test("an attached value may be empty", async () => {
  equal(flagGiven(await read("--repo-dir=", "model", "get", "x"), "--repo-dir")?.value, "");
});

Deno.test("an optional value must be attached", async () => {
  const line = await read("model", "get", "--mode", "x");
  equal(flagGiven(line, "--mode")?.value, undefined);
  deepEqual(line.positionals, ["x"]);
});

Deno.test("short flags combine", async () => {
  const line = await read("model", "get", "-qfv", "x");
  deepEqual(line.flags.map(({ option }) => option.flag), ["--quiet", "--force", "--verbose"]);
});

for (const words of [["-n5"], ["-n=5"], ["-n", "5"], ["-fn5"], ["-fn", "5"]]) {
  Deno.test(`${words.join(" ")} gives -n the value 5`, async () => {
    const line = await read("model", "get", "x", ...words);
    equal(flagGiven(line, "--limit")?.value, "5");
    deepEqual(line.positionals, ["x"]);
  });
}

Deno.test("a flag remembers the form in which it was typed", async () => {
  equal(flagGiven(await read("-V"), "--version")?.form, "-V");
});

Deno.test("--version is known to swamp alone", async () => {
  const line = await read("model", "--version");
  deepEqual(line.unknown, { kind: "flag", flag: "--version", beforeCommand: true });
});

Deno.test("everything after -- is taken as it is", async () => {
  const line = await read("model", "get", "--", "-x", "--json", "--");
  deepEqual(line.positionals, ["-x", "--json", "--"]);
  equal(isSet(line, "--json"), false);
});

Deno.test("a single dash is a value", async () => {
  deepEqual((await read("model", "get", "-")).positionals, ["-"]);
});

Deno.test("an unknown short flag is no value", async () => {
  const line = await read("model", "get", "-x", "y");
  deepEqual(line.unknown, { kind: "flag", flag: "-x", beforeCommand: false });
  deepEqual(line.positionals, ["y"]);
});

Deno.test("the first thing that is unknown counts", async () => {
  deepEqual((await read("nope", "--bogus")).unknown, { kind: "command", word: "nope" });
  deepEqual((await read("--bogus", "nope")).unknown, {
    kind: "flag",
    flag: "--bogus",
    beforeCommand: true,
  });
});

Deno.test("global flags count after an unknown command too", async () => {
  equal(isSet(await read("nope", "--json"), "--json"), true);
});

Deno.test("a command is found by its alias, under its own name", async () => {
  deepEqual(names(await read("model", "show", "x")), ["swamp", "model", "get"]);
});

Deno.test("a shorthand word leads to the child that takes it", async () => {
  const line = await read("model", "a/b");
  deepEqual(names(line), ["swamp", "model", "get"]);
  deepEqual(line.positionals, ["a/b"]);
});

Deno.test("words after -- are values, whatever they hold", async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.string()), async (values) => {
    deepEqual((await read("model", "get", "--", ...values)).positionals, values);
  }));
});

Deno.test("global flags mean the same wherever they stand", async () => {
  const flags = [["--json"], ["-q"], ["--repo-dir", "get"], ["--log-level=debug"]];
  const places = fc.array(fc.nat(3), { minLength: flags.length, maxLength: flags.length });
  const expected = await read("model", "get", "x", ...flags.flat());
  await fc.assert(fc.asyncProperty(places, async (at) => {
    const words = ["model", "get", "x"].map((word) => [word]);
    const argv = [...words, []].flatMap((word, place) => [
      ...flags.filter((_, flag) => at[flag] === place).flat(),
      ...word,
    ]);
    const line = await read(...argv);
    deepEqual(names(line), names(expected));
    deepEqual(line.positionals, expected.positionals);
    deepEqual(
      new Set(line.flags.map(({ option, value }) => `${option.flag} ${value}`)),
      new Set(expected.flags.map(({ option, value }) => `${option.flag} ${value}`)),
    );
  }));
});
