import { equal } from "node:assert/strict";
import fc from "fast-check";
import { compareCalVer, isCalVer } from "../../../../src/domain/extensions/calver.ts";

for (const good of ["2026.02.09.1", "2024.02.29.0", "2026.04.01.01", "2026.12.31.12345"]) {
  Deno.test(`${good} is a version`, () => equal(isCalVer(good), true));
}

for (const bad of ["2026.02.30.1", "2025.02.29.1", "2026.2.9.1", "2026.02.09", "1.0.0", "", 7]) {
  Deno.test(`${JSON.stringify(bad)} is no version`, () => equal(isCalVer(bad), false));
}

Deno.test("versions are ordered by date, then by number rather than by text", () => {
  const sorted = ["2026.02.09.10", "2025.12.31.99", "2026.02.09.9"].sort(compareCalVer);
  equal(sorted.join(), "2025.12.31.99,2026.02.09.9,2026.02.09.10");
});

Deno.test("the order is the same from both sides", () => {
  const version = fc.tuple(
    fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
    fc.nat(),
  ).map(([date, micro]) => `${date.toISOString().slice(0, 10).replaceAll("-", ".")}.${micro}`);
  fc.assert(fc.property(version, version, (a, b) => {
    equal(Math.sign(compareCalVer(a, b)), -Math.sign(compareCalVer(b, a)));
  }));
});
