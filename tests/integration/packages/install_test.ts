import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { installPackages } from "../../../src/libswamp/extensions/install_package.ts";
import {
  lockFileStat,
  packageStats,
} from "../../../src/infrastructure/extensions/packages/package_stats.ts";
import { LOCK, PackagesFixture, WIDGET, widget } from "./packages_fixture.ts";

Deno.test("an archive is installed into a folder of its own, listed in the lock file and the catalog", async () => {
  using fixture = new PackagesFixture();
  const more = { "bundles/widget/one.js": "export {};", "files/docs/a.md": "# a" };
  const document = await fixture.install(widget({ more }));
  const files = [
    `${WIDGET}/bundles/widget/one.js`,
    `${WIDGET}/files/docs/a.md`,
    `${WIDGET}/manifest.yaml`,
    `${WIDGET}/models/widget/one.ts`,
  ];
  deepEqual(document, {
    name: "@acme/widget",
    version: "2026.04.01.1",
    status: "installed",
    extractedFiles: files,
    pruned: [],
    extends: [],
    warnings: [],
  });
  deepEqual(
    Object.keys(fixture.tree()).sort(),
    [...files, `${WIDGET}/.installed.json`, LOCK].sort(),
  );
  deepEqual(fixture.refreshes, [["@acme/widget"]]);
});

Deno.test("the lock file has an entry by name, in JSON with two blanks and a line break at the end", async () => {
  using fixture = new PackagesFixture();
  const source = await fixture.archive(widget({
    manifest: "include: [helper.ts]",
    more: {
      "models/helper.ts": "",
    },
  }));
  await fixture.installFrom(source, {
    origin: { serverUrl: "http://127.0.0.1:1", channel: "stable" },
  });
  const entry = fixture.lock()["@acme/widget"]!;
  match(String(entry.pulledAt), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  match(String(entry.checksum), /^[0-9a-f]{64}$/);
  match(String(entry.filesChecksum), /^[0-9a-f]{64}$/);
  deepEqual({ ...entry, pulledAt: "", checksum: "", filesChecksum: "" }, {
    version: "2026.04.01.1",
    pulledAt: "",
    files: ["manifest.yaml", "models/helper.ts", "models/widget/one.ts"].map((path) =>
      `${WIDGET}/${path}`
    ),
    include: [`${WIDGET}/models/helper.ts`],
    checksum: "",
    filesChecksum: "",
    serverUrl: "http://127.0.0.1:1",
    channel: "stable",
  });
  equal(fixture.read(LOCK), `${JSON.stringify(fixture.lock(), null, 2)}\n`);
});

Deno.test("the checksum of an archive is the SHA-256 of the file", async () => {
  using fixture = new PackagesFixture();
  const source = await fixture.archive(widget());
  await fixture.installFrom(source);
  const digest = await crypto.subtle.digest("SHA-256", Deno.readFileSync(source.path));
  equal(fixture.lock()["@acme/widget"]!.checksum, new Uint8Array(digest).toHex());
});

Deno.test("an unpacked folder is installed like its archive, with or without the root folder", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  const { filesChecksum } = fixture.lock()["@acme/widget"]!;
  for (const prefix of ["", "extension/"]) {
    using other = new PackagesFixture();
    const files = Object.entries(widget()).map(([path, text]) => [`${prefix}${path}`, text]);
    await other.installFrom(other.folder(Object.fromEntries(files)));
    deepEqual(other.sourcePaths(), fixture.sourcePaths());
    equal(other.lock()["@acme/widget"]!.filesChecksum, filesChecksum);
    equal(other.lock()["@acme/widget"]!.checksum, undefined);
  }
});

Deno.test("the digest of the files does not depend on where the repository lies [B135]", async () => {
  const digests: unknown[] = [];
  for (let index = 0; index < 2; index++) {
    using fixture = new PackagesFixture();
    await fixture.install(widget());
    digests.push(fixture.lock()["@acme/widget"]!.filesChecksum);
  }
  equal(digests[0], digests[1]);
});

Deno.test("installing the same version and checksum again finds nothing to do", async () => {
  using fixture = new PackagesFixture();
  const source = await fixture.archive(widget());
  await fixture.installFrom(source);
  const before = [packageStats(fixture.places, "@acme/widget"), lockFileStat(fixture.places)];
  const document = await fixture.installFrom(source);
  equal(document.status, "up_to_date");
  deepEqual(document.extractedFiles, []);
  equal(fixture.refreshes.length, 1);
  deepEqual([packageStats(fixture.places, "@acme/widget"), lockFileStat(fixture.places)], before);
});

