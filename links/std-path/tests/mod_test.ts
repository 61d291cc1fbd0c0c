import * as assert from "node:assert/strict";
import * as path from "@std/path";
import * as posix from "@std/path/posix";
import * as windows from "@std/path/windows";

Deno.test("the platform at hand decides about paths", () => {
  const { DELIMITER, join, SEPARATOR } = Deno.build.os === "windows" ? windows : posix;
  assert.equal(path.join("a", "b"), join("a", "b"));
  assert.equal(path.SEPARATOR, SEPARATOR);
  assert.equal(path.DELIMITER, DELIMITER);
});

Deno.test("a relative path starts in the working directory", () => {
  assert.equal(path.resolve("a"), path.join(Deno.cwd(), "a"));
  assert.equal(path.relative(Deno.cwd(), "a"), "a");
});

Deno.test("this module has a path and a URL", () => {
  assert.equal(path.fromFileUrl(import.meta.url), import.meta.filename);
  assert.equal(path.toFileUrl(import.meta.filename!).href, import.meta.url);
});
