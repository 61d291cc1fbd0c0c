import { deepEqual } from "node:assert/strict";
import { columns } from "../../../../src/cli/output/columns.ts";

Deno.test("every column is as wide as its widest cell", () => {
  deepEqual(columns([["a.ts", "new"], ["long.ts", "gone"]], "  "), [
    "  a.ts     new",
    "  long.ts  gone",
  ]);
});

Deno.test("rows may have different numbers of cells, and no line ends in blanks", () => {
  deepEqual(columns([["a"], ["bb", "", "c"], ["d", "e"]], ""), ["a", "bb     c", "d   e"]);
});

Deno.test("colours take no room", () => {
  deepEqual(columns([["\x1b[31mx\x1b[39m", "1"], ["yy", "2"]], ""), [
    "\x1b[31mx\x1b[39m   1",
    "yy  2",
  ]);
});