Deno.test("an update tells the version that was there, and a new stat tells of the change", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  const before = packageStats(fixture.places, "@acme/widget");
  const document = await fixture.install(widget({ version: "2026.04.02.1" }));
  equal(document.status, "updated");
  equal(document.previousVersion, "2026.04.01.1");
  const after = packageStats(fixture.places, "@acme/widget");
  notEqual(after.manifest.inode, before.manifest.inode);
});

Deno.test("files that stay the same are not touched by an update", async () => {
  using fixture = new PackagesFixture();
  const inode = () => Deno.statSync(fixture.path(WIDGET, "models/widget/one.ts")).ino;
  await fixture.install(widget());
  const before = inode();
  await fixture.install(widget({ version: "2026.04.02.1" }));
  equal(inode(), before);
});

Deno.test("two packages with files of one name keep their own [B90]", async () => {
  using fixture = new PackagesFixture();
  for (const name of ["@acme/one", "@acme/two"]) {
    const more = { "models/_lib/aws.ts": `// ${name}`, "files/README.md": name };
    await fixture.install(widget({ name, more }));
  }
  for (const name of ["@acme/one", "@acme/two"]) {
    const folder = `.swamp/pulled-extensions/${name}`;
    equal(fixture.read(`${folder}/models/_lib/aws.ts`), `// ${name}`);
    equal(fixture.read(`${folder}/files/README.md`), name);
  }
});

Deno.test("packages whose names nest keep their own, whatever is done to the outer one [B90]", async () => {
  using fixture = new PackagesFixture();
  const names = ["@acme/aws", "@acme/aws/ec2", "@acme/aws/models"];
  for (const name of names) await fixture.install(widget({ name }));
  await fixture.install(widget({ name: "@acme/aws", version: "2026.04.02.1" }));
  const { packages, problems } = await fixture.installed();
  deepEqual(packages.map(({ name }) => name), names);
  deepEqual(problems, []);
  await fixture.remove("@acme/aws");
  deepEqual((await fixture.installed()).packages.map(({ name }) => name), names.slice(1));
  deepEqual((await fixture.installed()).problems, []);
});

Deno.test("an update does not overwrite local edits, and names the files and the way out [B91]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  fixture.write(`${WIDGET}/models/widget/one.ts`, "// mine");
  const before = fixture.tree();
  await rejects(fixture.install(widget({ version: "2026.04.02.1" })), {
    code: "local_edits",
    message: `Extension @acme/widget has local edits: ${WIDGET}/models/widget/one.ts. ` +
      "Keep a copy of them, then run 'swamp extension pull @acme/widget --force' to overwrite them.",
    fields: { edited: [`${WIDGET}/models/widget/one.ts`] },
  });
  deepEqual(fixture.tree(), before);
});

Deno.test("local edits are overwritten by force [B91]", async () => {
  using fixture = new PackagesFixture();
  const source = await fixture.archive(widget());
  await fixture.installFrom(source);
  fixture.write(`${WIDGET}/models/widget/one.ts`, "// mine");
  equal((await fixture.installFrom(source, { force: true })).status, "installed");
  equal(fixture.read(`${WIDGET}/models/widget/one.ts`), "export const model = 1;\n");
});

Deno.test("edits are seen by the lock file alone when the record of the package is gone [B91]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  Deno.removeSync(fixture.path(WIDGET, ".installed.json"));
  equal((await fixture.install(widget({ version: "2026.04.02.1" }))).status, "updated");
  Deno.removeSync(fixture.path(WIDGET, ".installed.json"));
  fixture.write(`${WIDGET}/models/widget/one.ts`, "// mine");
  await rejects(fixture.install(widget({ version: "2026.04.03.1" })), { code: "local_edits" });
});

Deno.test("files that are missing are no edits, and are put back [B92]", async () => {
  using fixture = new PackagesFixture();
  const source = await fixture.archive(widget({ more: { "models/helper.ts": "// helper" } }));
  await fixture.installFrom(source);
  Deno.removeSync(fixture.path(WIDGET, "models/helper.ts"));
  equal((await fixture.installFrom(source)).status, "installed");
  equal(fixture.read(`${WIDGET}/models/helper.ts`), "// helper");
});

