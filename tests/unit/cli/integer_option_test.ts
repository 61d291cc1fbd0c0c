import { equal, throws } from "node:assert/strict";
import { positiveInteger } from "../../../src/cli/integer_option.ts";

Deno.test("an option that is not given has no value", () => {
  equal(positiveInteger({}, "limit"), undefined);
});

Deno.test("whole numbers of 1 or more are taken", () => {
  equal(positiveInteger({ limit: 1 }, "limit"), 1);
  equal(positiveInteger({ limit: 10_000 }, "limit"), 10_000);
});

for (const value of [0, -1, 1.5, NaN, Infinity, 1e300]) {
  Deno.test(`${value} is refused, naming the flag`, () =>
    throws(() => positiveInteger({ pageSize: value }, "pageSize"), {
      code: "invalid_argument",
      message: `Option "--page-size" must be an integer of 1 or more, but got "${value}".`,
    }));
}
