import assert from "node:assert/strict";
import fc from "fast-check";
import { LineSplitter } from "../../../src/domain/line_splitter.ts";

function linesOf(pieces: readonly string[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return lines;
}

Deno.test("lines come without their breaks, the last one even if it has none", () => {
  assert.deepEqual(linesOf(["one\ntw", "o\r\n\nthree"]), ["one", "two", "", "three"]);
});

Deno.test("how the text is cut into pieces makes no difference", () => {
  const pieces = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\n") }));
  fc.assert(fc.property(pieces, (list) => {
    const text = list.join("");
    const expected = text.split("\n");
    if (expected.at(-1) === "") expected.pop();
    assert.deepEqual(linesOf(list), expected);
  }));
});

Deno.test("a line without end is given out in pieces", () => {
  const piece = "x".repeat(600_000);
  const lines = linesOf([piece, piece, piece]);
  assert.equal(lines.length, 2);
  assert.equal(lines.join(""), piece.repeat(3));
});
