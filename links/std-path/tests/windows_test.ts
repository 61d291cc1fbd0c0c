import * as assert from "node:assert/strict";
import * as windows from "@std/path/windows";

Deno.test("paths of Windows have drives and backslashes", () => {
  assert.equal(windows.join("C:\\Users", "..", "a/b"), "C:\\a\\b");
  assert.equal(windows.resolve("C:\\a", "b", ".."), "C:\\a");
  assert.equal(windows.relative("C:\\a\\b", "C:\\a\\c"), "..\\c");
  assert.equal(windows.normalize("C:/a//b/"), "C:\\a\\b\\");
  assert.equal(windows.dirname("C:\\a\\b.ts"), "C:\\a");
  assert.equal(windows.basename("C:\\a\\b.ts", ".ts"), "b");
  assert.equal(windows.extname("C:\\a\\b.ts"), ".ts");
  assert.equal(windows.isAbsolute("C:\\a"), true);
  assert.equal(windows.isAbsolute("C:a"), false);
});

Deno.test("a path of Windows is put together from what it was taken apart into", () => {
  const parsed = windows.parse("C:\\a\\b.ts");
  assert.deepEqual(parsed, {
    root: "C:\\",
    dir: "C:\\a",
    base: "b.ts",
    ext: ".ts",
    name: "b",
  });
  assert.equal(windows.format(parsed), "C:\\a\\b.ts");
});

Deno.test("a file URL stands for its path", () => {
  const url = new URL("file:///C:/a/b%20c.ts");
  assert.equal(windows.join(url, "..", "d"), "C:\\a\\d");
  assert.equal(windows.normalize(url), "C:\\a\\b c.ts");
  assert.equal(windows.dirname(url), "C:\\a");
  assert.equal(windows.basename(url), "b c.ts");
  assert.equal(windows.extname(url), ".ts");
});
