import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { styleFor } from "../../../../src/cli/output/style.ts";
import { displayWidth, padEnd, padStart, truncate } from "../../../../src/cli/output/text_width.ts";

for (
  const [text, width] of [
    ["", 0],
    ["abc", 3],
    ["naïve", 5],
    ["nai\u0308ve", 5],
    ["日本語", 6],
    ["한국", 4],
    ["ＡＢ", 4],
    ["🚀", 2],
    ["👨‍👩‍👧‍👦", 2],
    ["zero\u200bwidth", 9],
    [styleFor(true).red("abc"), 3],
  ] as const
) {
  Deno.test(`${JSON.stringify(text)} takes ${width} columns`, () => {
    equal(displayWidth(text), width);
  });
}

Deno.test("a text that fits is not cut", () => {
  equal(truncate("abc", 3), "abc");
});

Deno.test("a wide character is never cut in two", () => {
  equal(truncate("日本語", 4), "日…");
});

Deno.test("padding counts columns, not characters", () => {
  equal(padEnd("日", 4), "日  ");
  equal(padStart("日", 4), "  日");
  equal(padEnd("abcd", 2), "abcd");
});

Deno.test("a cut text fits and begins as the text does", () => {
  const text = fc.string({ unit: "grapheme" });
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 30 }), (whole, width) => {
    const cut = truncate(whole, width);
    ok(displayWidth(cut) <= width);
    ok(cut === whole || whole.startsWith(cut.slice(0, -1)));
  }));
});
