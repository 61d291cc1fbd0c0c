import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { parse } from "yaml";
import { recordedVersion } from "../../../src/libswamp/version.ts";
import { runSwamp, withFolder, withNewRepository } from "./swamp_process.ts";

const readMarker = async (root: string): Promise<Record<string, unknown>> =>
  parse(await Deno.readTextFile(join(root, ".swamp.yaml")));

const OLD =
  "# kept\nswampVersion: 20250101.000000.0\nrepoId: 0c6f4f1e-6a51-4b0e-8a36-3f9d2f3f1f11\n" +
  "tool: none\nmine: [1]\n";

/** A repository as an older version left it. */
const withOldRepository = (test: (root: string) => Promise<void>): Promise<void> =>
  withFolder(async (root) => {
    await Deno.writeTextFile(join(root, ".swamp.yaml"), OLD);
    await test(root);
  });

Deno.test("upgrade records the new version and date and keeps the rest", () =>
  withOldRepository(async (root) => {
    const { code, stdout } = await runSwamp(["repo", "upgrade", "--json"], { cwd: root });
    equal(code, 0);
    const { upgradedAt, ...document } = JSON.parse(stdout);
    deepEqual(document, {
      path: root,
      previousVersion: "20250101.000000.0",
      newVersion: recordedVersion(),
      skillsUpdated: [],
      instructionsUpdated: false,
      settingsUpdated: false,
      gitignoreAction: "skipped",
      tool: "none",
    });
    deepEqual(await readMarker(root), {
      swampVersion: recordedVersion(),
      repoId: "0c6f4f1e-6a51-4b0e-8a36-3f9d2f3f1f11",
      tool: "none",
      mine: [1],
      upgradedAt,
    });
    match(await Deno.readTextFile(join(root, ".swamp.yaml")), /^# kept\n/);
  }));

Deno.test("upgrade tells people what it did", () =>
  withOldRepository(async (root) => {
    const { stdout } = await runSwamp(["repo", "upgrade"], { cwd: root });
    equal(
      stdout,
      [
        `Upgraded swamp repository: "20250101.000000.0" → "${recordedVersion()}" (tool: "none")`,
        "  Skills updated: none",
        "  Instructions: unchanged",
        "  Settings: unchanged",
        "  .gitignore: skipped",
        "",
      ].join("\n"),
    );
  }));

Deno.test("a marker without a version has no previous one", () =>
  withFolder(async (root) => {
    await Deno.writeTextFile(join(root, ".swamp.yaml"), "tool: none\n");
    const { stdout } = await runSwamp(["repo", "upgrade", "--json"], { cwd: root });
    equal("previousVersion" in JSON.parse(stdout), false);
  }));

Deno.test("-t switches the tool", () =>
  withOldRepository(async (root) => {
    await runSwamp(["repo", "upgrade", "-t", "kiro"], { cwd: root });
    equal((await readMarker(root)).tool, "kiro");
  }));

Deno.test("--include-gitignore manages .gitignore from then on", () =>
  withOldRepository(async (root) => {
    const first = await runSwamp(["repo", "upgrade", "--include-gitignore", "--json"], {
      cwd: root,
    });
    equal(JSON.parse(first.stdout).gitignoreAction, "created");
    equal((await readMarker(root)).gitignoreManaged, true);
    const second = await runSwamp(["repo", "upgrade", "-t", "codex", "--json"], { cwd: root });
    equal(JSON.parse(second.stdout).gitignoreAction, "updated");
    match(await Deno.readTextFile(join(root, ".gitignore")), /\.agents\/skills\//);
  }));

Deno.test("upgrade takes a path, --repo-dir, or the repository around it", () =>
  withNewRepository(async (root) => {
    await Deno.mkdir(join(root, "models/deep"));
    for (
      const [words, cwd] of [
        [["repo", "upgrade", root], "/"],
        [["repo", "upgrade", "--repo-dir", root], "/"],
        [["repo", "upgrade"], join(root, "models/deep")],
      ] as const
    ) {
      const { stdout } = await runSwamp([...words, "--json"], { cwd });
      equal(JSON.parse(stdout).path, root);
    }
  }));

Deno.test("outside a repository upgrade says what to do first", () =>
  withFolder(async (root) => {
    deepEqual(await runSwamp(["repo", "upgrade"], { cwd: root }), {
      code: 1,
      stdout: "",
      stderr: `error: Not a swamp repository: ${root}. Run 'swamp repo init' first.\n`,
    });
  }));

for (
  const [what, text, reason] of [
    ["malformed YAML", "tool: none\nfoo: [1,\n", /\.swamp\.yaml cannot be read as YAML: .*line 3/],
    ["an empty file", "", /\.swamp\.yaml must be a YAML map, but it is empty/],
    ["a scalar", "hello\n", /\.swamp\.yaml must be a YAML map, but it is the single value "hello"/],
    ["a list", "- a\n", /\.swamp\.yaml must be a YAML map, but it is a list/],
    [
      "wrong types",
      "tool: none\nmodelsDir: 7\n",
      /\.swamp\.yaml, line 2: modelsDir must be a string/,
    ],
    ["an unknown tool", "tool: bogus\n", /\.swamp\.yaml, line 1: tool must be one of claude, /],
  ] as const
) {
  Deno.test(`upgrade refuses to write over ${what}`, () =>
    withFolder(async (root) => {
      await Deno.writeTextFile(join(root, ".swamp.yaml"), text);
      const { code, stdout, stderr } = await runSwamp(["repo", "upgrade", "--json"], { cwd: root });
      equal(code, 1);
      equal(stdout, stderr);
      const document = JSON.parse(stdout);
      equal(document.code, "invalid_settings");
      equal(document.file, ".swamp.yaml");
      match(document.error, reason);
      equal(await Deno.readTextFile(join(root, ".swamp.yaml")), text);
    }));
}

Deno.test("latest links of old data become text files", () =>
  withNewRepository(async (root) => {
    const name = join(root, ".swamp/data/command/shell/0c6f4f1e/result");
    await Deno.mkdir(join(name, "3"), { recursive: true });
    await Deno.symlink("3", join(name, "latest"));
    const { stdout } = await runSwamp(["repo", "upgrade", "--json"], { cwd: root });
    deepEqual(JSON.parse(stdout).migrations, [
      'Wrote 1 "latest" link(s) of .swamp/data as text files',
    ]);
    equal((await Deno.lstat(join(name, "latest"))).isFile, true);
    equal(await Deno.readTextFile(join(name, "latest")), "3");
  }));

Deno.test("files of old folders move, and what is there already wins", () =>
  withNewRepository(async (root) => {
    const put = async (path: string, text: string) => {
      await Deno.mkdir(join(root, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    };
    await put(".swamp/definitions/command/shell/a.yaml", "old a");
    await put(".swamp/definitions/command/shell/b.yaml", "old b");
    await put("models/command/shell/b.yaml", "new b");
    await put(".swamp/workflows/w.yaml", "w");
    await put(".swamp/vault/v.yaml", "v");
    await Deno.symlink(
      "../.swamp/definitions/command/shell/a.yaml",
      join(root, "models/view.yaml"),
    );

    equal((await runSwamp(["repo", "upgrade"], { cwd: root })).code, 0);
    const read = (path: string) => Deno.readTextFileSync(join(root, path));
    equal(read("models/command/shell/a.yaml"), "old a");
    equal(read("models/command/shell/b.yaml"), "new b");
    equal(read(".swamp/definitions/command/shell/b.yaml"), "old b");
    equal(read("workflows/w.yaml"), "w");
    equal(read("vaults/v.yaml"), "v");
    ok(!namesIn(join(root, "models")).includes("view.yaml"));
    ok(!namesIn(join(root, ".swamp")).includes("vault"));
  }));

Deno.test("links of a repository that needs no migration stay", () =>
  withNewRepository(async (root) => {
    await Deno.writeTextFile(join(root, "shared.yaml"), "x");
    await Deno.symlink("../shared.yaml", join(root, "models/shared.yaml"));
    await runSwamp(["repo", "upgrade"], { cwd: root });
    ok(namesIn(join(root, "models")).includes("shared.yaml"));
  }));

Deno.test("upgrade waits for who holds the lock of the repository, and says for whom", () =>
  withNewRepository(async (root) => {
    const lock = join(root, ".swamp/.datastore.lock");
    await Deno.writeTextFile(
      lock,
      JSON.stringify({
        holder: "ada@elsewhere",
        hostname: "elsewhere",
        pid: 1,
        acquiredAt: new Date().toISOString(),
        ttlMs: 30_000,
        nonce: crypto.randomUUID(),
      }),
    );
    const { code, stdout } = await runSwamp(["repo", "upgrade", "--wait", "0", "--json"], {
      cwd: root,
    });
    equal(code, 75);
    const document = JSON.parse(stdout);
    equal(document.code, "lock_timeout");
    match(document.error, /ada@elsewhere/);
  }));

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}
