import { deepEqual } from "node:assert/strict";
import { join } from "@std/path";
import { CHECKOUT } from "./opening_process.ts";
import { filesBelow } from "./stored_files.ts";

/** First and last row of each part of the contract's table, and of its list of weaknesses. */
const PARTS = [
  ["B", 1, 19],
  ["B", 20, 39],
  ["B", 40, 58],
  ["B", 60, 68],
  ["B", 70, 77],
  ["B", 80, 87],
  ["B", 90, 107],
  ["B", 120, 123],
  ["W", 1, 17],
] as const;

/** As in `… [B21 W5]`, at the end of the name of a test or of a case in a table of tests. */
const ROWS_AT_END = /\[([BW]\d+(?: [BW]\d+)*)\]["'`][,:]/g;

/** Rows that names of tests end in. */
function testedRows(): Set<string> {
  const files = filesBelow(join(CHECKOUT, "tests")).filter((path) => path.endsWith("_test.ts"));
  const ends = files.flatMap((path) => [
    ...Deno.readTextFileSync(path).matchAll(ROWS_AT_END),
  ]);
  return new Set(ends.flatMap(([, ids]) => ids!.split(" ")));
}

/** Rows in the part of the README with a title. */
function listedRows(title: string): Set<string> {
  const text = Deno.readTextFileSync(new URL("README.md", import.meta.url));
  const part = text.split(/^## /m).find((section) => section.startsWith(title)) ?? "";
  const cells = part.split("\n").filter((line) => line.startsWith("|"))
    .map((line) => line.split("|")[1]!);
  return new Set(cells.join(" ").match(/[BW]\d+/g));
}

Deno.test("every row of the contract's table has a test, or is told to come, and never both", () => {
  const tested = testedRows();
  const listed = new Set([...listedRows("To come"), ...listedRows("Not for this program")]);
  const rows = PARTS.flatMap(([letter, first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => `${letter}${first + index}`)
  );
  const forgotten = rows.filter((row) => !tested.has(row) && !listed.has(row));
  deepEqual(forgotten, [], `forgotten: ${forgotten}`);
  const outdated = rows.filter((row) => tested.has(row) && listed.has(row));
  deepEqual(outdated, [], `told to come and there: ${outdated}`);
});
