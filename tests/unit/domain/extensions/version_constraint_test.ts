import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { compareCalVer } from "../../../../src/domain/extensions/calver.ts";
import {
  newestMatching,
  parseRequirement,
  satisfies,
} from "../../../../src/domain/extensions/version_constraint.ts";

const VERSIONS = ["2026.02.01.1", "2026.01.01.10", "2025.12.31.1", "2026.01.01.9", "not-a-version"];

const newest = (requirement: string) =>
  newestMatching(VERSIONS, parseRequirement(requirement).constraint);

Deno.test("a dependency with a constraint is a name and a constraint, not a literal version [B97]", () => {
  deepEqual(parseRequirement("@x/y@>=2026.01.01.1"), {
    name: "@x/y",
    constraint: [{ comparator: ">=", version: "2026.01.01.1" }],
  });
});

const CHOSEN: Readonly<Record<string, string | undefined>> = {
  "@x/y": "2026.02.01.1",
  "@x/y@latest": "2026.02.01.1",
  "@x/y@*": "2026.02.01.1",
  "@x/y@2026.01.01.9": "2026.01.01.9",
  "@x/y@=2026.01.01.09": "2026.01.01.9",
  "@x/y@<2026.02.01.1": "2026.01.01.10",
  "@x/y@>2025.12.31.1 <= 2026.01.01.9": "2026.01.01.9",
  "@x/y@>=2025.01.01.1,<2026.01.01.1": "2025.12.31.1",
  "@x/y@>2026.02.01.1": undefined,
};
for (const [requirement, version] of Object.entries(CHOSEN)) {
  Deno.test(`the newest version for ${requirement} is ${version} [B97]`, () => {
    equal(newest(requirement), version);
  });
}

for (const bad of ["@x/y@~2026.01.01.1", "@x/y@>=1.0.0", "@x/y@>=", "@x/y@2026.02.30.1"]) {
  Deno.test(`the dependency ${bad} is refused with what may stand there`, () => {
    throws(() => parseRequirement(bad), {
      code: "invalid_extension_reference",
      message: /is no version; write one as YYYY\.MM\.DD\.MICRO/,
    });
  });
}

Deno.test("the version chosen meets the constraint, and no newer one does", () => {
  const version = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 12 }))
    .map(([day, micro]) => `2026.01.${String(day).padStart(2, "0")}.${micro}`);
  const comparator = fc.constantFrom("=", ">=", ">", "<=", "<", "");
  fc.assert(fc.property(fc.array(version), comparator, version, (versions, comparator, bound) => {
    const { constraint } = parseRequirement(`@x/y@${comparator}${bound}`);
    const matching = versions.filter((version) => satisfies(version, constraint));
    const chosen = newestMatching(versions, constraint);
    equal(chosen === undefined, matching.length === 0);
    for (const version of matching) equal(compareCalVer(version, chosen!) <= 0, true);
  }));
});
