import { equal } from "node:assert/strict";
import fc from "fast-check";
import { HiddenLine } from "../../../src/cli/hidden_line.ts";

/** What is typed, the text it makes, and how typing goes on. */
const TYPED: readonly (readonly [what: string, typed: string, text: string, state: string])[] = [
  ["letters", "abc", "abc", "open"],
  ["Enter", "abc\r", "abc", "entered"],
  ["a line feed", "abc\n", "abc", "entered"],
  ["Enter and more", "abc\rdef", "abc", "entered"],
  ["Ctrl-C", "abc\x03", "abc", "interrupted"],
  ["Ctrl-D", "\x04", "", "ended"],
  ["Backspace", "abc\x7f\x7fd", "ad", "open"],
  ["Backspace in front of everything", "\x7f\x7fa", "a", "open"],
  ["Backspace after an emoji", "a🔑\x7f", "a", "open"],
  ["Ctrl-U", "abc\x15d", "d", "open"],
  ["arrows and function keys", "a\x1b[D\x1b[1;5Cb\x1bOPc\x1b[15~", "abc", "open"],
  ["a tab", "a\tb", "a\tb", "open"],
  ["other control keys", "a\x01\x07b", "ab", "open"],
  ["Escape and Enter", "a\x1b\r", "a", "entered"],
  [
    "a paste of several lines",
    "\x1b[200~one\rtwo\r\nthree\x1b[201~\r",
    "one\ntwo\nthree",
    "entered",
  ],
  ["keys in a paste", "\x1b[200~a\x03b\x1b[201~", "a\x03b", "open"],
];

for (const [what, typed, text, state] of TYPED) {
  Deno.test(`${what} is understood`, () => {
    const line = new HiddenLine();
    equal(line.type(typed), state);
    equal(line.text, text);
  });
}

Deno.test("a paste is understood however it arrives in pieces", () => {
  const secret = fc.string({ unit: fc.constantFrom("a", "\n", "\x1b", "[", "2", "é") });
  fc.assert(fc.property(secret, fc.array(fc.nat(40)), (pasted, cuts) => {
    const typed = `x\x1b[200~${pasted}\x1b[201~\x1b[Dy`;
    const places = [0, ...cuts.map((cut) => cut % typed.length).sort((a, b) => a - b)];
    const line = new HiddenLine();
    places.forEach((place, index) => line.type(typed.slice(place, places[index + 1])));
    equal(line.text, `x${pasted}y`);
  }));
});
