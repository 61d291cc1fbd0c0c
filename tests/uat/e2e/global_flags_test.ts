import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createModel, runArgs } from "../models.ts";
import { complains, fails, NOWHERE, succeeds } from "../outcomes.ts";
import { Repository, type Run, type RunOptions, swamp } from "../swamp.ts";
import { inTerminal } from "../terminal.ts";

/** A repository with the shell model `sh`, and settings that tests do not change. */
const repository = await Repository.create();
await createModel(repository, "command/shell", "sh");
Deno.test.afterAll(() => repository[Symbol.dispose]());

const ESCAPE = "\u001b[";

/** Runs `echo hi`, which logs records of level info, and one of level warning. */
function echo(flags: readonly string[], options: RunOptions = {}, place = repository) {
  return place.run(
    [...runArgs("sh", "execute", { run: "echo hi; echo hm >&2" }), ...flags],
    options,
  );
}

/** Whether records of a level were shown. */
const shows = ({ stdout, stderr }: Run, level: string) =>
  new RegExp(`(?: |\\[)${level}(?: |\\])`).test(stdout + stderr);

for (
  const line of [
    "--json model get sh",
    "model --json get sh",
    "model get --json sh",
    "model get sh --json",
    "-q model get sh --json",
    "model get sh --json --log-level debug",
    "model get sh --json --log-level=debug",
    "model get -qv --json sh",
    "--no-telemetry model get sh --json --no-color --show-properties --log",
  ]
) {
  Deno.test(`flags may stand anywhere: swamp ${line}`, async () => {
    const { code, json } = await repository.run(line.split(" "));
    equal(code, 0);
    equal(json.name, "sh");
  });
}

Deno.test("--json prints one document with two-space indent and a line end", async () => {
  const { stdout, stderr } = await repository.run(["model", "search", "--json"]);
  equal(stdout, `${JSON.stringify(JSON.parse(stdout), null, 2)}\n`);
  equal(stderr, "");
});

Deno.test("without --json the version is a line of text, at any level", async () => {
  for (const flags of [[], ["-q"], ["--log-level", "fatal"]]) {
    const { code, stdout } = await swamp(["version", ...flags]);
    equal(code, 0);
    match(stdout, /^swamp \d{8}\.\d{6}\.\d+-sha\.[0-9a-f]+\n$/);
  }
  match((await succeeds(NOWHERE, ["version"])).version, /^\d{8}\.\d{6}\.\d+-sha\.[0-9a-f]+$/);
});

Deno.test("-V prints the bare version, --version with the program's name", async () => {
  const { version } = await succeeds(NOWHERE, ["version"]);
  deepEqual((await swamp(["-V"])).stdout, `${version}\n`);
  deepEqual((await swamp(["--version"])).stdout, `swamp ${version}\n`);
});

for (const group of ["", "model", "model type", "model method", "data", "repo"]) {
  Deno.test(`"swamp ${group}" prints its help`, async () => {
    const words = group.split(" ").filter((word) => word !== "");
    for (const args of [words, [...words, "--json"]]) {
      const folder = Deno.makeTempDirSync();
      const { code, stdout, stderr } = await swamp(args, { cwd: folder });
      equal(code, 0);
      equal(stderr, "");
      match(stdout, /Usage:/);
      match(stdout, /Commands:/);
      deepEqual([...Deno.readDirSync(folder)], []);
      Deno.removeSync(folder);
    }
  });
}

for (
  const line of [
    "model get --help",
    "model get -h",
    "model get --help --bogus",
    "model get a b c --help",
    "--log-level bogus model get --help",
    "model get sh --repo-dir /nowhere -h",
  ]
) {
  Deno.test(`help wins: swamp ${line}`, async () => {
    const { code, stdout, stderr } = await swamp(line.split(" "), { cwd: "/" });
    equal(code, 0);
    equal(stderr, "");
    match(stdout, /Usage: +swamp model get <model_id_or_name>/);
  });
}

