import { deepEqual, equal, match, ok } from "node:assert/strict";
import { modelSource } from "../extension_sources.ts";
import { createModel, runArgs } from "../models.ts";
import { complains, fails, NOWHERE } from "../outcomes.ts";
import { Repository, swamp } from "../swamp.ts";

/** A repository with the model `webserver` of an extension type. */
const repository = await Repository.create();
repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
await createModel(repository, "@acme/thing", "webserver", { region: "eu" });
Deno.test.afterAll(() => repository[Symbol.dispose]());

/** Commands that need a repository, with arguments that would fail by themselves, too. */
const IN_A_REPOSITORY = [
  "model create no/such ../x",
  "model get x",
  "model search",
  "model edit x",
  "model delete x",
  "model validate",
  "model evaluate --all x",
  "model method describe x y",
  "model method run x y --input {",
  "model method history logs x",
  "model output get x",
  "model output search",
  "model output logs x",
  "model output data x",
  "data get",
  "data list",
  "data search --since 1x",
  "data query {",
  "data versions x y",
  "data rename x y y",
  "summarise --since 1x",
];

for (const command of IN_A_REPOSITORY) {
  Deno.test(`outside of a repository "swamp ${command}" says so first`, async () => {
    const folder = Deno.realPathSync(Deno.makeTempDirSync());
    const place = { run: (args: readonly string[]) => swamp(args, { cwd: folder }) };
    equal(
      (await fails(place, command.split(" "))).error,
      `Not a swamp repository: ${folder}. To initialize a new repository, run 'swamp repo init', ` +
        "or specify an existing repository with 'swamp <command> --repo-dir /path/to/repo'.",
    );
    deepEqual([...Deno.readDirSync(folder)], [], "nothing was created");
    Deno.removeSync(folder);
  });
}

/** Commands about a model that is not there. */
const ABOUT_A_MODEL = [
  "model get",
  "model edit",
  "model delete --force",
  "model validate",
  "model evaluate",
  "model method describe {} sync",
  "model method run {} sync",
  "data get {} main",
  "data list",
  "data versions {} main",
  "data rename {} main other",
  "data search --model",
];

for (const command of ABOUT_A_MODEL) {
  const words = (model: string) =>
    (command.includes("{}") ? command.replace("{}", model) : `${command} ${model}`).split(" ");

  Deno.test(`"swamp ${command}" of an unknown model names it`, async () => {
    const { error } = await fails(repository, words("zz"), { stdin: "name: zz\n" });
    equal(error, "Model not found: zz");
  });

  Deno.test(`"swamp ${command}" of a mistyped model offers the nearest`, async () => {
    const text = await complains(repository, words("webservre"), { stdin: "name: zz\n" });
    equal(text, 'error: Model not found: webservre\nDid you mean "webserver"?\n');
  });
}

Deno.test("where a run or a model may be named, the nearest model is offered", async () => {
  for (const command of ["output get", "output logs", "output data", "method history logs"]) {
    const text = await complains(repository, ["model", ...command.split(" "), "webservre"]);
    match(text, /\nDid you mean "webserver"\?\n$/, command);
  }
});

/** Mistakes in the command line and the message (contract: cli-core 2.5 and IMP-9, IMP-11). */
const USAGE: readonly (readonly [line: string, message: string])[] = [
  ["model create", "Missing argument(s): type, name"],
  ["model create command/shell", "Missing argument(s): name"],
  ["model method run x", "Missing argument(s): method_name"],
  ["model get a b c", "Too many arguments: b c"],
  ["model get x --bogus", 'Unknown option "--bogus".'],
  ["model get x --bogus value", 'Unknown option "--bogus".'],
  ["model get x -z", 'Unknown option "-z".'],
  ["model delete x --froce", 'Unknown option "--froce". Did you mean option "--force"?'],
  ["model get x --log-level", 'Missing value for option "--log-level".'],
  ["model get x --json=false", 'Option "--json" doesn\'t take a value, but got "false".'],
  [
    "model search --quiet --quiet",
    'Option "--quiet" can only occur once, but was found several times.',
  ],
  ["data get x y --version abc", 'Option "--version" must be of type "'],
  [
    "init --tool bogus",
    'Option "--tool" must be of type "aiTool", but got "bogus". Expected values: ' +
    '"claude", "cursor", "opencode", "codex", "kiro", "none"',
  ],
];

