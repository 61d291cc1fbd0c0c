import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { additionalFile } from "../../../src/infrastructure/extensions/packages/installed_packages.ts";
import { readLockFile } from "../../../src/infrastructure/extensions/packages/lock_file.ts";
import { lockFilePath } from "../../../src/infrastructure/extensions/packages/package_places.ts";
import { packageStats } from "../../../src/infrastructure/extensions/packages/package_stats.ts";
import { verifyPackage } from "../../../src/infrastructure/extensions/packages/package_verification.ts";
import { LOCK, PackagesFixture, WIDGET, widget } from "./packages_fixture.ts";

const codes = async (fixture: PackagesFixture) =>
  (await fixture.installed()).problems.map(({ name, code }) => [name, code]);

Deno.test("a repository without a lock file has no packages and no problems", async () => {
  using fixture = new PackagesFixture();
  deepEqual(await fixture.installed(), { packages: [], problems: [] });
});

Deno.test("a package is given with its manifest, its sources and its shipped bundles", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({
    models: { "widget/one.ts": "1", "widget/two.ts": "2" },
    manifest: "vaults: [v.ts]\nreports: [r.ts]\nworkflows: [w/workflow.yaml]",
    more: {
      "models/_lib/helper.ts": "",
      "vaults/v.ts": "",
      "reports/r.ts": "",
      "workflows/w.yaml": "",
      "bundles/widget/one.js": "",
      "vault-bundles/v.js": "",
    },
  }));
  const { packages: [found], problems } = await fixture.installed();
  const at = (path: string) => fixture.path(WIDGET, path);
  deepEqual(problems, []);
  deepEqual(found!.sources, [
    { folder: "models", path: at("models/widget/one.ts"), bundle: at("bundles/widget/one.js") },
    { folder: "models", path: at("models/widget/two.ts"), bundle: undefined },
    { folder: "vaults", path: at("vaults/v.ts"), bundle: at("vault-bundles/v.js") },
    { folder: "reports", path: at("reports/r.ts"), bundle: undefined },
  ]);
  deepEqual(found!.workflows, [at("workflows/w.yaml")]);
  equal(found!.folder, fixture.path(WIDGET));
  equal(found!.version, "2026.04.01.1");
  equal(found!.manifest.name, "@acme/widget");
  deepEqual(found!.lockEntry, { ...fixture.lock()["@acme/widget"] });
});

Deno.test("a source of a package that is named like a test is a source [B65]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ models: { "load_test.ts": "1" } }));
  const { packages: [found] } = await fixture.installed();
  deepEqual(found!.sources.map(({ path }) => path), [fixture.path(WIDGET, "models/load_test.ts")]);
});

Deno.test("a source that is listed as two kinds counts as the first, and that is told", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ models: { "a.ts": "1" }, manifest: "reports: [a.ts]" }));
  const { packages: [found], problems } = await fixture.installed();
  deepEqual(found!.sources.map(({ folder }) => folder), ["models"]);
  deepEqual(problems.map(({ code, message }) => [code, message]), [[
    "listed_twice",
    "The manifest of @acme/widget lists models/a.ts under models and under reports; " +
    "it is used as the former only.",
  ]]);
});

Deno.test("a package whose sources are not there is reported, not dropped [B92]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ models: { "a.ts": "1", "b.ts": "2" } }));
  Deno.removeSync(fixture.path(WIDGET, "models/b.ts"));
  const { packages, problems } = await fixture.installed();
  deepEqual(problems, [{
    name: "@acme/widget",
    code: "missing_files",
    message: "Files of the installed extension @acme/widget are missing. " +
      "Run 'swamp extension install' to restore them.",
  }]);
  deepEqual(packages[0]!.sources.map(({ path }) => path), [fixture.path(WIDGET, "models/a.ts")]);
});

Deno.test("bundles that were cleared are nothing to report [B92]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ more: { "bundles/widget/one.js": "" } }));
  Deno.removeSync(fixture.path(WIDGET, "bundles"), { recursive: true });
  const { packages, problems } = await fixture.installed();
  deepEqual(problems, []);
  equal(packages[0]!.sources[0]!.bundle, undefined);
});

Deno.test("a fresh checkout has the lock file only, and says how to get the rest [B98]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  Deno.removeSync(fixture.path(".swamp"), { recursive: true });
  deepEqual((await fixture.installed()).packages, []);
  deepEqual(await codes(fixture), [["@acme/widget", "missing_files"]]);
});

Deno.test("the same version with other files than the lock file asks for is reported [B98]", async () => {
  using fixture = new PackagesFixture();
  using colleague = new PackagesFixture();
  await fixture.install(widget());
  await colleague.install(widget({ models: { "widget/one.ts": "other" } }));
  fixture.write(LOCK, colleague.read(LOCK));
  deepEqual(await codes(fixture), [["@acme/widget", "other_version"]]);
});

