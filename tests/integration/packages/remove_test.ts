import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { planRemoval } from "../../../src/libswamp/extensions/remove_package.ts";
import { type Files, LOCK, PackagesFixture, WIDGET, widget } from "./packages_fixture.ts";

/** A lock file with one entry that nobody installed. */
function withEntry(fixture: PackagesFixture, files: readonly string[] | undefined): void {
  const entry = { version: "2026.04.01.1", pulledAt: "2026-04-01T00:00:00.000Z" };
  const text = JSON.stringify({
    "@acme/widget": files === undefined ? entry : { ...entry, files },
  });
  fixture.write(LOCK, text);
}

Deno.test("removing a package deletes its files and its entry, and counts what it did", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ more: { "bundles/widget/one.js": "" } }));
  deepEqual(await fixture.remove("@acme/widget"), {
    name: "@acme/widget",
    version: "2026.04.01.1",
    filesDeleted: 3,
    filesSkipped: 0,
    dirsRemoved: 6,
  });
  deepEqual(fixture.tree(), { [LOCK]: "{}\n" });
});

Deno.test("the catalog knows of the removal before the lock file and the files do [B46]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  const seen: unknown[] = [];
  fixture.onRefresh = () => {
    const isThere = Object.hasOwn(fixture.lock(), "@acme/widget");
    seen.push([fixture.refreshes.at(-1), isThere]);
  };
  await fixture.remove("@acme/widget");
  deepEqual(seen, [[[], true], [[], false]]);
});

Deno.test("no empty folder is left after the last package went [B95]", async () => {
  using fixture = new PackagesFixture();
  const names = ["@acme/widget", "@acme/aws/ec2", "@other/x"];
  for (const name of names) await fixture.install(widget({ name }));
  for (const name of names) await fixture.remove(name);
  deepEqual(fixture.tree(), { [LOCK]: "{}\n" });
});

Deno.test("empty folders are removed even where files were gone before [B95]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  Deno.removeSync(fixture.path(WIDGET, "models"), { recursive: true });
  const { filesDeleted, filesSkipped } = await fixture.remove("@acme/widget");
  deepEqual([filesDeleted, filesSkipped], [1, 1]);
  deepEqual(fixture.tree(), { [LOCK]: "{}\n" });
});

Deno.test("local edits are not removed unless forced [B91]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  fixture.write(`${WIDGET}/models/widget/one.ts`, "// mine");
  const before = fixture.tree();
  await rejects(fixture.remove("@acme/widget"), {
    code: "local_edits",
    message:
      /Keep a copy of them, then run 'swamp extension rm @acme\/widget --force' to remove them\.$/,
  });
  deepEqual(fixture.tree(), before);
  await fixture.remove("@acme/widget", true);
  deepEqual(fixture.tree(), { [LOCK]: "{}\n" });
});

Deno.test("files that somebody put beside those of a package stay, by force too", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  fixture.write(`${WIDGET}/models/widget/mine.md`, "mine");
  await fixture.remove("@acme/widget", true);
  deepEqual(fixture.sourcePaths(), [`${WIDGET}/models/widget/mine.md`]);
});

const UNSAFE = [
  ".swamp/../../outside.txt",
  "../outside.txt",
  ".swamp/data/x",
  "/outside.txt",
  "a\0b",
];
for (const path of UNSAFE) {
  Deno.test(`a lock file that lists ${JSON.stringify(path)} is refused before anything happens [B96]`, async () => {
    using fixture = new PackagesFixture();
    const outside = join(fixture.root, "..", "outside.txt");
    Deno.writeTextFileSync(outside, "precious");
    fixture.write(".swamp/data/x", "precious");
    fixture.write(`${WIDGET}/models/x.ts`, "x");
    withEntry(fixture, [`${WIDGET}/models/x.ts`, path]);
    const before = fixture.tree();
    await rejects(fixture.remove("@acme/widget", true), { code: "unsafe_lockfile" });
    await rejects(fixture.install(widget(), { force: true }), { code: "unsafe_lockfile" });
    deepEqual(fixture.tree(), before);
    equal(Deno.readTextFileSync(outside), "precious");
  });
}