Deno.test("files that a new version has no more are removed and reported [B93]", async () => {
  using fixture = new PackagesFixture();
  const models = { "widget/one.ts": "1", "widget/old/two.ts": "2" };
  await fixture.install(widget({ models, more: { "bundles/widget/old/two.js": "2" } }));
  const document = await fixture.install(widget({ version: "2026.04.02.1" }));
  deepEqual(document.pruned, [
    `${WIDGET}/bundles/widget/old/two.js`,
    `${WIDGET}/models/widget/old/two.ts`,
  ]);
  deepEqual(fixture.sourcePaths(), [`${WIDGET}/models/widget/one.ts`]);
});

Deno.test("files that somebody put beside those of a package stay [B93]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ models: { "widget/one.ts": "1", "widget/two.ts": "2" } }));
  fixture.write(`${WIDGET}/models/widget/notes.md`, "mine");
  await fixture.install(widget({ version: "2026.04.02.1" }), { force: true });
  equal(fixture.read(`${WIDGET}/models/widget/notes.md`), "mine");
});

Deno.test("a package of the flat layout is moved by installing it, and nothing else is touched [B94]", async () => {
  using fixture = new PackagesFixture();
  const old = {
    ".swamp/pulled-extensions/models/widget/one.ts": "old",
    ".swamp/bundles/widget/one.js": "old",
  };
  const others = {
    ".swamp/pulled-extensions/models/widget/mine.ts": "mine",
    ".swamp/bundles/mine.js": "mine",
    ".claude/skills/x/SKILL.md": "mine",
  };
  for (const [path, text] of Object.entries({ ...old, ...others })) fixture.write(path, text);
  const entry = { version: "2026.04.01.1", pulledAt: "2026-04-01T00:00:00.000Z" };
  fixture.write(LOCK, JSON.stringify({ "@acme/widget": { ...entry, files: Object.keys(old) } }));
  const document = await fixture.install(widget());
  deepEqual(document.pruned, Object.keys(old).sort());
  deepEqual(
    fixture.sourcePaths(),
    [...Object.keys(others), `${WIDGET}/models/widget/one.ts`].sort(),
  );
  equal(fixture.lock()["@acme/widget"]!.pulledAt, entry.pulledAt);
});

Deno.test("after the lock file has moved on by itself, installing brings the files up to date [B98]", async () => {
  using fixture = new PackagesFixture();
  using colleague = new PackagesFixture();
  await fixture.install(widget({ models: { "widget/one.ts": "1", "widget/old.ts": "old" } }));
  const next = widget({ version: "2026.04.02.1" });
  await colleague.install(next);
  fixture.write(LOCK, colleague.read(LOCK));
  const [problem] = (await fixture.installed()).problems;
  equal(problem?.code, "other_version");
  const document = await fixture.install(next);
  equal(document.status, "installed");
  deepEqual(document.pruned, [`${WIDGET}/models/widget/old.ts`]);
  equal(fixture.read(LOCK), colleague.read(LOCK));
  deepEqual((await fixture.installed()).problems, []);
});

Deno.test("installing again leaves the lock file as it is, byte for byte [B99]", async () => {
  using fixture = new PackagesFixture();
  const source = await fixture.archive(widget());
  await fixture.installFrom(source);
  const before = fixture.read(LOCK);
  await new Promise((resolve) => setTimeout(resolve, 5));
  Deno.removeSync(fixture.path(WIDGET), { recursive: true });
  await fixture.installFrom(source);
  equal(fixture.read(LOCK), before);
});

Deno.test("the lock file does not depend on the order in which packages were installed [B99]", async () => {
  const texts: string[] = [];
  for (const order of [["@acme/a", "@acme/b"], ["@acme/b", "@acme/a"]]) {
    using fixture = new PackagesFixture();
    for (const name of order) await fixture.install(widget({ name }));
    texts.push(fixture.read(LOCK).replaceAll(/"pulledAt": ".*"/g, ""));
  }
  equal(texts[0], texts[1]);
});

Deno.test("the manifest is kept as it was shipped, unknown fields and comments included [B100 B131]", async () => {
  using fixture = new PackagesFixture();
  const manifest = "# note\nreleaseNotes: |\n  first\nfuture: {a: [1]}\nbinaries: [tool]";
  const files = widget({ manifest });
  await fixture.install(files);
  equal(fixture.read(`${WIDGET}/manifest.yaml`), files["manifest.yaml"]);
});

Deno.test("additional files keep their paths, two of one name as well [B102]", async () => {
  using fixture = new PackagesFixture();
  const more = { "files/a/README.md": "a", "files/b/README.md": "b" };
  await fixture.install(widget({ more, manifest: "additionalFiles: [a/README.md, b/README.md]" }));
  equal(fixture.read(`${WIDGET}/files/a/README.md`), "a");
  equal(fixture.read(`${WIDGET}/files/b/README.md`), "b");
});

