import { deepEqual, equal, match } from "node:assert/strict";
import { runSwamp, type SwampResult, withFolder } from "./swamp_process.ts";

const run = async (line: string): Promise<SwampResult> => {
  let result: SwampResult | undefined;
  await withFolder(async (cwd) => {
    result = await runSwamp(line.split(" "), { cwd });
  });
  return result!;
};

/** Command line → message and the command whose help is pointed to (contract: cli-core 2.5). */
const MISTAKES: readonly (readonly [line: string, message: string, help: string])[] = [
  ["model type describe", "Missing argument(s): type", "swamp model type describe"],
  ["version a b", "Too many arguments: a b", "swamp version"],
  ["version --bogus", 'Unknown option "--bogus".', "swamp version"],
  ["version --bogus extra", 'Unknown option "--bogus".', "swamp version"],
  ["version --jsno", 'Unknown option "--jsno". Did you mean option "--json"?', "swamp version"],
  ["init --froce", 'Unknown option "--froce". Did you mean option "--force"?', "swamp init"],
  [
    "version -x",
    'Unknown option "-x". Put "--" before a value that begins with "-".',
    "swamp version",
  ],
  ["--force init", 'Option "--force" must stand after "swamp init".', "swamp init"],
  ["version --log-level", 'Missing value for option "--log-level".', "swamp version"],
  [
    "--quiet version -q",
    'Option "--quiet" can only occur once, but was found several times.',
    "swamp version",
  ],
  [
    "version --json=false",
    'Option "--json" doesn\'t take a value, but got "false".',
    "swamp version",
  ],
  [
    "init --tool bogus",
    'Option "--tool" must be of type "aiTool", but got "bogus". ' +
    'Expected values: "claude", "cursor", "opencode", "codex", "kiro", "none"',
    "swamp init",
  ],
];

for (const [line, message, help] of MISTAKES) {
  Deno.test(`swamp ${line}: ${message}`, async () => {
    deepEqual(await run(line), {
      code: 1,
      stdout: "",
      stderr: `error: ${message}\nRun "${help} --help" for usage.\n`,
    });
  });
}

Deno.test("a usage error in JSON is the same document on both streams", async () => {
  const { code, stdout, stderr } = await run("version a --json");
  equal(code, 1);
  equal(stdout, stderr);
  deepEqual(JSON.parse(stdout), {
    error: "Too many arguments: a",
    code: "usage_error",
    hint: 'Run "swamp version --help" for usage.',
  });
});

Deno.test("an unknown command close to a known one", async () => {
  deepEqual(await run("mdel"), {
    code: 2,
    stdout: "",
    stderr: 'error: Unknown command "mdel". Did you mean "model"?\n\n' +
      '  Run "swamp --help" for available subcommands.\n',
  });
});

Deno.test("an unknown command under model suggests what may have been meant", async () => {
  deepEqual(await run("model foo"), {
    code: 2,
    stdout: "",
    stderr: [
      'error: "foo" is not a subcommand of "model".',
      "",
      "  Did you mean one of these?",
      "",
      "    swamp model get foo",
      "    swamp model method run foo <method>",
      "    swamp model validate foo",
      "",
      '  Run "swamp model --help" for available subcommands.',
      "",
    ].join("\n"),
  });
});

Deno.test("an unknown command elsewhere lists the first sub-commands", async () => {
  const { code, stderr } = await run("zzzzzz");
  equal(code, 2);
  match(stderr, /\n {2}Available subcommands: version, model, init, repo, vault, \.\.\.\n/);
});

Deno.test("an unknown command in JSON has the same text and exit code", async () => {
  const { code, stdout, stderr } = await run("model foo --json");
  equal(code, 2);
  equal(stdout, stderr);
  const { error, code: errorCode } = JSON.parse(stdout);
  equal(errorCode, "unknown_command");
  match(error, /^"foo" is not a subcommand of "model"\.\n\n {2}Did you mean one of these\?/);
});

Deno.test("a value equal to --json does not switch to JSON", async () => {
  const { stderr } = await run("version --repo-dir --json extra");
  match(stderr, /^error: Too many arguments: extra\n/);
});

Deno.test("a mistyped sub-command of repo creates nothing", () =>
  withFolder(async (cwd) => {
    const { code, stderr } = await runSwamp(["repo", "upgrad"], { cwd });
    equal(code, 2);
    match(stderr, /^error: Unknown command "upgrad"\. Did you mean "upgrade"\?/);
    equal([...Deno.readDirSync(cwd)].length, 0);
  }));

Deno.test("a stack is shown with --log-level debug only", async () => {
  match((await run("version a --log-level debug")).stderr, /\n {4}at /);
  equal("stack" in JSON.parse((await run("version a --json --log-level debug")).stdout), true);
});
