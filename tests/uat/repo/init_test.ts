import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { parse } from "yaml";
import { isThere } from "../background_run.ts";
import { createModel } from "../models.ts";
import { complains, fails, succeeds } from "../outcomes.ts";
import { type RunOptions, swamp } from "../swamp.ts";

/** An empty folder to make a repository of. */
class Folder implements Disposable {
  readonly root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-uat-" }));

  run(args: readonly string[], options: RunOptions = {}) {
    return swamp(args, { cwd: this.root, ...options });
  }

  read(path: string): string {
    return Deno.readTextFileSync(join(this.root, path));
  }

  write(path: string, text: string): void {
    Deno.writeTextFileSync(join(this.root, path), text);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }
}

const SECTION = "# BEGIN swamp managed section - DO NOT EDIT\n.swamp/\n" +
  "# END swamp managed section\n";

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("init makes the folders of a repository, and says what it did", async () => {
  using folder = new Folder();
  const { version, initializedAt, ...document } = await succeeds(folder, ["init", "-t", "none"]);
  match(version, /^\d{8}\.\d{6}\.\d+$/);
  match(initializedAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  deepEqual(document, {
    path: folder.root,
    skillsCopied: [],
    instructionsFileCreated: false,
    settingsCreated: false,
    gitignoreAction: "created",
    tool: "none",
  });
  deepEqual(names(folder.root), [
    ...[".gitignore", ".swamp", ".swamp.yaml", "models", "vaults", "workflows"],
  ]);
  const inSwamp = names(join(folder.root, ".swamp"));
  for (
    const name of [
      ...["audit", "data", "definitions-evaluated", "outputs", "secrets", "telemetry"],
      ...["vault-bundles", "workflow-runs", "workflows-evaluated"],
    ]
  ) ok(inSwamp.includes(name), name);
});

Deno.test("the marker file holds version, date, identity and tool", async () => {
  using folder = new Folder();
  const { version, initializedAt } = await succeeds(folder, ["init", "-t", "none"]);
  const { repoId, ...marker } = parse(folder.read(".swamp.yaml"));
  match(repoId, /^[0-9a-f-]{36}$/);
  deepEqual(marker, {
    swampVersion: version,
    initializedAt,
    tool: "none",
    gitignoreManaged: true,
  });
});

Deno.test("the section of .gitignore is appended once, what is there stays", async () => {
  using folder = new Folder();
  folder.write(".gitignore", "node_modules/\n");
  equal((await succeeds(folder, ["init", "-t", "none"])).gitignoreAction, "updated");
  const text = folder.read(".gitignore");
  match(
    text,
    /^node_modules\/\n\n# BEGIN swamp managed section - DO NOT EDIT\n(?:.*\n)*?\.swamp\/\n(?:.*\n)*?# END swamp managed section\n$/,
  );
  await succeeds(folder, ["init", "-t", "none", "--force"]);
  equal(folder.read(".gitignore"), text);
});

for (const command of ["init", "repo init"]) {
  Deno.test(`"swamp ${command} <path>" makes the folder and those above it`, async () => {
    using folder = new Folder();
    await succeeds(folder, [...command.split(" "), "a/b", "--tool", "none"]);
    ok(isThere(join(folder.root, "a/b/.swamp.yaml")));
    const inside = {
      run: (args: readonly string[]) => folder.run(args, { cwd: join(folder.root, "a/b") }),
    };
    await createModel(inside, "command/shell", "sh");
  });
}

Deno.test("a mistyped sub-command of repo never makes a folder", async () => {
  using folder = new Folder();
  const { code, stderr } = await folder.run(["repo", "upgrad"]);
  ok(code !== 0);
  match(stderr, /Did you mean "upgrade"\?/);
  deepEqual(names(folder.root), []);
});

Deno.test("a repository is not initialised again", async () => {
  using folder = new Folder();
  await succeeds(folder, ["init", "-t", "none"]);
  const before = folder.read(".swamp.yaml");
  equal(
    (await fails(folder, ["init"])).error,
    `Repository already initialized at ${folder.root} (tool: "none"). ` +
      "To switch tools, run: swamp repo upgrade -t <tool>. " +
      "To reinitialize from scratch, run: swamp repo init --force -t <tool>",
  );
  equal(folder.read(".swamp.yaml"), before);
});

Deno.test("--force keeps identity, settings and models", async () => {
  using folder = new Folder();
  await succeeds(folder, ["init", "-t", "none"]);
  await createModel(folder, "command/shell", "sh");
  folder.write(".swamp.yaml", `${folder.read(".swamp.yaml")}modelsDir: lib\nmine: { a: 1 }\n`);
  const before = parse(folder.read(".swamp.yaml"));
  await succeeds(folder, ["init", "-t", "none", "--force"]);
  const { initializedAt, ...after } = parse(folder.read(".swamp.yaml"));
  ok(initializedAt >= before.initializedAt);
  deepEqual(after, { ...after, repoId: before.repoId, modelsDir: "lib", mine: { a: 1 } });
  equal((await succeeds(folder, ["model", "get", "sh"])).name, "sh");
});

Deno.test("definitions that were there before are adopted", async () => {
  using folder = new Folder();
  Deno.mkdirSync(join(folder.root, "models"));
  folder.write(
    "models/a.yaml",
    `type: command/shell\nid: ${crypto.randomUUID()}\nname: a\nversion: 1\n`,
  );
  await succeeds(folder, ["init", "-t", "none"]);
  equal((await succeeds(folder, ["model", "get", "a"])).name, "a");
});

Deno.test("people read where the repository is", async () => {
  using folder = new Folder();
  const { stdout } = await folder.run(["init", "-t", "none"]);
  ok(stdout.includes(folder.root));
});

Deno.test("a path that is a file is refused in plain words", async () => {
  using folder = new Folder();
  folder.write("file", "kept");
  const text = await complains(folder, ["init", "file"]);
  match(text, /^error: .*file/);
  ok(!text.includes("internal"), text);
  equal(folder.read("file"), "kept");
});

/** What may be wrong with the `.gitignore` of a folder, and what is said. */
const GITIGNORES: Readonly<Record<string, readonly [spoil: (path: string) => void, says: RegExp]>> =
  {
    "with two sections of swamp": [
      (path) => Deno.writeTextFileSync(path, SECTION.repeat(2)),
      /^Found multiple swamp managed sections in file \.gitignore\. Please remove the duplicate section/,
    ],
    "whose section has no end": [
      (path) => Deno.writeTextFileSync(path, SECTION.split("\n")[0]!),
      /^The swamp managed section in \.gitignore is incomplete: /,
    ],
    "that is a directory": [(path) => Deno.mkdirSync(path), /^Not a file: .*\/\.gitignore\./],
  };

for (const [what, [spoil, says]] of Object.entries(GITIGNORES)) {
  Deno.test(`a .gitignore ${what} is told before anything is written`, async () => {
    using folder = new Folder();
    spoil(join(folder.root, ".gitignore"));
    match((await fails(folder, ["init", "-t", "none"])).error, says);
    deepEqual(names(folder.root), [".gitignore"]);
  });
}

Deno.test("a repository inside another one is made, with a warning that names both", async () => {
  using folder = new Folder();
  await succeeds(folder, ["init", "-t", "none"]);
  const { code, stderr } = await folder.run(["init", "inner", "-t", "none"]);
  equal(code, 0);
  match(stderr, /^warning: .*\n$/);
  ok(stderr.includes(`${folder.root}/inner lies inside the repository ${folder.root};`), stderr);
});

Deno.test("a file in the place of one of its folders is told before anything is written", async () => {
  using folder = new Folder();
  folder.write("models", "");
  match((await fails(folder, ["init", "-t", "none"])).error, /^Not a directory: .*\/models\./);
  deepEqual(names(folder.root), ["models"]);
});

Deno.test("a folder that cannot be made is named", async () => {
  using folder = new Folder();
  match((await fails(folder, ["init", "/proc/nope", "-t", "none"])).error, /\/proc\/nope/);
});

for (const tool of ["claude", "cursor", "opencode", "codex", "kiro", "none"]) {
  Deno.test(`the tool ${tool} is recorded`, async () => {
    using folder = new Folder();
    const document = await succeeds(folder, ["init", "--tool", tool]);
    equal(document.tool, tool);
    match(folder.read(".swamp.yaml"), new RegExp(`^tool: ${tool}$`, "m"));
  });
}