Deno.test("a package and a dependency that cannot be installed leave nothing behind [B105]", async () => {
  using fixture = new PackagesFixture();
  const parent = await fixture.archive(widget({ manifest: 'dependencies: ["@acme/base"]' }));
  const broken = await fixture.archive(widget({ name: "@acme/base", more: { "files/x.sh": "" } }));
  const requests = [parent, broken].map((source) => ({ source, force: false }));
  await rejects(installPackages(fixture.store(), requests, new Date()), {
    code: "unsafe_extension",
  });
  deepEqual(fixture.tree(), {});
});

Deno.test("packages that are installed together share one refresh of the catalog [B105]", async () => {
  using fixture = new PackagesFixture();
  const parent = await fixture.archive(widget({ manifest: 'dependencies: ["@acme/base"]' }));
  const base = await fixture.archive(widget({ name: "@acme/base" }));
  const requests = [parent, base].map((source) => ({ source, force: false }));
  const documents = await installPackages(fixture.store(), requests, new Date());
  deepEqual(documents.map(({ name, warnings }) => [name, warnings]), [
    ["@acme/widget", []],
    ["@acme/base", []],
  ]);
  deepEqual(fixture.refreshes, [["@acme/base", "@acme/widget"]]);
});

Deno.test("a catalog that cannot be refreshed undoes files and lock file [B105]", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ models: { "widget/one.ts": "1", "widget/two.ts": "2" } }));
  const before = fixture.tree();
  fixture.onRefresh = () => Promise.reject(new Error("the disk is full"));
  await rejects(fixture.install(widget({ version: "2026.04.02.1" })), {
    message: "the disk is full",
  });
  deepEqual(fixture.tree(), before);
});

Deno.test("a first installation that fails leaves no lock file and no folders", async () => {
  using fixture = new PackagesFixture();
  fixture.onRefresh = () => Promise.reject(new Error("no"));
  await rejects(fixture.install(widget()));
  const { "extensions/models/": models, ...rest } = fixture.tree();
  ok(models === undefined || models === "");
  deepEqual(rest, {});
});

Deno.test("files and lock file are in place when the catalog is refreshed", async () => {
  using fixture = new PackagesFixture();
  let seen: unknown;
  fixture.onRefresh = () => {
    seen = [
      fixture.lock()["@acme/widget"]!.version,
      fixture.read(`${WIDGET}/models/widget/one.ts`),
    ];
  };
  await fixture.install(widget());
  deepEqual(seen, ["2026.04.01.1", "export const model = 1;\n"]);
});

Deno.test("dependencies that are not there, or are too old, are warned of", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ name: "@acme/base" }));
  const dependencies = '["@acme/base@>=2026.05.01.1", "@acme/none", "@acme/base@~1"]';
  const { warnings } = await fixture.install(widget({ manifest: `dependencies: ${dependencies}` }));
  deepEqual(
    warnings.map(({ message }) => message.slice(0, 60)),
    [
      "Depends on @acme/base@>=2026.05.01.1, but 2026.04.01.1 is ins",
      "Depends on @acme/none, which is not installed.",
      'Invalid extension reference: "@acme/base@~1". "~1" is no ver',
    ].map((text) => text.slice(0, 60)),
  );
});

Deno.test("a package with another name, version or checksum than asked for is refused", async () => {
  using fixture = new PackagesFixture();
  const source = await fixture.archive(widget());
  const attempt = (expected: { name?: string; version?: string; checksum?: string }) =>
    fixture.installFrom(source, { expected });
  await rejects(attempt({ name: "@acme/other" }), {
    code: "package_mismatch",
    message: "Expected @acme/other@2026.04.01.1, but the package says that it is " +
      "@acme/widget@2026.04.01.1. Nothing was installed.",
  });
  await rejects(attempt({ version: "2026.04.02.1" }), { code: "package_mismatch" });
  await rejects(attempt({ checksum: "00" }), {
    code: "checksum_mismatch",
    message: /^Checksum verification failed\. Expected 00, got [0-9a-f]{64}\. The downloaded file/,
  });
  deepEqual(fixture.tree(), {});
});

Deno.test("files that are in the way are overwritten only by force", async () => {
  using fixture = new PackagesFixture();
  fixture.write(`${WIDGET}/models/widget/one.ts`, "mine");
  await rejects(fixture.install(widget()), {
    code: "files_exist",
    message: "Files already exist. Use --force to overwrite.",
    fields: { conflicts: [`${WIDGET}/models/widget/one.ts`] },
  });
  equal((await fixture.install(widget(), { force: true })).status, "installed");
});