Deno.test("a link among the folders does not lead a removal out of the repository [B96]", async () => {
  using fixture = new PackagesFixture();
  const outside = join(fixture.root, "..", "outside");
  Deno.mkdirSync(outside);
  Deno.writeTextFileSync(join(outside, "x.ts"), "precious");
  Deno.mkdirSync(fixture.path(WIDGET), { recursive: true });
  Deno.symlinkSync(outside, fixture.path(WIDGET, "models"));
  withEntry(fixture, [`${WIDGET}/models/x.ts`]);
  await rejects(fixture.remove("@acme/widget", true), { code: "unsafe_path" });
  await rejects(fixture.install(widget({ models: { "x.ts": "" } }), { force: true }), {
    code: "unsafe_path",
  });
  equal(Deno.readTextFileSync(join(outside, "x.ts")), "precious");
});

Deno.test("a folder that the lock file lists as a file is left alone [B96]", async () => {
  using fixture = new PackagesFixture();
  fixture.write(`${WIDGET}/models/mine.ts`, "mine");
  withEntry(fixture, [`${WIDGET}/models`]);
  equal((await fixture.remove("@acme/widget", true)).filesSkipped, 1);
  equal(fixture.read(`${WIDGET}/models/mine.ts`), "mine");
});

Deno.test("a file that two entries of the lock file claim stays until both are gone [B90]", async () => {
  using fixture = new PackagesFixture();
  const file = ".swamp/pulled-extensions/models/_lib/aws.ts";
  const entry = { version: "2026.04.01.1", files: [file] };
  fixture.write(file, "shared");
  fixture.write(LOCK, JSON.stringify({ "@acme/a": entry, "@acme/b": entry }));
  equal((await fixture.remove("@acme/a")).filesSkipped, 1);
  equal(fixture.read(file), "shared");
  equal((await fixture.remove("@acme/b")).filesDeleted, 1);
  deepEqual(fixture.sourcePaths(), []);
});

Deno.test("packages that depend on a removed one are named [B100]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ name: "@acme/base" }));
  const manifest = 'dependencies: ["@acme/base@>=2026.01.01.1"]';
  await fixture.install(widget({ name: "@acme/b", manifest }));
  await fixture.install(widget({ name: "@acme/a", manifest }));
  deepEqual((await planRemoval(fixture.store(), "@acme/base")).dependents, ["@acme/a", "@acme/b"]);
  deepEqual((await fixture.remove("@acme/base")).dependents, ["@acme/a", "@acme/b"]);
});

Deno.test("a plan tells what would go, and changes nothing", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  fixture.write(`${WIDGET}/models/widget/one.ts`, "// mine");
  const before = fixture.tree();
  deepEqual(await planRemoval(fixture.store(), "@acme/widget"), {
    name: "@acme/widget",
    version: "2026.04.01.1",
    files: [`${WIDGET}/manifest.yaml`, `${WIDGET}/models/widget/one.ts`],
    skipped: [],
    edited: [`${WIDGET}/models/widget/one.ts`],
    dependents: [],
  });
  deepEqual(fixture.tree(), before);
});

Deno.test("a package that is not installed cannot be removed", async () => {
  using fixture = new PackagesFixture();
  await rejects(fixture.remove("@acme/none"), {
    code: "extension_not_installed",
    message: "Extension @acme/none is not installed.",
  });
  deepEqual(fixture.tree(), {});
});

Deno.test("an entry that lists no files cannot be removed, and says what helps", async () => {
  using fixture = new PackagesFixture();
  withEntry(fixture, undefined);
  await rejects(fixture.remove("@acme/widget"), {
    message: "Extension @acme/widget was pulled before file tracking was added. " +
      "Re-pull with --force to populate the file list, then retry rm.",
  });
  await fixture.install(widget(), { force: true });
  equal((await fixture.remove("@acme/widget")).filesDeleted, 2);
});

Deno.test("nothing is done in a repository of the old layout", async () => {
  using fixture = new PackagesFixture();
  fixture.write("extensions/models/one.ts", "mine");
  withEntry(fixture, ["extensions/models/one.ts"]);
  const before = fixture.tree();
  for (
    const attempt of [fixture.remove("@acme/widget"), fixture.install(widget({ name: "@a/b" }))]
  ) {
    await rejects(attempt, { code: "old_layout" });
  }
  deepEqual(fixture.tree(), before);
});

Deno.test("a catalog that cannot be refreshed keeps a package from being removed", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  const before: Files = fixture.tree();
  fixture.onRefresh = () => Promise.reject(new Error("the disk is full"));
  await rejects(fixture.remove("@acme/widget"), { message: "the disk is full" });
  deepEqual(fixture.tree(), before);
});
