import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { type Key, KeyReader } from "../../../../src/cli/picker/keys.ts";

/** The keys, text in quotes. */
const words = (keys: readonly Key[]): string =>
  keys.map((key) => key.kind === "text" ? `"${key.text}"` : key.kind).join(", ");

/** What is sent, and the keys that it means. */
const SENT: readonly (readonly [sent: string, keys: string])[] = [
  ["abc", '"abc"'],
  ["é🔑漢", '"é🔑漢"'],
  ["\r", "enter"],
  ["\n", "enter"],
  ["a\rb", '"a", enter, "b"'],
  ["\x03", "interrupt"],
  ["\x04", "end of input"],
  ["\x00", "end of input"],
  ["\x1b[A\x1b[B\x1b[C\x1b[D", "up, down, right, left"],
  ["\x1bOA\x1bOB", "up, down"],
  ["\x10\x0e", "up, down"],
  ["\x1b[5~\x1b[6~", "page up, page down"],
  ["\x1b[H\x1b[F\x1bOH\x1bOF", "home, end, home, end"],
  ["\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "home, end, home, end"],
  ["\x1b[1;5A\x1b[5;2~", "up, page up"],
  ["\x1bOM", "enter"],
  ["\x7f\b\x1b[3~", "backspace, backspace, delete"],
  ["\x01\x05\x02\x06", "line start, line end, left, right"],
  ["\x15\x17\x0b\x0c", "erase to start, erase word, erase to end, redraw"],
  ["\x1b\x1b[A", "escape, up"],
  ["\x1b\r", "escape, enter"],
  // Nothing is bound to these: a tab, function keys, Alt and a character, a mouse report.
  ["\t", ""],
  ["\x1bOP\x1b[15~\x1b[[A", ""],
  ["\x1bx\x1b🔑", ""],
  ["\x1b[<0;10;5M", ""],
  ["\x1b[200~one\rtwo\n\tthree\x1b[201~\r", '"one two three", enter'],
  ["\x1b[200~a\x03b\x1b[A\x1b[201~", '"ab[A"'],
];

for (const [sent, keys] of SENT) {
  Deno.test(`${JSON.stringify(sent)} is ${keys || "nothing"}`, () => {
    equal(words(new KeyReader().read(sent)), keys);
  });
}

Deno.test("ESC is the Escape key if nothing follows it in time", () => {
  const reader = new KeyReader();
  deepEqual(reader.read("\x1b"), []);
  equal(reader.isUndecided, true);
  equal(words(reader.decide()), "escape");
  equal(reader.isUndecided, false);
  equal(words(reader.read("[A")), '"[A"');
});

Deno.test("ESC is the beginning of another key if the rest follows", () => {
  const reader = new KeyReader();
  deepEqual(reader.read("\x1b"), []);
  equal(words(reader.read("[B")), "down");
  equal(reader.isUndecided, false);
});

Deno.test("a key whose end never comes is dropped", () => {
  const reader = new KeyReader();
  deepEqual(reader.read("\x1b[1;"), []);
  deepEqual(reader.decide(), []);
  equal(words(reader.read("a")), '"a"');
});

Deno.test("a paste is waited for however long it takes", () => {
  const reader = new KeyReader();
  deepEqual(reader.read("\x1b[200~half"), []);
  equal(reader.isUndecided, false);
  equal(words(reader.read(" and half\x1b[201~")), '"half and half"');
});

Deno.test("keys are the same however they come in pieces", () => {
  const sent = fc.array(fc.constantFrom(...SENT.map(([text]) => text))).map((all) => all.join(""));
  const joined = (keys: readonly Key[]) => words(keys).replaceAll('", "', "");
  fc.assert(fc.property(sent, fc.array(fc.nat(200)), (text, cuts) => {
    const reader = new KeyReader();
    // A decoder of UTF-8 never gives half a character.
    const characters = Array.from(text);
    const places = [...cuts.sort((a, b) => a - b), characters.length];
    const keys = places.flatMap((place, at) =>
      reader.read(characters.slice(at === 0 ? 0 : places[at - 1], place).join(""))
    );
    equal(joined(keys), joined(new KeyReader().read(text)));
  }));
});