Deno.test("a lock file that cannot be read is one problem that names the file", async () => {
  for (const text of ["{ nonsense", "<<<<<<< ours\n{}", "[]", "7", ""]) {
    using fixture = new PackagesFixture();
    fixture.write(LOCK, text);
    const { packages, problems: [problem, ...more] } = await fixture.installed();
    deepEqual([packages, more], [[], []]);
    equal(problem!.code, "invalid_lockfile");
    ok(problem!.message.includes(fixture.path(LOCK)));
    match(problem!.message, /restore it from version control\.$/);
  }
});

Deno.test("an entry that cannot be used does not take the others with it", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  const broken = {
    "../../x": { version: "1" },
    "@acme/odd": [],
    "@acme/evil": { version: "1", files: ["/x"] },
  };
  fixture.write(LOCK, JSON.stringify({ ...fixture.lock(), ...broken }));
  const { packages } = await fixture.installed();
  deepEqual(packages.map(({ name }) => name), ["@acme/widget"]);
  deepEqual(await codes(fixture), [
    ["../../x", "invalid_entry"],
    ["@acme/odd", "invalid_entry"],
    ["@acme/evil", "invalid_entry"],
  ]);
  await fixture.remove("@acme/widget");
  deepEqual(Object.keys(fixture.lock()).sort(), Object.keys(broken).sort());
});

Deno.test("a package of the flat layout is reported with what helps", async () => {
  using fixture = new PackagesFixture();
  fixture.write(".swamp/pulled-extensions/models/one.ts", "1");
  const files = [".swamp/pulled-extensions/models/one.ts"];
  fixture.write(LOCK, JSON.stringify({ "@acme/widget": { version: "2026.04.01.1", files } }));
  deepEqual(await codes(fixture), [["@acme/widget", "missing_files"]]);
});

Deno.test("a manifest that was edited is read as it is now, one that was damaged is reported", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ more: { "models/two.ts": "2" } }));
  const manifest = `${WIDGET}/manifest.yaml`;
  fixture.write(manifest, `${fixture.read(manifest)}\nvaults: [two.ts]\n`);
  const { packages: [found] } = await fixture.installed();
  equal(found!.sources.length, 2);
  fixture.write(manifest, "a: [");
  deepEqual(await codes(fixture), [["@acme/widget", "invalid_manifest"]]);
});

Deno.test("a record that was damaged is done without", async () => {
  for (const text of ["nonsense", "{}", '{"layout":1,"files":{"../x":"0"}}']) {
    using fixture = new PackagesFixture();
    await fixture.install(widget());
    fixture.write(`${WIDGET}/.installed.json`, text);
    const { packages, problems } = await fixture.installed();
    deepEqual([packages.length, problems], [1, []]);
  }
});

Deno.test("an additional file is found by the path that the manifest has [B102]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({
    manifest: "additionalFiles: [docs/new.md, docs/old.md, gone.md]",
    more: { "files/docs/new.md": "", "files/old.md": "", "files/secret.md": "" },
  }));
  const { packages: [found] } = await fixture.installed();
  equal(additionalFile(found!, "docs/new.md"), fixture.path(WIDGET, "files/docs/new.md"));
  equal(additionalFile(found!, "docs/old.md"), fixture.path(WIDGET, "files/old.md"));
  equal(additionalFile(found!, "gone.md"), undefined);
  equal(additionalFile(found!, "secret.md"), undefined);
  equal(additionalFile(found!, "../manifest.yaml"), undefined);
});

Deno.test("a package that is not there has stat data that says so", () => {
  using fixture = new PackagesFixture();
  const { folder, manifest } = packageStats(fixture.places, "@acme/none");
  deepEqual([folder.size, manifest.size], [-1, -1]);
});

Deno.test("verifying names every file that is missing, changed or not of the package, bundles included", async () => {
  using fixture = new PackagesFixture();
  const more = { "bundles/a.js": "1", "models/helper.ts": "1", "models/gone.ts": "1" };
  await fixture.install(widget({ models: { "a.ts": "1" }, more }));
  const verify = () =>
    verifyPackage(fixture.places, readLockFile(lockFilePath(fixture.places)), "@acme/widget");
  const sound = { name: "@acme/widget", missing: [], changed: [], surplus: [], read: 5 };
  deepEqual(await verify(), sound);
  fixture.write(join(WIDGET, "bundles/a.js"), "2");
  fixture.write(join(WIDGET, "models/helper.ts"), "2");
  Deno.removeSync(fixture.path(WIDGET, "models/gone.ts"));
  fixture.write(join(WIDGET, "models/mine.ts"), "1");
  deepEqual(await verify(), {
    ...sound,
    missing: [`${WIDGET}/models/gone.ts`],
    changed: [`${WIDGET}/bundles/a.js`, `${WIDGET}/models/helper.ts`],
    surplus: [`${WIDGET}/models/mine.ts`],
    read: 4,
  });
});

Deno.test("a package that says to be another one than the lock file says is reported", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  Deno.renameSync(fixture.path(WIDGET), fixture.path(`${WIDGET}2`));
  const text = fixture.read(LOCK).replaceAll("@acme/widget", "@acme/widget2");
  fixture.write(LOCK, text);
  deepEqual(await codes(fixture), [["@acme/widget2", "other_version"]]);
});
