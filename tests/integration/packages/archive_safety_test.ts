import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import { unsafePathReason } from "../../../src/domain/extensions/package_path.ts";
import { PACKAGE_LIMITS } from "../../../src/domain/extensions/package_safety.ts";
import { installPackage } from "../../../src/libswamp/extensions/install_package.ts";
import { PackagesFixture, WIDGET, widget } from "./packages_fixture.ts";
import { gzip, packageArchive, tar, type TarItem } from "./tar_writer.ts";

/** Tries to install a package with further entries, and makes sure that nothing was left behind. */
async function refused(more: readonly TarItem[], expected: Parameters<typeof rejects>[1]) {
  using fixture = new PackagesFixture();
  await rejects(fixture.installFrom(await fixture.archive(widget(), more)), expected);
  deepEqual(fixture.tree(), {});
}

const UNSAFE = [
  "extension/../../evil.ts",
  "../evil.ts",
  "/etc/evil.ts",
  "extension/models/..\\..\\evil.ts",
  "C:/evil.ts",
  "extension/models/\u001b[2J.ts",
];
for (const name of UNSAFE) {
  Deno.test(`an archive with the path ${JSON.stringify(name)} is refused as a whole`, () =>
    refused([{ name, content: "x" }], {
      code: "unsafe_extension",
      // deno-lint-ignore no-control-regex
      message: /^Archive contains unsafe path: [^\x00-\x1f]+$/,
    }));
}

Deno.test("dots within a file name are a file name", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(widget({ models: { "m..x.ts": "1" } }));
  deepEqual(fixture.sourcePaths(), [`${WIDGET}/models/m..x.ts`]);
});

const LINKS: Readonly<Record<string, TarItem>> = {
  "Symlinks are not allowed in extensions.": { name: "", type: "2", linkName: "/etc/passwd" },
  "Hard links are not allowed in extensions.": { name: "", type: "1", linkName: "../../x" },
  "Special files are not allowed in extensions.": { name: "", type: "6" },
};
for (const [text, item] of Object.entries(LINKS)) {
  Deno.test(`an archive is refused, and the path in it named: ${text}`, () =>
    refused([{ ...item, name: "extension/models/x.ts" }], {
      message: `Extension has safety errors. Install aborted.\n  models/x.ts: ${text}`,
    }));
}

Deno.test("an inner link is refused even where it stands for a source of the manifest", async () => {
  using fixture = new PackagesFixture();
  const { "models/widget/one.ts": _, ...files } = widget();
  const source = await fixture.archive(files, [
    { name: "extension/models/widget/one.ts", type: "2", linkName: "two.ts" },
  ]);
  await rejects(fixture.installFrom(source), /Symlinks are not allowed/);
});

Deno.test("a link in a package folder is refused, and not followed", async () => {
  using fixture = new PackagesFixture();
  const source = fixture.folder(widget());
  Deno.symlinkSync("/etc", `${source.path}/files`);
  await rejects(fixture.installFrom(source), {
    message: /\n {2}files: Symlinks are not allowed in extensions\.$/,
  });
});

Deno.test("every archived file is checked, in files/ and bundles/ too, and every problem has its line", async () => {
  await refused([
    { name: "extension/files/run.sh", content: "#!/bin/sh" },
    { name: "extension/files/.env", content: "A=1" },
    { name: "extension/bundles/widget/one.exe", content: "MZ" },
    { name: "extension/files/code.ts", content: "eval('1')" },
  ], {
    message: [
      "Extension has safety errors. Install aborted.",
      "  files/.env: Hidden files are not allowed in extensions.",
      ...["bundles/widget/one.exe", "files/run.sh"].map((path) =>
        `  ${path}: File extension "${path.slice(path.lastIndexOf("."))}" is not allowed. ` +
        "Allowed: .ts, .json, .md, .yaml, .yml, .txt. " +
        "Declare other files under 'binaries' in the manifest."
      ),
      "  files/code.ts: File contains eval() or new Function() which are not allowed.",
    ].join("\n"),
  });
});

Deno.test("metadata of macOS is skipped", async () => {
  using fixture = new PackagesFixture();
  const source = await fixture.archive(widget(), [
    { name: "._extension", content: "x" },
    { name: "extension/models/._one.ts", content: "x" },
  ]);
  await fixture.installFrom(source);
  deepEqual(fixture.sourcePaths(), [`${WIDGET}/models/widget/one.ts`]);
});

Deno.test("a file that an archive holds twice is refused, in another case as well", async () => {
  await refused([{ name: "extension/models/widget/one.ts", content: "2" }], /more than once/);
  await refused([{ name: "extension/models/widget/ONE.ts", content: "2" }], /differ in case only/);
});

Deno.test("a file that is also a folder is refused", async () => {
  await refused([{ name: "extension/models/widget/one.ts/two.ts" }], {
    message: /A file and a folder have the same name/,
  });
});

Deno.test("a name that no file system takes is refused", async () => {
  await refused([{ name: `extension/models/${"x".repeat(300)}.ts` }], /File name is too long/);
});

Deno.test("an archive that unpacks to more than is allowed stops there, however small it is", async () => {
  using fixture = new PackagesFixture();
  const bomb = await fixture.archive(widget(), [
    { name: "extension/bundles/x.js", content: new Uint8Array(30_000_000) },
  ]);
  ok(Deno.statSync(bomb.path).size < 100_000);
  const limits = { ...PACKAGE_LIMITS, unpackedSize: 10_000_000 };
  const request = { source: bomb, force: false };
  await rejects(installPackage(fixture.store(limits), request, new Date()), {
    code: "unsafe_extension",
    message: /^Extension is too large: it unpacks to more than 9\.5MB/,
  });
  deepEqual(fixture.tree(), {});
});

