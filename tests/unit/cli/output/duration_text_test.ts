import { equal } from "node:assert/strict";
import { durationText } from "../../../../src/cli/output/duration_text.ts";

const TEXTS: readonly (readonly [milliseconds: number, text: string])[] = [
  [0, "0 ms"],
  [999, "999 ms"],
  [1000, "1.0 s"],
  [59_900, "59.9 s"],
  [60_000, "1 min 0 s"],
  [200_000, "3 min 20 s"],
];

for (const [milliseconds, text] of TEXTS) {
  Deno.test(`${milliseconds} milliseconds are ${text}`, () =>
    equal(durationText(milliseconds), text));
}
