import assert from "node:assert/strict";
import fc from "fast-check";
import { sizeText } from "../../../../../src/cli/output/data/size.ts";

Deno.test("sizes have a unit and, from kilobytes on, one decimal", () => {
  const sizes = [0, 18, 1023, 1024, 2_621_440, 1024 ** 3, 5 * 1024 ** 5];
  assert.deepEqual(sizes.map(sizeText), [
    ...["0B", "18B", "1023B", "1.0KB", "2.5MB", "1.0GB", "5120.0TB"],
  ]);
});

Deno.test("what rounds up to a whole unit is shown in that unit", () => {
  assert.equal(sizeText(1024 * 1024 - 1), "1.0MB");
});

Deno.test("no size below a petabyte takes more than eight characters", () => {
  fc.assert(fc.property(fc.nat(2 ** 31 - 1), fc.nat(1000), (bytes, factor) => {
    assert.ok(sizeText(bytes * factor).length <= 8);
  }));
});
