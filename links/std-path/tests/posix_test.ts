import * as assert from "node:assert/strict";
import * as oracle from "node:path/posix";
import fc from "fast-check";
import * as posix from "@std/path/posix";

/** Paths made of few names, so that `.`, `..` and runs of separators are common. */
const path = fc.array(
  fc.constantFrom(
    "a",
    "b",
    ".",
    "..",
    "/",
    "//",
    ".x",
    "y.",
    "a.b.c",
    "ü",
    "\\",
    " ",
  ),
  { maxLength: 8 },
).map((parts) => parts.join(""));

/** The same without runs of separators, where GNU's commands and Node's functions agree. */
const tidyPath = path.map((text) => text.replaceAll(/\/+/g, "/"));

const absolutePath = path.map((text) => `/${text}`);

function sameAsOracle(name: "isAbsolute" | "normalize" | "extname", input: fc.Arbitrary<string>) {
  fc.assert(fc.property(input, (text) => {
    assert.equal(posix[name](text), oracle[name](text));
  }));
}

Deno.test("isAbsolute answers as node:path does", () => sameAsOracle("isAbsolute", path));

Deno.test("normalize answers as node:path does", () => sameAsOracle("normalize", path));

Deno.test("extname answers as node:path does", () => sameAsOracle("extname", path));

Deno.test("join answers as node:path does", () => {
  fc.assert(fc.property(fc.array(path), (paths) => {
    assert.equal(posix.join(...paths as [string]), oracle.join(...paths));
  }));
});

Deno.test("resolve answers as node:path does", () => {
  fc.assert(fc.property(fc.array(path), (paths) => {
    assert.equal(posix.resolve(...paths), oracle.resolve(...paths));
  }));
});

Deno.test("relative answers as node:path does", () => {
  fc.assert(fc.property(path, path, (from, to) => {
    assert.equal(posix.relative(from, to), oracle.relative(from, to));
  }));
});

Deno.test("relative leads from one path to the other", () => {
  fc.assert(fc.property(absolutePath, absolutePath, (from, to) => {
    assert.equal(posix.resolve(from, posix.relative(from, to)), posix.resolve(to));
  }));
});

Deno.test("dirname answers as node:path does on paths without runs of separators", () => {
  fc.assert(fc.property(tidyPath, (text) => {
    assert.equal(posix.dirname(text), oracle.dirname(text));
  }));
});

Deno.test("dirname leaves no separators at the end, as GNU's dirname", () => {
  assert.equal(posix.dirname("a//b"), "a");
  assert.equal(posix.dirname("///a///b"), "///a");
  assert.equal(posix.dirname("//a//"), "/");
  assert.equal(posix.dirname("//"), "/");
});

Deno.test("basename answers as node:path does on anything but the root", () => {
  fc.assert(fc.property(path.filter((text) => !/^\/+$/.test(text)), (text) => {
    assert.equal(posix.basename(text), oracle.basename(text));
  }));
});

Deno.test("the last name of the root is the root, as with GNU's basename", () => {
  assert.equal(posix.basename("/"), "/");
  assert.equal(posix.basename("///"), "/");
});

Deno.test("basename takes a suffix off", () => {
  assert.equal(posix.basename("/home/index.html", ".html"), "index");
  assert.equal(posix.basename("dir/file.suf/", ".suf"), "file");
  assert.equal(posix.basename("index.html", ".ts"), "index.html");
});

Deno.test("basename leaves a name that is nothing but the suffix, as GNU's basename", () => {
  assert.equal(posix.basename("d/s", "s"), "s");
});

Deno.test("parse answers as node:path does on paths without runs of separators", () => {
  // Below the root, Node takes ".." for a name with an extension.
  const input = tidyPath.filter((text) => text !== "/" && !/^\/\.\.\/?$/.test(text));
  fc.assert(fc.property(input, (text) => {
    assert.deepEqual(posix.parse(text), oracle.parse(text));
  }));
});

Deno.test("parse agrees with the functions for each part", () => {
  fc.assert(fc.property(path, (text) => {
    const { base, dir, ext } = posix.parse(text);
    assert.equal(base, posix.basename(text));
    assert.equal(ext, posix.extname(text));
    if (dir !== "") assert.equal(dir, posix.dirname(text));
  }));
});

Deno.test("the root is its own folder and last name", () => {
  const root = { root: "/", dir: "/", base: "/", ext: "", name: "" };
  assert.deepEqual(posix.parse("/"), root);
  assert.deepEqual(posix.parse("//"), root);
});

Deno.test("format puts together what parse has taken apart", () => {
  fc.assert(fc.property(tidyPath, (text) => {
    const withoutEnd = text.length > 1 ? text.replace(/\/$/, "") : text;
    assert.equal(posix.format(posix.parse(text)), withoutEnd);
  }));
});

Deno.test("format prefers the folder to the root and the last name to its parts", () => {
  assert.equal(posix.format({ root: "/", dir: "/home", base: "a.b", name: "x" }), "/home/a.b");
  assert.equal(posix.format({ root: "/", name: "index", ext: ".html" }), "/index.html");
  assert.equal(posix.format({ dir: "some/dir" }), "some/dir/");
  assert.equal(posix.format({}), "");
});

Deno.test("a file URL stands for its path", () => {
  const url = new URL("file:///home/a%20b/index.html");
  assert.equal(posix.basename(url), "index.html");
  assert.equal(posix.dirname(url), "/home/a b");
  assert.equal(posix.extname(url), ".html");
  assert.equal(posix.join(url, "..", "x"), "/home/a b/x");
  assert.equal(posix.normalize(url), "/home/a b/index.html");
});

Deno.test("a URL that is none of a file is refused", () => {
  assert.throws(() => posix.join(new URL("https://example.com/a")), TypeError);
});