for (const [line, message] of USAGE) {
  Deno.test(`swamp ${line}: ${message}`, async () => {
    const text = await complains(repository, line.split(" "));
    ok(text.startsWith(`error: ${message}`), text);
    match(text, /Run "swamp [a-z ]+ --help" for usage\.\n$/);
    equal(text.includes("    at "), false, "no stack");
    if (line.includes("--json")) return;
    const { error } = await fails(repository, line.split(" "));
    ok(error.startsWith(message), error);
  });
}

Deno.test("an unknown command close to one is exit code 2, in both modes", async () => {
  const { code, stdout, stderr } = await swamp(["mdel"]);
  equal(code, 2);
  equal(stdout, "");
  equal(
    stderr,
    'error: Unknown command "mdel". Did you mean "model"?\n\n' +
      '  Run "swamp --help" for available subcommands.\n',
  );
  const json = await swamp(["mdel", "--json"]);
  equal(json.code, 2);
  equal(json.stdout, json.stderr);
  match(json.json.error, /^Unknown command "mdel"\. Did you mean "model"\?/);
});

Deno.test("an unknown command far from all offers what may have been meant", async () => {
  const { code, stderr } = await swamp(["model", "zzzzzz"]);
  equal(code, 2);
  match(stderr, /^error: "zzzzzz" is not a subcommand of "model"\.$/m);
  for (const line of ["get zzzzzz", "method run zzzzzz <method>", "validate zzzzzz"]) {
    ok(stderr.includes(`\n    swamp model ${line}\n`), stderr);
  }
  const method = await swamp(["model", "method", "zzzzzz"]);
  equal(method.code, 2);
  ok(method.stderr.includes("\n    swamp model method run zzzzzz <method>\n"), method.stderr);
  const vault = await swamp(["vault", "zzzzzz"]);
  for (const line of ["get zzzzzz", "put zzzzzz <key> <value>", "list-keys zzzzzz"]) {
    ok(vault.stderr.includes(`\n    swamp vault ${line}\n`), vault.stderr);
  }
  const elsewhere = await swamp(["data", "zzzzzz"]);
  equal(elsewhere.code, 2);
  match(elsewhere.stderr, /Available subcommands: /);
});

Deno.test("help of an unknown path follows the rules of errors", async () => {
  const { code, stdout, stderr } = await swamp(["help", "model", "gte"]);
  equal(code, 2);
  equal(stdout, "");
  match(stderr, /^error: Unknown command "gte"\. Did you mean "get"\?$/m);
});

Deno.test("an error is one line at every level, with a stack at level debug only", async () => {
  const line = "error: Model not found: zz\n";
  equal(await complains(repository, ["model", "get", "zz"]), line);
  equal(await complains(repository, ["model", "get", "zz", "-q"]), line);
  equal(await complains(repository, ["model", "get", "zz", "--log-level", "fatal"]), line);
  const { stderr } = await repository.run(["model", "get", "zz", "--log-level", "debug"]);
  match(stderr, /error: Model not found: zz/);
  match(stderr, /^ +at /m);
});

Deno.test("a failure of a method shows no stack of swamp", async () => {
  const { stderr } = await repository.run(runArgs("webserver", "fail"));
  equal(stderr, "error: boom happened\n");
});

Deno.test("a folder of --repo-dir that is not there is named", async () => {
  const { error } = await fails(NOWHERE, ["model", "search", "--repo-dir", "/no/such/folder"]);
  match(error, /^Not a swamp repository: \/no\/such\/folder/);
});

Deno.test("control characters of a name are not sent to the terminal", async () => {
  const text = await complains(repository, ["model", "get", "a\u001b[31mb\u0007"]);
  equal(text.includes("\u001b"), false);
  equal(text.includes("\u0007"), false);
});

Deno.test("a very long argument is an error like any other", async () => {
  const { error } = await fails(repository, ["model", "get", "x".repeat(100_000)]);
  match(error, /^Model not found: x/);
});
