import { equal } from "node:assert/strict";
import { join, resolve } from "@std/path";
import fc from "fast-check";
import {
  normalizedPath,
  unsafePathReason,
} from "../../../../src/domain/extensions/package_path.ts";

for (const good of ["a.ts", "a/b.ts", "./a/b.ts", "a..b.ts", "m..x.ts", "...", "a//b", "a/"]) {
  Deno.test(`${good} stays in its folder`, () => equal(unsafePathReason(good), undefined));
}

const UNSAFE: Readonly<Record<string, string>> = {
  "../x": "has a '..' component",
  "a/../../x": "has a '..' component",
  "a/..": "has a '..' component",
  "/etc/passwd": "is absolute",
  "C:/x": "names a drive",
  "c:x": "names a drive",
  "a\\..\\b.ts": "has a backslash",
  "a\0b": "has a control character",
  "a\u001b[2Jb": "has a control character",
  "": "is empty",
  "./": "is empty",
};
for (const [path, reason] of Object.entries(UNSAFE)) {
  Deno.test(`${JSON.stringify(path)} is unsafe: it ${reason}`, () => {
    equal(unsafePathReason(path), reason);
  });
}

Deno.test("a path that is safe names something strictly inside, however it is put together", () => {
  const part = fc.constantFrom("a", "..", ".", "", "/", "C:", "\\", "..b", "\0", "~");
  fc.assert(
    fc.property(fc.array(part).map((parts) => parts.join("/")), (path) => {
      if (unsafePathReason(path) !== undefined) return;
      equal(resolve("/root/folder", path).startsWith("/root/folder/"), true);
      equal(join("/root/folder", normalizedPath(path)), resolve("/root/folder", path));
    }),
    { numRuns: 2000 },
  );
});
