import { deepEqual, equal, match, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  newNameReason,
  requireNewName,
  unsafeNameReason,
} from "../../../../src/domain/models/definition_name.ts";

for (const name of ["web", "my server", "a.b", "ünïcode", "@acme/web", "@a_c-1/b/c", "x-", "1"]) {
  Deno.test(`"${name}" is a good name`, () => {
    equal(newNameReason(name), undefined);
    equal(unsafeNameReason(name), undefined);
  });
}

const REFUSED: readonly [string, RegExp][] = [
  ["", /must not be empty/],
  ["..", /must not contain '\.\.'/],
  ["../x", /must not contain '\.\.', '\\', '\/' or null bytes/],
  ["a\\b", /must not contain/],
  ["a\0b", /must not contain/],
  ["a/b", /must not contain/],
  ["@Acme/web", /only allowed in names like @collective\/name/],
  ["@acme/", /only allowed in names like/],
  [".", /dots only/],
  ["-x", /must not start with '-'/],
  [" a", /must not start or end with a blank/],
  ["a ", /must not start or end with a blank/],
  ["a\nb", /line breaks or control characters/],
  ["a\u001bb", /line breaks or control characters/],
  ["a\u2028b", /line breaks or control characters/],
  ["\ud800", /line breaks or control characters/],
  ["x".repeat(256), /longer than 255 bytes/],
  ["ü".repeat(128), /longer than 255 bytes/],
];

for (const [name, reason] of REFUSED) {
  Deno.test(`${JSON.stringify(name.slice(0, 20))} is refused, with the rule that it breaks`, () => {
    match(newNameReason(name) ?? "", reason);
  });
}

Deno.test("names that an older swamp gave are still read, unless they are unsafe", () => {
  for (const name of ["-x", " a", "a\nb", ".", "x".repeat(300)]) {
    equal(unsafeNameReason(name), undefined);
  }
  for (const name of ["", "..", "a/b", "a\\b", "a\0"]) {
    equal(typeof unsafeNameReason(name), "string");
  }
});

Deno.test("the error is one line that shows the name with its invisible characters", () => {
  throws(() => requireNewName("a\nb"), {
    code: "invalid_name",
    message: 'Invalid model name "a\\u{a}b": must not contain line breaks or control characters',
  });
  throws(() => requireNewName("../x"), {
    message: `Invalid model name "../x": must not contain '..', '\\', '/' or null bytes`,
  });
});

Deno.test("no good name leads out of a folder or breaks a line, whatever is typed", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."./\\@-_ a1\n\0\u2028".split("")) }),
  );
  fc.assert(fc.property(anything, (name) => {
    if (newNameReason(name) !== undefined) return;
    const segments = name.split("/");
    deepEqual(
      segments.filter((segment) => segment === "" || segment === "." || segment === ".."),
      [],
    );
    equal(/[\\\0\n\r]/.test(name), false);
    if (segments.length > 1) match(name, /^@[a-z0-9_-]+(\/[a-z0-9_-]+)+$/);
  }));
});