Deno.test("files that are in the way with the same content are taken over", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget());
  Deno.removeSync(fixture.path(LOCK));
  equal((await fixture.install(widget())).status, "installed");
});

Deno.test("a folder that is in the way is never removed", async () => {
  using fixture = new PackagesFixture();
  fixture.write(`${WIDGET}/models/widget/one.ts/mine.txt`, "mine");
  await rejects(fixture.install(widget(), { force: true }), { code: "files_exist" });
  equal(fixture.read(`${WIDGET}/models/widget/one.ts/mine.txt`), "mine");
});

Deno.test("a file of another package is not taken away by force", async () => {
  using fixture = new PackagesFixture();
  const more = { "models/manifest.yaml": "a: 1" };
  await fixture.install(widget({ name: "@acme/a", more }));
  await rejects(fixture.install(widget({ name: "@acme/a/models" }), { force: true }), {
    code: "files_exist",
    message: ".swamp/pulled-extensions/@acme/a/models/manifest.yaml belongs to @acme/a. " +
      "Two packages cannot share a file; remove @acme/a first.",
  });
});

Deno.test("declared binaries keep their mode, nothing else can be executed [B133]", async () => {
  using fixture = new PackagesFixture();
  const source = await fixture.archive(widget({ manifest: "binaries: [bin/tool]" }), [
    { name: "extension/files/bin/tool", content: "#!/bin/sh\n", mode: 0o755 },
    { name: "extension/files/notes.md", content: "# x", mode: 0o777 },
  ]);
  const { warnings } = await fixture.installFrom(source);
  const modeOf = (path: string) => Deno.statSync(fixture.path(WIDGET, path)).mode! & 0o111;
  equal(modeOf("files/bin/tool"), 0o111);
  equal(modeOf("files/notes.md"), 0);
  deepEqual(warnings, [{ file: "files/bin/tool", message: "File is executable." }]);
});

Deno.test("a source that is there as a bundle only is installed with a warning", async () => {
  using fixture = new PackagesFixture();
  const { "models/widget/one.ts": _, ...files } = widget({
    more: { "bundles/widget/one.js": "export {};" },
  });
  const { warnings } = await fixture.install(files);
  deepEqual(warnings, [{
    file: "models/widget/one.ts",
    message:
      "Extension has incomplete source files (1 missing). The pre-built bundle will be used.",
  }]);
  const [installed] = (await fixture.installed()).packages;
  deepEqual(installed!.sources, [{
    folder: "models",
    path: fixture.path(WIDGET, "models/widget/one.ts"),
    bundle: fixture.path(WIDGET, "bundles/widget/one.js"),
  }]);
});

Deno.test("what is not part of a package's layout is left out with a warning", async () => {
  using fixture = new PackagesFixture();
  const { warnings } = await fixture.install(
    widget({ more: { "README.md": "x", "ec2/models/x.ts": "" } }),
  );
  deepEqual(warnings.map(({ file }) => file).sort(), ["README.md", "ec2/models/x.ts"]);
  deepEqual(fixture.sourcePaths(), [`${WIDGET}/models/widget/one.ts`]);
});

Deno.test("the folder of an installed package can itself be installed elsewhere", async () => {
  using fixture = new PackagesFixture();
  using other = new PackagesFixture();
  await fixture.install(widget());
  await other.installFrom({ kind: "folder", path: fixture.path(WIDGET) });
  deepEqual(other.sourcePaths(), fixture.sourcePaths());
});

Deno.test("two packages that would install one file cannot be installed together", async () => {
  using fixture = new PackagesFixture();
  const outer = widget({ name: "@acme/a", more: { "models/manifest.yaml": "a: 1" } });
  const inner = widget({ name: "@acme/a/models" });
  const requests = [];
  for (const files of [outer, inner]) {
    requests.push({ source: await fixture.archive(files), force: true });
  }
  await rejects(installPackages(fixture.store(), requests, new Date()), {
    code: "files_exist",
    message: "Two packages would both install " +
      ".swamp/pulled-extensions/@acme/a/models/manifest.yaml.",
  });
  deepEqual(fixture.tree(), {});
});

Deno.test("a file in the way is seen whatever its name ends with", async () => {
  using fixture = new PackagesFixture();
  const files = widget({ more: { "files/x.installed.json": "{}" } });
  fixture.write(`${WIDGET}/files/x.installed.json`, "mine");
  await rejects(fixture.install(files), {
    fields: { conflicts: [`${WIDGET}/files/x.installed.json`] },
  });
});