Deno.test("an archive of too many entries stops there, empty ones counted", async () => {
  using fixture = new PackagesFixture();
  const folders = Array.from({ length: 50 }, (_, index) => ({
    name: `extension/models/${index}/`,
    type: "5",
  }));
  const source = await fixture.archive(widget(), folders);
  const limits = { ...PACKAGE_LIMITS, entries: 20 };
  await rejects(installPackage(fixture.store(limits), { source, force: false }, new Date()), {
    code: "unsafe_extension",
  });
});

Deno.test("a package folder is bounded like an archive", async () => {
  using fixture = new PackagesFixture();
  const source = fixture.folder(widget({ more: { "bundles/x.js": "x".repeat(2000) } }));
  const limits = { ...PACKAGE_LIMITS, unpackedSize: 1000 };
  await rejects(installPackage(fixture.store(limits), { source, force: false }, new Date()), {
    code: "unsafe_extension",
  });
});

const NO_ROOT =
  /^Archive has no single root folder "extension\/" with a manifest\.yaml \(it holds .*\)/;
const INVALID: Readonly<Record<string, [Promise<Uint8Array> | Uint8Array, RegExp]>> = {
  "no gzip at all": [new TextEncoder().encode("hello"), /^Failed to list archive contents: /],
  "nothing": [new Uint8Array(), /^Failed to list archive contents: /],
  "gzip of something else": [
    gzip(new TextEncoder().encode("x".repeat(2000))),
    /^Failed to list archive contents: a header/,
  ],
  "an archive cut off": [
    packageArchive(widget()).then((bytes) => bytes.slice(0, -20)),
    /^Failed to list archive contents: /,
  ],
  "an empty archive": [gzip(tar([])), NO_ROOT],
  "no extension folder": [gzip(tar([{ name: "manifest.yaml", content: "x" }])), NO_ROOT],
  "two root folders": [packageArchive(widget(), [{ name: "other/x.ts" }]), NO_ROOT],
  "no manifest": [
    packageArchive({ "models/x.ts": "" }),
    /^Downloaded archive is missing manifest\.yaml\. The extension may be corrupt\.$/,
  ],
  "a source that is not there": [
    packageArchive({ ...widget(), "models/widget/one.ts": "" }).then(() =>
      packageArchive({ "manifest.yaml": widget()["manifest.yaml"]! })
    ),
    /^Model file not found: widget\/one\.ts \(expected at models\/widget\/one\.ts\)\./,
  ],
};
for (const [what, [bytes, message]] of Object.entries(INVALID)) {
  Deno.test(`${what} instead of a package is a clear error`, async () => {
    using fixture = new PackagesFixture();
    const source = fixture.rawArchive(await bytes);
    await rejects(fixture.installFrom(source), { code: "invalid_package", message });
    deepEqual(fixture.tree(), {});
  });
}

Deno.test("an archive or a folder that is not there is a clear error", async () => {
  using fixture = new PackagesFixture();
  for (const kind of ["archive", "folder"] as const) {
    const attempt = fixture.installFrom({ kind, path: "/nowhere/x" });
    await rejects(attempt, { code: "invalid_package", message: /\/nowhere\/x/ });
  }
});

const MANIFESTS: Readonly<Record<string, RegExp>> = {
  "a: [": /./,
  "- a": /^Extension manifest must be a YAML object\.$/,
  "name: x": /^Extension manifest is missing 'manifestVersion'/,
  "a: &a [*a]\nb: *a": /^Extension manifest is missing 'manifestVersion'/,
};
for (const [text, message] of Object.entries(MANIFESTS)) {
  Deno.test(`the manifest ${JSON.stringify(text)} is a clear error`, async () => {
    using fixture = new PackagesFixture();
    const attempt = fixture.install({ "manifest.yaml": text, "models/x.ts": "" });
    await rejects(attempt, { code: "invalid_manifest", message });
  });
}

Deno.test("a manifest that unfolds without end is refused quickly", async () => {
  using fixture = new PackagesFixture();
  const levels = Array.from(
    { length: 30 },
    (_, index) =>
      `l${index}: &l${index} [${Array(10).fill(index === 0 ? "x" : `*l${index - 1}`).join(", ")}]`,
  );
  const text = [...levels, "models: *l29"].join("\n");
  await rejects(fixture.install({ "manifest.yaml": text }), { code: "invalid_manifest" });
});

Deno.test("whatever paths an archive holds, nothing is written outside the package's folder", async () => {
  const part = fc.constantFrom(
    "..",
    ".",
    "models",
    "x.ts",
    "bundles",
    "C:",
    "a\\b",
    "",
    "/",
    ".git",
  );
  const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));
  await fc.assert(
    fc.asyncProperty(fc.array(path, { maxLength: 3 }), fc.boolean(), async (paths, rooted) => {
      using fixture = new PackagesFixture();
      const more = paths.map((name) => ({
        name: rooted ? `extension/${name}` : name,
        content: "1",
      }));
      const install = fixture.installFrom(await fixture.archive(widget(), more));
      const installed = await install.then(() => true, () => false);
      if (paths.some((name) => unsafePathReason(name) === "has a '..' component")) {
        equal(installed, false);
      }
      const outside = Object.keys(fixture.tree()).filter((file) =>
        !file.startsWith(`${WIDGET}/`) && !file.startsWith("extensions/models/")
      );
      deepEqual(outside, []);
    }),
    { numRuns: 60 },
  );
});
