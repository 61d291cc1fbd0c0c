import * as assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import * as posix from "@std/path/posix";
import * as windows from "@std/path/windows";

const name = fc.string({ unit: "binary", minLength: 1 })
  .filter((text) =>
    !/[/\\\0]/.test(text) && text !== "." && text !== ".." &&
    text.isWellFormed()
  );

Deno.test("a path comes back from its URL", () => {
  fc.assert(fc.property(fc.array(name), (names) => {
    const path = `/${names.join("/")}`;
    assert.equal(posix.fromFileUrl(posix.toFileUrl(path)), path);
  }));
});

Deno.test("node:url reads the same path from the URL", () => {
  fc.assert(fc.property(fc.array(name), (names) => {
    const path = `/${names.join("/")}`;
    assert.equal(fileURLToPath(posix.toFileUrl(path), { windows: false }), path);
  }));
});

Deno.test("the text of a URL will do", () => {
  assert.equal(posix.fromFileUrl("file:///home/a%20b"), "/home/a b");
  assert.equal(posix.fromFileUrl("file://localhost/a"), "/a");
});

Deno.test("a percent sign that escapes nothing stands for itself", () => {
  assert.equal(posix.fromFileUrl("file:///100%"), "/100%");
});

Deno.test("a backslash in a name is escaped", () => {
  assert.equal(posix.toFileUrl("/a\\b").href, "file:///a%5Cb");
});

Deno.test("a relative path has no URL", () => {
  assert.throws(() => posix.toFileUrl("a/b"), TypeError);
  assert.throws(() => windows.toFileUrl("a\\b"), TypeError);
});

Deno.test("a URL that is none of a file has no path", () => {
  assert.throws(() => posix.fromFileUrl("https://example.com/a"), TypeError);
  assert.throws(() => windows.fromFileUrl("https://example.com/a"), TypeError);
});

Deno.test("a path of Windows comes back from its URL", () => {
  const windowsName = name.filter((text) => !/[:\p{Control}\u2028\u2029]/u.test(text));
  fc.assert(fc.property(fc.array(windowsName), (names) => {
    const path = `C:\\${names.join("\\")}`;
    assert.equal(windows.fromFileUrl(windows.toFileUrl(path)), path);
  }));
});

Deno.test("a drive stands first in the path of a URL", () => {
  assert.equal(windows.fromFileUrl("file:///C:/Users/a%20b"), "C:\\Users\\a b");
  assert.equal(windows.fromFileUrl("file:///C:"), "C:\\");
  assert.equal(windows.toFileUrl("C:\\a").href, "file:///C:/a");
});

Deno.test("a server is the host of a URL", () => {
  assert.equal(
    windows.fromFileUrl("file://server/share/a"),
    "\\\\server\\share\\a",
  );
  assert.equal(
    windows.toFileUrl("\\\\server\\share\\a").href,
    "file://server/share/a",
  );
});

Deno.test("this machine is no server", () => {
  assert.equal(windows.fromFileUrl("file://localhost/C:/a"), "C:\\a");
  assert.equal(
    windows.toFileUrl("//localhost/share/a").href,
    "file:///share/a",
  );
});

Deno.test("a server has to have a host name", () => {
  assert.throws(() => windows.toFileUrl("//:/home/a"), TypeError);
});
