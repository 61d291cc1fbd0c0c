import { equal, throws } from "node:assert/strict";
import { waitLimit } from "../../../src/cli/wait_limit.ts";

for (
  const [text, milliseconds] of [
    ["0", 0],
    ["250ms", 250],
    ["1.5s", 1_500],
    ["30", 30_000],
    ["2m", 120_000],
    ["1h", 3_600_000],
  ] as const
) {
  Deno.test(`--wait ${text} is ${milliseconds} milliseconds`, () => {
    equal(waitLimit(text, undefined), milliseconds);
  });
}

Deno.test("the flag beats the variable, and an empty variable counts as unset", () => {
  equal(waitLimit("1s", "2s"), 1_000);
  equal(waitLimit(undefined, "2s"), 2_000);
  equal(waitLimit(undefined, ""), undefined);
  equal(waitLimit(undefined, undefined), undefined);
});

for (const text of ["soon", "-1", "", "5 days"]) {
  Deno.test(`--wait ${JSON.stringify(text)} is refused`, () => {
    throws(() => waitLimit(text, undefined), { code: "invalid_duration" });
  });
}

Deno.test("a bad variable is named", () => {
  throws(() => waitLimit(undefined, "soon"), /SWAMP_LOCK_WAIT: "soon"/);
});