Deno.test("help in JSON is the schema of the command", async () => {
  const { json } = await swamp(["model", "get", "--help", "--json"], { cwd: "/" });
  const help = await swamp(["help", "model", "get"], { cwd: "/" });
  deepEqual(json, help.json);
  equal(json.root.name, "get");
  equal(json.root.arguments[0].name, "model_id_or_name");
});

Deno.test("the level of records is that of the flag, in any case", async () => {
  for (const level of ["info", "INFO", "Debug", "trace"]) {
    ok(shows(await echo(["--log-level", level]), "INF"), level);
  }
  for (const level of ["warning", "warn", "Error", "fatal"]) {
    ok(!shows(await echo(["--log-level", level]), "INF"), level);
  }
  ok(shows(await echo(["--log-level", "warn"]), "WRN"));
  ok(!shows(await echo(["--log-level", "error"]), "WRN"));
});

Deno.test("-q shows errors only, whatever level is asked for", async () => {
  const quiet = await echo(["-q", "--log-level", "debug"]);
  ok(!shows(quiet, "INF"));
  ok(!shows(quiet, "WRN"));
  match((await repository.run(["model", "get", "sh", "-q"])).stdout, /^Name: sh/);
});

Deno.test("the flag beats the variable, the variable beats the setting", async () => {
  using fresh = await Repository.create();
  await createModel(fresh, "command/shell", "sh");
  const settings = Deno.readTextFileSync(fresh.path(".swamp.yaml"));
  fresh.write(".swamp.yaml", `${settings}logLevel: error\n`);
  ok(!shows(await echo([], {}, fresh), "INF"));
  ok(shows(await echo([], { env: { SWAMP_LOG_LEVEL: "info" } }, fresh), "INF"));
  const env = { SWAMP_LOG_LEVEL: "fatal" };
  ok(shows(await echo(["--log-level", "info"], { env }, fresh), "INF"));
  ok(!shows(await echo([], { env: { SWAMP_LOG_LEVEL: "" } }, fresh), "INF"));
});

Deno.test("a wrong --log-level is refused with the levels there are", async () => {
  for (const args of [["version"], ["model", "search"]]) {
    equal(
      (await fails(repository, [...args, "--log-level", "bogus"])).error,
      'Invalid value for --log-level: "bogus". ' +
        "Expected one of: trace, debug, info, warning, error, fatal",
    );
  }
});

Deno.test("a wrong level of a variable or a setting is a warning that names it", async () => {
  using fresh = await Repository.create();
  await createModel(fresh, "command/shell", "sh");
  const variable = await echo([], { env: { SWAMP_LOG_LEVEL: "loud" } }, fresh);
  equal(variable.code, 0);
  match(variable.stderr, /SWAMP_LOG_LEVEL.*loud.*trace, debug, info, warning, error, fatal/s);
  ok(shows(variable, "INF"));
  const settings = Deno.readTextFileSync(fresh.path(".swamp.yaml"));
  fresh.write(".swamp.yaml", `${settings}logLevel: 3\n`);
  const setting = await echo([], {}, fresh);
  equal(setting.code, 0);
  match(setting.stderr, /logLevel/);
});

Deno.test("--no-color prints the long form of records", async () => {
  const { stdout, stderr } = await echo(["--no-color"]);
  const record =
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \+00:00 \[(INF|WRN)\] model·method·run·sh/m;
  match(stdout, record);
  match(stderr, record);
});

const COMMANDS = [
  "--help",
  "model get sh",
  "model search --log",
  "model validate sh",
  "model get zz",
];

for (const command of COMMANDS) {
  Deno.test(`"swamp ${command}" has no colours without a terminal`, async () => {
    const { stdout, stderr } = await repository.run(command.split(" "));
    equal((stdout + stderr).includes(ESCAPE), false);
  });

  Deno.test(`"swamp ${command}" has none at a terminal with --no-color or NO_COLOR`, async () => {
    const cwd = repository.root;
    for (const value of ["1", ""]) {
      const { text } = await inTerminal(command, { cwd, env: { NO_COLOR: value } });
      equal(text.includes(ESCAPE), false);
    }
    equal((await inTerminal(`${command} --no-color`, { cwd })).text.includes(ESCAPE), false);
  });
}

