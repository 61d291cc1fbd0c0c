import { deepEqual, equal, match } from "node:assert/strict";
import { dirname, join } from "@std/path";
import type { FolderMigration } from "../../../src/domain/datastores/folder_migration.ts";
import { localFolderMigration } from "../../../src/infrastructure/datastores/local_folder_migration.ts";
import { localPlace } from "../../../src/infrastructure/persistence/repository_layout.ts";

/** Runs `test` with two folders in a repository. */
async function withFolders(
  test: (migration: FolderMigration, from: string, to: string) => Promise<void>,
): Promise<void> {
  const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-test-" }));
  try {
    await test(localFolderMigration(root), join(root, ".swamp/data"), join(root, "elsewhere/data"));
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

function write(path: string, text: string): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.writeTextFileSync(path, text);
}

Deno.test("files are copied with their folders and permissions", () =>
  withFolders(async (migration, from, to) => {
    write(join(from, "a/b/file"), "one");
    Deno.chmodSync(join(from, "a/b"), 0o700);
    Deno.chmodSync(join(from, "a/b/file"), 0o600);
    write(join(from, "empty"), "");
    deepEqual(await migration.copy(from, to, false), { files: 2, bytes: 3, problems: [] });
    equal(Deno.readTextFileSync(join(to, "a/b/file")), "one");
    equal(Deno.statSync(join(to, "a/b")).mode! & 0o777, 0o700);
    equal(Deno.statSync(join(to, "a/b/file")).mode! & 0o777, 0o600);
  }));

Deno.test("a second time there is nothing left to do", () =>
  withFolders(async (migration, from, to) => {
    for (let file = 0; file < 50; file++) write(join(from, `${file % 7}/${file}`), `text ${file}`);
    equal((await migration.copy(from, to, false)).files, 50);
    deepEqual(await migration.copy(from, to, false), { files: 0, bytes: 0, problems: [] });
  }));

Deno.test("another content in the target is a problem of that file alone, and stays", () =>
  withFolders(async (migration, from, to) => {
    write(join(from, "a/1/raw"), "ours");
    write(join(from, "b/1/raw"), "ours");
    write(join(to, "a/1/raw"), "theirs");
    const { files, problems } = await migration.copy(from, to, false);
    equal(files, 1);
    equal(problems.length, 1);
    match(problems[0]!, /a\/1\/raw is there already, with another content$/);
    equal(Deno.readTextFileSync(join(to, "a/1/raw")), "theirs");
  }));

Deno.test("what may be replaced is replaced", () =>
  withFolders(async (migration, from, to) => {
    write(join(from, "a.yaml"), "ours");
    write(join(to, "a.yaml"), "theirs");
    deepEqual(await migration.copy(from, to, true), { files: 1, bytes: 4, problems: [] });
    equal(Deno.readTextFileSync(join(to, "a.yaml")), "ours");
  }));

Deno.test("a hint at the latest version may differ", () =>
  withFolders(async (migration, from, to) => {
    write(join(from, "a/latest"), "1");
    write(join(to, "a/latest"), "2");
    deepEqual((await migration.copy(from, to, false)).problems, []);
    equal(Deno.readTextFileSync(join(to, "a/latest")), "2");
  }));

Deno.test("locks, caches and what was never finished stay behind", () =>
  withFolders(async (migration, from, to) => {
    for (
      const path of [
        ".lock",
        "a/.lock",
        "a/.lock.takeover",
        "_catalog.db",
        "_catalog.db-journal",
        "_catalog.db.bad-2026",
        `a/.${crypto.randomUUID()}.tmp`,
        `a/.removed-${crypto.randomUUID()}/1/raw`,
        `a/n/2/.writing-7-${crypto.randomUUID()}@host`,
      ]
    ) write(join(from, path), "x");
    write(join(from, "a/n/1/raw"), "kept");
    equal((await migration.copy(from, to, false)).files, 1);
    equal(Deno.readTextFileSync(join(to, "a/n/1/raw")), "kept");
  }));

Deno.test("links are copied as links", () =>
  withFolders(async (migration, from, to) => {
    write(join(from, "a/1/raw"), "x");
    Deno.symlinkSync("1", join(from, "a/latest"));
    deepEqual((await migration.copy(from, to, false)).problems, []);
    equal(Deno.readLinkSync(join(to, "a/latest")), "1");
  }));

Deno.test("only the repository's own .swamp is local", () =>
  withFolders((migration, from) => {
    const local = localPlace(dirname(dirname(from)));
    equal(migration.isLocal(local), true);
    equal(migration.isLocal({ ...local, folders: ["data"] }), true);
    equal(migration.isLocal({ ...local, path: "/elsewhere" }), false);
    return Promise.resolve();
  }));
