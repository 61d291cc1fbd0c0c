import * as assert from "node:assert/strict";
import fc from "fast-check";
import { common } from "@std/path/posix";
import { common as windowsCommon } from "@std/path/windows";

const path = fc.array(fc.constantFrom("a", "b", ""), {
  minLength: 1,
  maxLength: 5,
})
  .map((names) => names.join("/"));

Deno.test("the shared folder ends with a separator", () => {
  assert.equal(common(["/home/a/x", "/home/b/y", "/home/a/z"]), "/home/");
});

Deno.test("names count as a whole", () => {
  assert.equal(common(["/home/abc", "/home/abd"]), "/home/");
});

Deno.test("a folder that is itself among the paths stands as it is", () => {
  assert.equal(common(["/home/a", "/home/a/x"]), "/home/a");
  assert.equal(common(["/home/a/x", "/home/a"]), "/home/a");
});

Deno.test("paths without anything in common share the empty path", () => {
  assert.equal(common(["a/b", "c/d"]), "");
  assert.equal(common(["", "/"]), "");
});

Deno.test("equal paths share all of it", () => {
  fc.assert(fc.property(path, fc.integer({ min: 1, max: 4 }), (each, count) => {
    assert.equal(common(Array(count).fill(each)), each);
  }));
});

Deno.test("every path starts with what is shared", () => {
  fc.assert(fc.property(fc.array(path, { minLength: 1 }), (paths) => {
    const shared = common(paths);
    for (const each of paths) assert.ok(each.startsWith(shared));
  }));
});

Deno.test("the order of the paths does not matter", () => {
  fc.assert(fc.property(fc.array(path, { minLength: 1 }), (paths) => {
    assert.equal(common(paths.toReversed()), common(paths));
  }));
});

Deno.test("Windows' separator separates paths of Windows", () => {
  assert.equal(windowsCommon(["c:\\a\\x", "c:\\a\\y"]), "c:\\a\\");
});
