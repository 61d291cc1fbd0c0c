import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { displayWidth } from "../../../../src/cli/output/text_width.ts";
import type { Key, NamedKey } from "../../../../src/cli/picker/keys.ts";
import { edited, fieldView, textField, textOf } from "../../../../src/cli/picker/text_field.ts";

const EDITS: readonly (readonly [before: string, key: NamedKey, after: string])[] = [
  ["ab|cd", "left", "a|bcd"],
  ["ab|cd", "right", "abc|d"],
  ["|ab", "left", "|ab"],
  ["ab|", "right", "ab|"],
  ["ab|cd", "line start", "|abcd"],
  ["ab|cd", "line end", "abcd|"],
  ["ab|cd", "backspace", "a|cd"],
  ["|cd", "backspace", "|cd"],
  ["ab|cd", "delete", "ab|d"],
  ["ab|", "delete", "ab|"],
  ["ab|cd", "erase to start", "|cd"],
  ["ab|cd", "erase to end", "ab|"],
  ["one two |x", "erase word", "one |x"],
  ["👨‍👩‍👧|", "backspace", "|"],
  ["|👨‍👩‍👧a", "right", "👨‍👩‍👧|a"],
  ["ab|cd", "up", "ab|cd"],
];

function fieldOf(text: string) {
  const [before = "", after = ""] = text.split("|");
  return { before, after };
}

for (const [before, kind, after] of EDITS) {
  Deno.test(`${kind} makes ${after} of ${before}`, () => {
    deepEqual(edited(fieldOf(before), { kind }), fieldOf(after));
  });
}

Deno.test("text goes in where the cursor is", () => {
  deepEqual(edited(fieldOf("a|d"), { kind: "text", text: "bc" }), fieldOf("abc|d"));
});

const key: fc.Arbitrary<Key> = fc.oneof(
  fc.constantFrom(...EDITS.map(([, kind]) => ({ kind }))),
  fc.string({ unit: "grapheme" }).map((text) => ({ kind: "text" as const, text })),
);

Deno.test("what is in view fits, and the cursor is in it", () => {
  fc.assert(fc.property(fc.array(key), fc.integer({ min: 1, max: 30 }), (keys, width) => {
    const field = keys.reduce(edited, textField("漢字 and more"));
    const { text, cursor } = fieldView(field, width);
    ok(displayWidth(text) <= width);
    ok(cursor >= 0 && cursor < width);
    ok(textOf(field).includes(text));
  }));
});

Deno.test("a long text shows its end, with room for the cursor", () => {
  deepEqual(fieldView(textField("abcdef"), 4), { text: "def", cursor: 3 });
  equal(fieldView(fieldOf("|abcdef"), 4).text, "abcd");
});
