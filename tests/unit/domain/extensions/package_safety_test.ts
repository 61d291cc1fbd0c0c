import { deepEqual, equal } from "node:assert/strict";
import { type PackageManifest, parseManifest } from "../../../../src/domain/extensions/manifest.ts";
import {
  isAppleDouble,
  judgeEntry,
  judgeFiles,
  judgeText,
  type PackedFile,
  unsafePackage,
} from "../../../../src/domain/extensions/package_safety.ts";

function manifest(more: Partial<PackageManifest> = {}): PackageManifest {
  return parseManifest({
    manifestVersion: 1,
    name: "@acme/x",
    version: "2026.04.01.1",
    models: ["x.ts"],
    ...more,
  });
}

const messagesOf = (findings: readonly { message: string }[]) =>
  findings.map(({ message }) => message);
const judge = (files: readonly PackedFile[], more?: Partial<PackageManifest>) =>
  messagesOf(judgeFiles(files, manifest(more)));

Deno.test("links of any sort and special files are refused", () => {
  deepEqual(messagesOf(judgeEntry("models/x.ts", "symlink")), [
    "Symlinks are not allowed in extensions.",
  ]);
  deepEqual(messagesOf(judgeEntry("models/x.ts", "hard link")), [
    "Hard links are not allowed in extensions.",
  ]);
  deepEqual(messagesOf(judgeEntry("models/x.ts", "special")), [
    "Special files are not allowed in extensions.",
  ]);
  deepEqual(judgeEntry("models/x.ts", "file"), []);
});

Deno.test("hidden files and folders are refused, macOS metadata is not even looked at", () => {
  for (const path of [".env", "models/.x.ts", "files/.git/config"]) {
    deepEqual(messagesOf(judgeEntry(path, "file")), [
      "Hidden files are not allowed in extensions.",
    ]);
  }
  equal(isAppleDouble("models/._x.ts"), true);
  equal(isAppleDouble("models/x._ts"), false);
});

Deno.test("a file may have a million bytes and no more", () => {
  deepEqual(judge([{ path: "models/x.ts", size: 1_000_000 }]), []);
  deepEqual(judge([{ path: "models/x.ts", size: 1_000_200 }]), [
    "File size 976.8KB exceeds maximum of 976.6KB.",
  ]);
});

Deno.test("all files together may have ten million bytes", () => {
  const files = Array.from({ length: 11 }, (_, index) => ({
    path: `models/${index}.ts`,
    size: 1_000_000,
  }));
  deepEqual(judgeFiles(files, manifest()), [{
    file: "(total)",
    message: "Total extension size 10.5MB exceeds maximum of 9.5MB.",
  }]);
});

Deno.test("there may be a hundred and fifty files, bundles not counted", () => {
  const files = (count: number, folder: string, suffix: string) =>
    Array.from({ length: count }, (_, index) => ({ path: `${folder}/${index}${suffix}`, size: 1 }));
  const bundles = files(1000, "bundles", ".js");
  deepEqual(judge([...files(150, "models", ".ts"), ...bundles]), []);
  deepEqual(judge([...files(151, "models", ".ts"), ...bundles]), [
    "Extension contains 151 files, exceeding the maximum of 150.",
  ]);
});

Deno.test("bundles may be larger than sources, within bounds of their own", () => {
  deepEqual(judge([{ path: "bundles/x.js", size: 2_000_000 }]), []);
  deepEqual(judge([{ path: "bundles/x.js", size: 60_000_000 }]), [
    "File size 57.2MB exceeds maximum of 47.7MB.",
  ]);
});

Deno.test("every packed file needs a suffix that is allowed, those below files/ too", () => {
  const [message] = judge([{ path: "files/run.sh", size: 1 }]);
  equal(
    message,
    'File extension ".sh" is not allowed. Allowed: .ts, .json, .md, .yaml, .yml, .txt. ' +
      "Declare other files under 'binaries' in the manifest.",
  );
  equal(judge([{ path: "models/x.js", size: 1 }]).length, 1);
});

Deno.test("legal files and declared binaries need no suffix [B133]", () => {
  const files = [
    "files/LICENSE",
    "files/COPYING",
    "files/NOTICE",
    "files/bin/tool",
    "bundles/x.js",
  ];
  deepEqual(judge(files.map((path) => ({ path, size: 1 })), { binaries: ["bin/tool"] }), []);
});

Deno.test("two names that one file system may take for the same are refused", () => {
  deepEqual(
    judge([{ path: "files/README.md", size: 1 }, { path: "files/readme.md", size: 1 }]),
    ["File would overwrite files/README.md where names differ in case only."],
  );
});

for (const text of ["eval('1')", "// eval(x)", "new Function('return 1')"]) {
  Deno.test(`a source with ${text} is refused`, () => {
    deepEqual(messagesOf(judgeText("models/x.ts", text).errors), [
      "File contains eval() or new Function() which are not allowed.",
    ]);
  });
}

Deno.test("words that end in eval are words, and prose may speak of it", () => {
  deepEqual(judgeText("models/x.ts", "retrieval(x); new FunctionTable();").errors, []);
  deepEqual(judgeText("files/x.md", "never use eval(x)").errors, []);
});

Deno.test("a bundle that evaluates text is installed with a warning", () => {
  deepEqual(judgeText("bundles/x.js", "eval(x)"), {
    errors: [],
    warnings: [{ file: "bundles/x.js", message: "Bundle contains eval() or new Function()." }],
  });
});

const SUSPICIOUS: Readonly<Record<string, string>> = {
  ["x ".repeat(501)]: "File contains lines with more than 500 non-whitespace characters.",
  [`"${"QUJD".repeat(25)}"`]:
    "File contains what appears to be a base64-encoded string (100+ chars).",
  "new Deno.Command('ls')": "File uses Deno.Command() to spawn subprocesses.",
};
for (const [text, message] of Object.entries(SUSPICIOUS)) {
  Deno.test(`a source is warned of: ${message}`, () => {
    deepEqual(judgeText("models/x.ts", text), {
      errors: [],
      warnings: [{ file: "models/x.ts", message }],
    });
  });
}

Deno.test("a line may have five hundred characters, however many blanks there are", () => {
  deepEqual(judgeText("models/x.ts", "x ".repeat(500)).warnings, []);
});

Deno.test("the error names every file by its path in the package", () => {
  const error = unsafePackage([{ file: "models/x.ts", message: "Bad." }, {
    file: "(total)",
    message: "Too much.",
  }]);
  equal(
    error.message,
    "Extension has safety errors. Install aborted.\n  models/x.ts: Bad.\n  (total): Too much.",
  );
});
