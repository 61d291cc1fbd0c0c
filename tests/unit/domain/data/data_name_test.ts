import assert from "node:assert/strict";
import { join, normalize } from "@std/path";
import fc from "fast-check";
import {
  dataNameProblem,
  leavesItsFolder,
  requireDataName,
} from "../../../../src/domain/data/data_name.ts";

Deno.test("ordinary names can be used", () => {
  for (const name of ["state", "run-log", "i-0abc", "Änderung", "a b", ".env", "a.b", "latest2"]) {
    assert.equal(dataNameProblem(name), undefined, name);
  }
});

Deno.test("a name must not be blank", () => {
  for (const name of ["", "  ", "\t"]) assert.equal(dataNameProblem(name)?.kind, "empty");
});

Deno.test("what swamp itself keeps beside data is reserved, in any case", () => {
  for (const name of ["latest", "Latest", "LATEST", ".lock"]) {
    assert.equal(dataNameProblem(name)?.kind, "reserved");
  }
});

Deno.test("a name that could lead elsewhere is unsafe; the text is the rule, the message names it", () => {
  for (const name of ["../x", "a/b", "a\\b", "a..b", "a\0b"]) {
    assert.deepEqual(dataNameProblem(name), {
      kind: "unsafe",
      text: "Data name must not contain '..', '/', '\\', or null bytes (path traversal)",
      message:
        `Data name must not contain '..', '/', '\\', or null bytes (path traversal): "${name}"`,
    });
  }
});

Deno.test("line breaks, control characters and halves of characters cannot be part of a name", () => {
  for (const name of ["a\nb", "a\x1b[2J", ".", "a\ud800"]) {
    assert.equal(dataNameProblem(name)?.kind, "unsafe");
  }
});

Deno.test("a name fits into a folder name: 255 bytes of UTF-8", () => {
  assert.equal(dataNameProblem("x".repeat(255)), undefined);
  assert.equal(dataNameProblem("x".repeat(256))?.kind, "too_long");
  assert.equal(dataNameProblem("ü".repeat(128))?.kind, "too_long");
});

Deno.test("the message of a rule shows no more of a long name than fits into a line", () => {
  const message = dataNameProblem("ü".repeat(5000))?.message;
  assert.equal(
    message,
    `Data name must not be longer than 255 bytes: "${"ü".repeat(60)}…"`,
  );
});

Deno.test("a refused name is a user error with the sentence of its problem", () => {
  assert.throws(() => requireDataName("latest"), {
    code: "invalid_data_name",
    message: "Data name 'latest' is reserved for internal use. Use a different name.",
  });
});

Deno.test("every accepted name is one segment below the folder that it is joined to", () => {
  const names = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(".", "..", "/", "\\", "a", "\0", " "), { maxLength: 6 })
      .map((parts) => parts.join("")),
  );
  fc.assert(fc.property(names, (name) => {
    fc.pre(dataNameProblem(name) === undefined);
    assert.equal(normalize(join("/data", name)), `/data/${name}`);
    assert.equal(name.includes("/"), false);
  }));
});

Deno.test("whatever leaves its folder is refused", () => {
  fc.assert(fc.property(fc.string(), (name) => {
    if (leavesItsFolder(name)) assert.notEqual(dataNameProblem(name), undefined);
  }));
});
