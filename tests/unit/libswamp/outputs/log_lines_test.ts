import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { logLines } from "../../../../src/libswamp/outputs/log_lines.ts";

/** A text in pieces of so many bytes. */
function inPieces(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const pieces = Array.from(
    { length: Math.ceil(bytes.length / size) },
    (_, index) => bytes.subarray(index * size, (index + 1) * size),
  );
  return ReadableStream.from(pieces);
}

Deno.test("a text has the lines between its line breaks", async () => {
  deepEqual(await logLines(inPieces("one\ntwo\r\nthree", 4)), {
    lines: ["one", "two", "three"],
    total: 3,
  });
});

Deno.test("a line break at the end begins no further line", async () => {
  equal((await logLines(inPieces("one\n", 4))).total, 1);
});

Deno.test("an empty text has no lines", async () => {
  deepEqual(await logLines(ReadableStream.from([])), { lines: [], total: 0 });
});

Deno.test("characters may be cut between pieces", async () => {
  deepEqual((await logLines(inPieces("äöü€😀", 1))).lines, ["äöü€😀"]);
});

Deno.test("the last lines of any text are those that all lines end with", async () => {
  const lines = fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 1, max: 60 }), async (all, tail) => {
      const found = await logLines(inPieces(all.join("\n"), 7), tail);
      deepEqual(found, { lines: all.slice(-tail), total: all.length });
    }),
  );
});