Deno.test("the repository is searched upward from the current folder", async () => {
  Deno.mkdirSync(repository.path("deep/er"), { recursive: true });
  const { name } = await succeeds(repository, ["model", "get", "sh"], {
    cwd: repository.path("deep/er"),
  });
  equal(name, "sh");
});

Deno.test("the nearest repository is taken, and named at level debug", async () => {
  using inner = await Repository.create();
  await createModel(inner, "command/shell", "inner");
  const nested = repository.path("nested");
  equal((await swamp(["init", nested, "--tool", "none"])).code, 0);
  await fails(repository, ["model", "get", "sh"], { cwd: nested });
  const { stdout, stderr } = await repository.run(["model", "search", "--log-level", "debug"], {
    cwd: nested,
  });
  ok((stdout + stderr).includes(nested));
  Deno.removeSync(nested, { recursive: true });
});

Deno.test("--repo-dir may stand anywhere and beats SWAMP_REPO_DIR, which beats the folder", async () => {
  using other = await Repository.create();
  await createModel(other, "command/shell", "other");
  const { root } = other;
  const env = { SWAMP_REPO_DIR: root };
  for (
    const args of [["--repo-dir", root, "model", "get", "other"], [
      "model",
      "get",
      "other",
      `--repo-dir=${root}`,
    ], ["model", "--repo-dir", root, "get", "other"]]
  ) {
    equal((await succeeds(repository, args)).name, "other");
  }
  equal((await succeeds(repository, ["model", "get", "other"], { env })).name, "other");
  const flag = ["--repo-dir", repository.root];
  equal((await succeeds(NOWHERE, ["model", "get", "sh", ...flag], { env })).name, "sh");
});

Deno.test("--repo-dir is relative to the current folder, and empty means that folder", async () => {
  const cwd = repository.path("..");
  const relative = repository.root.split("/").at(-1)!;
  equal(
    (await succeeds(NOWHERE, ["model", "get", "sh", "--repo-dir", relative], { cwd })).name,
    "sh",
  );
  equal((await succeeds(repository, ["model", "get", "sh", "--repo-dir", ""])).name, "sh");
});

Deno.test("a --repo-dir that is no repository is refused, and nothing is searched above it", async () => {
  Deno.mkdirSync(repository.path("plain"), { recursive: true });
  const { error } = await fails(repository, [
    ...["model", "get", "sh", "--repo-dir", repository.path("plain")],
  ]);
  match(error, /^Not a swamp repository: .*\/plain\./);
});

Deno.test("a --repo-dir that is a file is refused in plain words", async () => {
  const file = repository.write("a-file", "");
  const { error } = await fails(repository, ["model", "search", "--repo-dir", file]);
  ok(error.includes(file), error);
  ok(!error.includes("os error"), error);
});

Deno.test("after -- everything is a value", async () => {
  equal((await succeeds(repository, ["model", "get", "--", "sh"])).name, "sh");
  equal(
    await complains(repository, ["model", "get", "--", "--json"]),
    "error: Model not found: --json\n",
  );
});

Deno.test("a value equal to --json does not switch to JSON", async () => {
  const text = await complains(repository, ["model", "get", "zz", "--repo-dir=--json"]);
  match(text, /^error: /);
});

Deno.test("no stdin, no terminal and no HOME are no obstacle", async () => {
  const { code, json } = await repository.run(["model", "search", "--json"], {
    env: { HOME: "/nonexistent", XDG_CONFIG_HOME: "/nonexistent", XDG_CACHE_HOME: "/tmp" },
  });
  equal(code, 0);
  equal(json.results.length, 1);
});
