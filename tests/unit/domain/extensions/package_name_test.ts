import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  collectiveOf,
  isPackageName,
  parsePackageReference,
} from "../../../../src/domain/extensions/package_name.ts";

const segment = fc.stringMatching(/^[a-z0-9_-]{1,12}$/);
const name = fc.array(segment, { minLength: 2, maxLength: 4 }).map((parts) =>
  `@${parts.join("/")}`
);

for (const good of ["@acme/widget", "@a/b", "@acme/aws/ec2", "@a_b/c-d", "@0/1"]) {
  Deno.test(`${good} is a name of a package`, () => equal(isPackageName(good), true));
}

const WRONG = [
  "acme/x",
  "@acme",
  "@acme/",
  "@/x",
  "@Acme/x",
  "@a/b/",
  "@a//b",
  "@a/..",
  "@a/b\n",
  "",
];
for (const bad of WRONG) {
  Deno.test(`${JSON.stringify(bad)} is no name of a package`, () =>
    equal(isPackageName(bad), false));
}

Deno.test("a reference is a name, and a version after the second @", () => {
  deepEqual(parsePackageReference("@acme/widget"), { name: "@acme/widget" });
  deepEqual(parsePackageReference("@acme/widget@2026.04.01.1"), {
    name: "@acme/widget",
    version: "2026.04.01.1",
  });
});

Deno.test("what was put together from a name and a version comes apart again", () => {
  const version = fc.stringMatching(/^[0-9.]{1,12}$/);
  fc.assert(fc.property(name, version, (name, version) => {
    deepEqual(parsePackageReference(`${name}@${version}`), { name, version });
  }));
});

Deno.test("the collective is what stands between @ and the first slash", () => {
  equal(collectiveOf("@acme/aws/ec2"), "acme");
});

const REFUSED: Readonly<Record<string, string>> = {
  "widget": 'Invalid extension name: "widget". Extension names must start with "@" ' +
    "(e.g., @collective/name).",
  "@acme": 'Invalid extension name: "@acme". Must match @collective/name pattern (lowercase, ' +
    "alphanumeric, hyphens, underscores, additional /segments allowed).",
  "@acme/x@": 'Invalid extension reference: "@acme/x@". Version cannot be empty after "@".',
};
for (const [reference, message] of Object.entries(REFUSED)) {
  Deno.test(`the reference ${reference} is refused with the reason`, () => {
    throws(() => parsePackageReference(reference), { message });
  });
}

Deno.test("no text at all makes a name that leaves its folder", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("@", "/", ".", "a", "\\", "\0") }), (text) => {
      if (isPackageName(text)) equal(/\.\.|\\|\0|\/\/|^\/|\/$/.test(text), false);
    }),
  );
});
