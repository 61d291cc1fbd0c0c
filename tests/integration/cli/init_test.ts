import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { join } from "@std/path";
import { parse } from "yaml";
import { recordedVersion } from "../../../src/libswamp/version.ts";
import { runSwamp, withFolder } from "./swamp_process.ts";

type Entries = Record<string, unknown>;

const readMarker = async (root: string): Promise<Entries> =>
  parse(await Deno.readTextFile(join(root, ".swamp.yaml")));

const writeMarker = (root: string, text: string): Promise<void> =>
  Deno.writeTextFile(join(root, ".swamp.yaml"), text);

const namesIn = (folder: string): string[] =>
  [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

for (const words of [["init"], ["repo", "init"]]) {
  Deno.test(`swamp ${words.join(" ")} makes the current folder a repository`, () =>
    withFolder(async (root) => {
      const { code, stdout, stderr } = await runSwamp([...words, "--tool", "none"], { cwd: root });
      equal(code, 0);
      equal(stderr, "");
      match(stdout, new RegExp(`^Initialized swamp repository at "${root}" \\(tool: "none"\\)\n`));
      deepEqual(namesIn(root), [
        ".gitignore",
        ".swamp",
        ".swamp.yaml",
        "models",
        "vaults",
        "workflows",
      ]);
      deepEqual(namesIn(join(root, ".swamp")), [
        "audit",
        "data",
        "definitions-evaluated",
        "outputs",
        "secrets",
        "telemetry",
        "vault-bundles",
        "workflow-runs",
        "workflows-evaluated",
      ]);
    }));
}

Deno.test("init records version, date, identity, tool and that it manages .gitignore", () =>
  withFolder(async (root) => {
    await runSwamp(["init", "--tool", "codex"], { cwd: root });
    const { repoId, initializedAt, ...rest } = await readMarker(root);
    match(String(repoId), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    match(String(initializedAt), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    deepEqual(rest, { swampVersion: recordedVersion(), tool: "codex", gitignoreManaged: true });
    match(recordedVersion(), /^\d{8}\.\d{6}\.\d+$/);
  }));

Deno.test("init --json prints what was done", () =>
  withFolder(async (root) => {
    const { stdout } = await runSwamp(["init", "-t", "none", "--json"], { cwd: root });
    const { initializedAt, ...rest } = JSON.parse(stdout);
    equal(initializedAt, (await readMarker(root)).initializedAt);
    deepEqual(rest, {
      path: root,
      version: recordedVersion(),
      skillsCopied: [],
      instructionsFileCreated: false,
      settingsCreated: false,
      gitignoreAction: "created",
      tool: "none",
    });
  }));

Deno.test("the tool is claude unless told", () =>
  withFolder(async (root) => {
    equal(JSON.parse((await runSwamp(["init", "--json"], { cwd: root })).stdout).tool, "claude");
  }));

Deno.test("a path that is missing is created, its parents too", () =>
  withFolder(async (cwd) => {
    const { code } = await runSwamp(["init", "a/b/c"], { cwd });
    equal(code, 0);
    equal((await readMarker(join(cwd, "a/b/c"))).tool, "claude");
  }));

Deno.test("a blank path is the current folder", () =>
  withFolder(async (cwd) => {
    await runSwamp(["init", " "], { cwd });
    ok(namesIn(cwd).includes(".swamp.yaml"));
  }));

Deno.test("swamp repo takes a path, which cannot be a mistyped sub-command", () =>
  withFolder(async (cwd) => {
    equal((await runSwamp(["repo", "./new", "-t", "none"], { cwd })).code, 0);
    equal((await readMarker(join(cwd, "new"))).tool, "none");
  }));

Deno.test("--repo-dir names the folder where no path does", () =>
  withFolder(async (cwd) => {
    await runSwamp(["--repo-dir", "x", "init"], { cwd });
    ok(namesIn(join(cwd, "x")).includes(".swamp.yaml"));
  }));

Deno.test("what was there before is adopted", () =>
  withFolder(async (root) => {
    await Deno.mkdir(join(root, "models"));
    await Deno.writeTextFile(join(root, "models/a.yaml"), "name: a\n");
    await Deno.writeTextFile(join(root, ".gitignore"), "secret\n");
    const { stdout } = await runSwamp(["init", "-t", "none", "--json"], { cwd: root });
    equal(JSON.parse(stdout).gitignoreAction, "updated");
    equal(await Deno.readTextFile(join(root, "models/a.yaml")), "name: a\n");
    match(await Deno.readTextFile(join(root, ".gitignore")), /^secret\n\n# BEGIN swamp/);
  }));

Deno.test("an existing repository is left alone", () =>
  withFolder(async (root) => {
    await runSwamp(["init", "-t", "none"], { cwd: root });
    const before = await readMarker(root);
    deepEqual(await runSwamp(["init", "-t", "claude"], { cwd: root }), {
      code: 1,
      stdout: "",
      stderr: `error: Repository already initialized at ${root} (tool: "none"). ` +
        "To switch tools, run: swamp repo upgrade -t <tool>. " +
        "To reinitialize from scratch, run: swamp repo init --force -t <tool>\n",
    });
    deepEqual(await readMarker(root), before);
  }));

Deno.test("of several that initialise at once, exactly one succeeds", () =>
  withFolder(async (root) => {
    const results = await Promise.all(
      Array.from({ length: 4 }, () => runSwamp(["init", "-t", "none", "--json"], { cwd: root })),
    );
    deepEqual(results.map(({ code }) => code).sort(), [0, 1, 1, 1]);
    for (const { stdout } of results.filter(({ code }) => code === 1)) {
      equal(JSON.parse(stdout).code, "already_initialized");
    }
    equal(namesIn(root).filter((name) => name.endsWith(".tmp")).length, 0);
  }));

Deno.test("--force keeps identity, settings, comments and unknown keys", () =>
  withFolder(async (root) => {
    await runSwamp(["init", "-t", "none"], { cwd: root });
    const before = await readMarker(root);
    const text = await Deno.readTextFile(join(root, ".swamp.yaml"));
    await writeMarker(root, `# ours\n${text}modelsDir: src/models\nmine:\n  deep: [1, 2]\n`);
    equal((await runSwamp(["init", "--force", "-t", "kiro"], { cwd: root })).code, 0);
    const after = await readMarker(root);
    equal(after.repoId, before.repoId);
    equal(after.modelsDir, "src/models");
    deepEqual(after.mine, { deep: [1, 2] });
    equal(after.tool, "kiro");
    notEqual(after.initializedAt, before.initializedAt);
    match(await Deno.readTextFile(join(root, ".swamp.yaml")), /^# ours\n/);
  }));

Deno.test("--force without a tool keeps the tool", () =>
  withFolder(async (root) => {
    await runSwamp(["init", "-t", "none"], { cwd: root });
    await runSwamp(["init", "--force"], { cwd: root });
    equal((await readMarker(root)).tool, "none");
  }));

const DAMAGED: Readonly<Record<string, string>> = {
  "malformed YAML": "repoId: 0c6f4f1e-6a51-4b0e-8a36-3f9d2f3f1f11\nfoo: [1,\n",
  "an empty file": "",
  "a scalar": "hello\n",
  "a list": "- a\n- b\n",
  "a value of the wrong type": "repoId: 0c6f4f1e-6a51-4b0e-8a36-3f9d2f3f1f11\nmodelsDir: 7\n",
};

for (const [what, text] of Object.entries(DAMAGED)) {
  Deno.test(`init refuses to touch ${what} and says how to repair it`, () =>
    withFolder(async (root) => {
      await writeMarker(root, text);
      const { code, stderr } = await runSwamp(["init"], { cwd: root });
      equal(code, 1);
      ok(stderr.startsWith(`error: Repository already initialized at ${root}, but`), stderr);
      match(stderr, /\.swamp\.yaml/);
      match(stderr, /swamp repo init --force\n$/);
      deepEqual(namesIn(root), [".swamp.yaml"]);
    }));

  Deno.test(`init --force repairs ${what} and keeps the old file under another name`, () =>
    withFolder(async (root) => {
      await writeMarker(root, text);
      const { code, stderr } = await runSwamp(["init", "--force"], { cwd: root });
      equal(code, 0, stderr);
      match(stderr, /^warning: \.swamp\.yaml/);
      const marker = await readMarker(root);
      equal(marker.tool, "claude");
      if (text.startsWith("repoId")) equal(`repoId: ${marker.repoId}`, text.split("\n")[0]);
      const aside = namesIn(root).find((name) => name.startsWith(".swamp.yaml.bad-"));
      equal(await Deno.readTextFile(join(root, aside!)), text);
      equal((await runSwamp(["repo", "upgrade"], { cwd: root })).code, 0);
    }));
}

Deno.test("init --force replaces a folder called .swamp.yaml", () =>
  withFolder(async (root) => {
    await Deno.mkdir(join(root, ".swamp.yaml"));
    equal((await runSwamp(["init"], { cwd: root })).code, 1);
    equal((await runSwamp(["init", "--force"], { cwd: root })).code, 0);
    equal((await readMarker(root)).tool, "claude");
  }));

Deno.test("a file where the repository should be is no folder", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(join(cwd, "file"), "");
    const { code, stderr } = await runSwamp(["init", "file"], { cwd });
    equal(code, 1);
    match(stderr, /^error: Not a directory: .*\/file\./);
  }));

for (const obstacle of ["models", ".swamp", ".swamp/data"]) {
  Deno.test(`a file called ${obstacle} is found before anything is written`, () =>
    withFolder(async (root) => {
      await Deno.mkdir(join(root, obstacle, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, obstacle), "");
      const before = namesIn(root);
      const { code, stderr } = await runSwamp(["init"], { cwd: root });
      equal(code, 1);
      ok(stderr.startsWith(`error: Not a directory: ${join(root, obstacle)}.`), stderr);
      deepEqual(namesIn(root), before);
    }));
}

Deno.test("two managed sections are found before anything is written", () =>
  withFolder(async (root) => {
    const section = "# BEGIN swamp managed section - DO NOT EDIT\n# END swamp managed section\n";
    await Deno.writeTextFile(join(root, ".gitignore"), section + section);
    const { code, stderr } = await runSwamp(["init"], { cwd: root });
    equal(code, 1);
    match(stderr, /^error: Found multiple swamp managed sections in file \.gitignore\./);
    deepEqual(namesIn(root), [".gitignore"]);
  }));

Deno.test("a .gitignore that is a link stays one", () =>
  withFolder(async (root) => {
    await Deno.writeTextFile(join(root, "ignored"), "a\n");
    await Deno.symlink("ignored", join(root, ".gitignore"));
    await runSwamp(["init"], { cwd: root });
    ok((await Deno.lstat(join(root, ".gitignore"))).isSymlink);
    match(await Deno.readTextFile(join(root, "ignored")), /^a\n\n# BEGIN swamp/);
  }));

Deno.test("a repository inside a repository is worth a warning", () =>
  withFolder(async (outer) => {
    await runSwamp(["init"], { cwd: outer });
    const { code, stdout, stderr } = await runSwamp(["init", "inner", "--json"], { cwd: outer });
    equal(code, 0);
    equal(JSON.parse(stdout).path, join(outer, "inner"));
    match(stderr, new RegExp(`^warning: .*/inner lies inside the repository ${outer};`));
  }));

Deno.test("a folder that cannot be created is the system's refusal, not a bug", () =>
  withFolder(async (cwd) => {
    const { code, stdout } = await runSwamp(["init", "/proc/nope", "--json"], { cwd });
    equal(code, 1);
    equal(JSON.parse(stdout).code, "system_error");
  }));
