import { deepEqual, equal, throws } from "node:assert/strict";
import { join } from "@std/path";
import fc from "fast-check";
import {
  changedLockText,
  readLockFile,
} from "../../../src/infrastructure/extensions/packages/lock_file.ts";

function withText<T>(text: string, use: (path: string) => T): T {
  const folder = Deno.makeTempDirSync({ prefix: "swamp-test-" });
  try {
    const path = join(folder, "upstream_extensions.json");
    Deno.writeTextFileSync(path, text);
    return use(path);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const ENTRY = { version: "2026.04.01.1", pulledAt: "2026-11-20T17:42:16.167Z" };

Deno.test("entries of the reference are read with all their fields", () => {
  const entry = {
    ...ENTRY,
    files: [".swamp/pulled-extensions/models/widget/one.ts", ".swamp/bundles/widget/one.js"],
    include: [".swamp/pulled-extensions/models/helper.ts"],
    checksum: "ab",
    serverUrl: "http://127.0.0.1:18765",
  };
  withText(JSON.stringify({ "@acme/widget": entry }), (path) => {
    deepEqual(readLockFile(path).entries, new Map([["@acme/widget", entry]]));
  });
});

Deno.test("a byte order mark is no mistake", () => {
  withText(`\uFEFF${JSON.stringify({ "@a/b": ENTRY })}`, (path) => {
    deepEqual([...readLockFile(path).entries.keys()], ["@a/b"]);
  });
});

Deno.test("a file that is no JSON is an error that names it and the place in it", () => {
  withText('{\n  "a": \n}', (path) => {
    throws(() => readLockFile(path), {
      code: "invalid_lockfile",
      message: new RegExp(
        `^Cannot read the list of installed extensions, ${RegExp.escape(path)}: `,
      ),
    });
  });
});

Deno.test("a folder in place of the file is an error, not a bug", () => {
  withText("{}", (path) => {
    throws(() => readLockFile(join(path, "..")), { code: "invalid_lockfile" });
  });
});

Deno.test("a change leaves other entries alone, whatever they hold", () => {
  const name = fc.stringMatching(/^@[a-z]{1,3}\/[a-z]{1,3}$/);
  const others = fc.dictionary(fc.oneof(name, fc.string()), fc.jsonValue());
  fc.assert(fc.property(others, name, (others, changed) => {
    const text = changedLockText("x", JSON.stringify(others), new Map([[changed, ENTRY]]));
    deepEqual(JSON.parse(text), JSON.parse(JSON.stringify({ ...others, [changed]: ENTRY })));
    const { [changed]: _, ...rest } = others;
    const without = changedLockText("x", text, new Map([[changed, undefined]]));
    deepEqual(JSON.parse(without), JSON.parse(JSON.stringify(rest)));
    equal(changedLockText("x", without, new Map()), without);
  }));
});

Deno.test("entries stand in the order of their names", () => {
  const text = changedLockText("x", JSON.stringify({ "@b/b": 1, "@a/a": 1 }), new Map());
  deepEqual(Object.keys(JSON.parse(text)), ["@a/a", "@b/b"]);
});
