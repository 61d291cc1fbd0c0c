import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import type { Page } from "../../../../src/cli/output/output.ts";
import { styleFor } from "../../../../src/cli/output/style.ts";
import { table } from "../../../../src/cli/output/table.ts";
import { displayWidth } from "../../../../src/cli/output/text_width.ts";

const page = (width?: number): Page => ({ style: styleFor(false), width });

Deno.test("columns are aligned, and nothing hangs over at the end of a line", () => {
  equal(
    table(["NAME", "TYPE"], [["web", "command/shell"], ["database", "aws/rds"]], page()),
    "NAME      TYPE\nweb       command/shell\ndatabase  aws/rds",
  );
});

Deno.test("columns of numbers are aligned to the right, versions are not numbers", () => {
  equal(
    table(["N", "VERSION", "LAST"], [["7", "2026.1.1.1", "x"], ["120", "1.2.3", ""]], page()),
    "  N  VERSION     LAST\n  7  2026.1.1.1  x\n120  1.2.3",
  );
});

Deno.test("wide characters take two columns and combining ones none", () => {
  equal(
    table(["A", "B"], [["日本", "1st"], ["e\u0301", "2nd"], ["👩‍👩‍👧", "3rd"]], page()),
    "A     B\n日本  1st\ne\u0301     2nd\n👩‍👩‍👧    3rd",
  );
});

Deno.test("in a terminal the last column is cut to what fits", () => {
  equal(
    table(["NAME", "DESCRIPTION"], [["web", "a description that goes on for a while"]], page(30)),
    "NAME  DESCRIPTION\nweb   a description that goes…",
  );
});

Deno.test("without a terminal nothing is cut", () => {
  const long = "x".repeat(500);
  ok(table(["NAME", "TEXT"], [["web", long]], page()).includes(long));
});

Deno.test("where columns do not fit, every row becomes a block", () => {
  equal(
    table(["NAME", "ID", "TYPE"], [
      ["web", "b37e8501-42c6-4a12-89ea-f2a63a02fc43", "command/shell"],
      ["db", "0c6f4f1e-6a51-4b0e-8a36-3f9d2f3f1f11", ""],
    ], page(40)),
    [
      "web",
      "  id    b37e8501-42c6-4a12-89ea-f2a63a02fc43",
      "  type  command/shell",
      "db",
      "  id    0c6f4f1e-6a51-4b0e-8a36-3f9d2f3f1f11",
    ].join("\n"),
  );
});

Deno.test("a cut cell still ends its colour", () => {
  const { cyan } = styleFor(true);
  const text = table(["A", "B"], [["x", cyan("abcdefghijklmnopqrstuvwxyz")]], page(25));
  ok(text.endsWith("\x1b[36mabcdefghijklmnopqrstu…\x1b[39m"), JSON.stringify(text));
});

Deno.test("line breaks and other control characters in cells become visible", () => {
  equal(table(["A"], [["a\nb\x1b[2Jc"]], page()), "A\na␊b␛[2Jc");
});

Deno.test("a table never leaves its terminal, unless as blocks", () => {
  const cells = fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string()), { minLength: 1 });
  fc.assert(fc.property(cells, fc.integer({ min: 10, max: 120 }), (rows, width) => {
    const text = table(["FIRST", "LAST"], rows, page(width));
    if (!text.startsWith("FIRST")) return;
    for (const line of text.split("\n")) ok(displayWidth(line) <= width, line);
  }));
});
