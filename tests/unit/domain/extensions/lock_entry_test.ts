import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { checkTrackedPaths, readLockEntry } from "../../../../src/domain/extensions/lock_entry.ts";

const entry = (files: readonly string[]) => ({ version: "2026.04.01.1", pulledAt: "", files });
const check = (path: string) => checkTrackedPaths("@acme/x", entry([path]));

Deno.test("an entry of the first days has a version and a time", () => {
  deepEqual(readLockEntry({ version: "2026.04.01.1", pulledAt: "2026-11-20T17:42:16.167Z" }), {
    version: "2026.04.01.1",
    pulledAt: "2026-11-20T17:42:16.167Z",
  });
});

Deno.test("fields that are not as they must be count as absent", () => {
  const value = { version: "2026.04.01.1", pulledAt: 7, files: [1], include: "x", checksum: null };
  deepEqual(readLockEntry(value), { version: "2026.04.01.1", pulledAt: "" });
});

Deno.test("paths of one file are made one, so that two packages are seen to claim it", () => {
  const files = ["./.swamp/bundles//a.js", ".swamp/./bundles/a.js", "../x"];
  deepEqual(readLockEntry({ version: "2026.04.01.1", files })?.files, [
    ".swamp/bundles/a.js",
    ".swamp/bundles/a.js",
    "../x",
  ]);
});

Deno.test("what tells no version is no entry", () => {
  for (const value of [null, [], "x", {}, { version: 7 }]) equal(readLockEntry(value), undefined);
});

const SAFE = [
  ".swamp/pulled-extensions/@acme/x/models/a..b.ts",
  ".swamp/pulled-extensions/models/widget/one.ts",
  ".swamp/bundles/widget/one.js",
  ".swamp/datastore-bundles/one.js",
];
for (const path of SAFE) {
  Deno.test(`the tracked path ${path} is fine [B96]`, () => check(path));
}

const UNSAFE = [
  ".swamp/../../x",
  ".swamp/pulled-extensions/../../../x",
  "/etc/passwd",
  "C:\\Windows\\x",
  "c:/x",
  ".swamp/pulled-extensions/a\0b",
  ".swamp\\..\\..\\x",
  ".swamp/data/secret",
  ".swamp/_extension_catalog.db",
  ".swamp//data/x",
  "",
];
for (const path of UNSAFE) {
  Deno.test(`the tracked path ${JSON.stringify(path)} is refused [B96]`, () => {
    throws(() => check(path), { code: "unsafe_lockfile" });
  });
}

Deno.test("the paths of included files are looked at as well [B96]", () => {
  const unsafe = { ...entry([]), include: ["../x"] };
  throws(() => checkTrackedPaths("@acme/x", unsafe), { code: "unsafe_lockfile" });
});

Deno.test("a path among the user's own files is of the old layout", () => {
  throws(() => check("extensions/models/one.ts"), {
    code: "old_layout",
    message: "This repo has pulled extensions in the old layout (extensions/).\n" +
      "Run 'swamp repo upgrade' to migrate them to .swamp/pulled-extensions/.",
  });
});

Deno.test("what is accepted lies in a folder of installed packages, whatever was tried [B96]", () => {
  const part = fc.constantFrom(
    ".swamp",
    "..",
    ".",
    "",
    "pulled-extensions",
    "bundles",
    "data",
    "x",
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }).map((parts) => parts.join("/")), (path) => {
      try {
        check(path);
      } catch {
        return;
      }
      const { pathname } = new URL(path, "file:///repo/");
      equal(
        /^\/repo\/\.swamp\/(pulled-extensions|bundles)\/./.test(pathname.replaceAll(/\/+/g, "/")),
        true,
      );
    }),
    { numRuns: 2000 },
  );
});
