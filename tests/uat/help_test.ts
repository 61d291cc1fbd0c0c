import { deepEqual, equal, ok } from "node:assert/strict";
import { type Run, swamp } from "./swamp.ts";

/** Every command of a schema with its path, such as `model method run`. */
function commandsOf(command: Run["json"], path: readonly string[] = []): [string, Run["json"]][] {
  return command.subcommands.flatMap((one: Run["json"]) => {
    const here = [...path, one.name];
    return [[here.join(" "), one], ...commandsOf(one, here)];
  });
}

const { json: schema } = await swamp(["help"], { cwd: "/" });

Deno.test("the schema holds version, root and the shape of every command", () => {
  equal(typeof schema.version, "string");
  equal(schema.root.name, "swamp");
  for (const [path, command] of commandsOf(schema.root)) {
    equal(typeof command.description, "string", path);
    ok(command.description.length > 0, path);
    for (const argument of command.arguments) {
      equal(typeof argument.name, "string", path);
      equal(typeof argument.required, "boolean", path);
      equal(typeof argument.variadic, "boolean", path);
    }
    for (const option of command.options) {
      ok(/^(-\w, )?--[a-z-]+$/.test(option.flags), `${path}: ${option.flags}`);
      equal(typeof option.description, "string", path);
      equal(typeof option.required, "boolean", path);
      equal(typeof option.collect, "boolean", path);
    }
  }
});

Deno.test("global flags are at the root alone", () => {
  const flags = schema.root.options.map((option: Run["json"]) => option.flags);
  for (
    const flag of [
      ...["--json", "--log", "--log-level", "-q, --quiet", "-v, --verbose", "--no-telemetry"],
      ...["--show-properties", "--no-color"],
    ]
  ) ok(flags.includes(flag), flag);
  for (const [path, command] of commandsOf(schema.root)) {
    const own = command.options.map((option: Run["json"]) => option.flags);
    ok(!own.includes("--json") && !own.includes("-h, --help"), path);
  }
});

Deno.test("the commands of models, data and repositories are there", () => {
  const paths = new Set(commandsOf(schema.root).map(([path]) => path));
  for (
    const path of [
      ...["version", "init", "completions", "repo upgrade", "model create", "model get"],
      ...["model search", "model edit", "model delete", "model validate", "model type search"],
      ...["model type describe", "model method run", "model method describe", "data get"],
      "data list",
    ]
  ) ok(paths.has(path), path);
  for (const hidden of ["help", "model list", "repo init"]) ok(!paths.has(hidden), hidden);
});

Deno.test("a path gives the schema below it, --json changes nothing", async () => {
  const run = await swamp(["help", "model", "method", "run"], { cwd: "/" });
  equal(run.json.root.name, "run");
  deepEqual(run.json.root.arguments.map((one: Run["json"]) => [one.name, one.required]), [
    ["model_id_or_name", true],
    ["method_name", true],
  ]);
  const collected = run.json.root.options.filter((option: Run["json"]) => option.collect)
    .map((option: Run["json"]) => option.flags);
  for (const flag of ["--input", "--tag", "--skip-check", "--report"]) ok(collected.includes(flag));
  deepEqual((await swamp(["help", "model", "method", "run", "--json"])).json, run.json);
});

Deno.test("every command has a help page that names its arguments", async () => {
  for (const [path, command] of commandsOf(schema.root)) {
    const { code, stdout, stderr } = await swamp([...path.split(" "), "--help"], { cwd: "/" });
    equal(code, 0, path);
    equal(stderr, "", path);
    ok(stdout.includes(`swamp ${path}`), path);
    for (const { name } of command.arguments) ok(stdout.includes(name), `${path}: ${name}`);
  }
});

Deno.test("a hidden command can be named", async () => {
  equal((await swamp(["help", "model", "list"])).json.root.name, "list");
});

Deno.test("a page tells usage, version, description, options, commands and examples", async () => {
  const headings = async (...words: string[]) => {
    const { stdout } = await swamp([...words, "--help"], { cwd: "/" });
    return [...stdout.matchAll(/^([A-Z][a-z]+):/gm)].map(([, heading]) => heading);
  };
  const all = ["Usage", "Version", "Description", "Options", "Commands", "Examples"];
  deepEqual(await headings(), all);
  deepEqual(await headings("model", "create"), all.filter((one) => one !== "Commands"));
});

Deno.test("a group without a command prints the same page", async () => {
  const groups = commandsOf(schema.root).filter(([, { subcommands }]) => subcommands.length > 0);
  ok(groups.length > 8);
  for (const [path] of groups) {
    const { code, stdout } = await swamp(path.split(" "), { cwd: "/" });
    equal(code, 0, path);
    equal(stdout, (await swamp([...path.split(" "), "--help"], { cwd: "/" })).stdout, path);
  }
});
