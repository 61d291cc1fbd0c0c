import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import type { Listing } from "../../../../src/cli/output/listing.ts";
import { styleFor } from "../../../../src/cli/output/style.ts";
import { displayWidth } from "../../../../src/cli/output/text_width.ts";
import {
  columnWidths,
  pickerFrame,
  pickerLayout,
  type PickerLook,
} from "../../../../src/cli/picker/picker_view.ts";
import { fitted, reduce, startPicker } from "../../../../src/cli/picker/picker_state.ts";

type Entry = readonly [name: string, about: string];

const LISTING: Listing<Entry> = {
  noun: "thing",
  headings: ["NAME", "ABOUT"],
  cells: ([name, about], style) => [style.cyan(name), style.dim(about)],
};
const PLAIN = styleFor(false);

function lookAt(entries: readonly Entry[], preview: readonly string[] = []): PickerLook<Entry> {
  return {
    ...{ listing: LISTING, total: entries.length, effect: "shows it", style: PLAIN, preview },
    widths: columnWidths(LISTING, entries, PLAIN),
  };
}

function stateOf(entries: readonly Entry[], query = "") {
  return startPicker((text) => entries.filter(([name]) => name.includes(text)), query);
}

const THREE: readonly Entry[] = [["web", "first"], ["west", "second"], ["other", "third"]];

Deno.test("a list shows its line, headings, entries and keys", () => {
  deepEqual(pickerFrame(stateOf(THREE, "we"), lookAt(THREE), { rows: 7, columns: 50 }), {
    lines: [
      "thing> we",
      "  NAME   ABOUT",
      "> web    first",
      "  west   second",
      "",
      "",
      "2 of 3   ↑↓ move · Enter shows it · Esc ends",
    ],
    cursor: { row: 0, column: 9 },
  });
});

Deno.test("where there is room the highlighted entry is previewed", () => {
  const look = lookAt(THREE, ["Name: web", "More"]);
  const { lines } = pickerFrame(stateOf(THREE), look, { rows: 15, columns: 10 });
  deepEqual(lines.slice(5, 9), ["──────────", "Name: web", "More", ""]);
  equal(lines.length, 15);
});

Deno.test("with few rows the entries come first", () => {
  const linesIn = (rows: number) =>
    pickerFrame(stateOf(THREE), lookAt(THREE), { rows, columns: 20 }).lines;
  deepEqual(linesIn(1), ["thing> "]);
  deepEqual(linesIn(2), ["thing> ", "> web    first"]);
  deepEqual(linesIn(4), ["thing> ", "> web    first", "  west   second", "3   Enter shows it …"]);
});

Deno.test("in a narrow terminal it is still said how to end", () => {
  const { lines } = pickerFrame(stateOf(THREE), lookAt(THREE), { rows: 6, columns: 30 });
  equal(lines[5], "3   Enter shows it · Esc ends");
});

Deno.test("in a narrow terminal the line loses its label before the text", () => {
  const { lines, cursor } = pickerFrame(stateOf(THREE, "we"), lookAt(THREE), {
    rows: 3,
    columns: 8,
  });
  equal(lines[0], "we");
  equal(cursor.column, 2);
});

Deno.test("it is said when nothing matches", () => {
  const { lines } = pickerFrame(stateOf(THREE, "zz"), lookAt(THREE), { rows: 6, columns: 40 });
  equal(lines[2], "  No thing matches.");
});

Deno.test("control characters in names cannot move the cursor", () => {
  const odd: readonly Entry[] = [["a\x1b[2J\nb", "c\rd"]];
  const { lines } = pickerFrame(stateOf(odd, ""), lookAt(odd), { rows: 6, columns: 40 });
  equal(lines[2], "> a␛[2J␊b  c␍d");
});

Deno.test("without colours nothing but text is written", () => {
  const { lines } = pickerFrame(stateOf(THREE), lookAt(THREE, ["text"]), { rows: 20, columns: 40 });
  ok(!lines.join("").includes("\x1b"));
});

Deno.test("the rows of a layout are those of the terminal", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(50), (rows, total) => {
    const { hasHeadings, hasStatus, room, previewRows } = pickerLayout(
      { rows, columns: 80 },
      total,
    );
    equal(1 + Number(hasHeadings) + Number(hasStatus) + room + previewRows, rows);
  }));
});

const text = fc.string({
  unit: fc.constantFrom("a", "b", " ", "漢", "👨‍👩‍👧", "é", "\n", "\x1b[31m"),
  maxLength: 60,
});
const entries = fc.array(fc.tuple(text, text), { maxLength: 30 });
const size = fc.record({
  rows: fc.integer({ min: 1, max: 40 }),
  columns: fc.integer({ min: 1, max: 100 }),
});

Deno.test("nothing is wider or longer than the terminal", () => {
  fc.assert(fc.property(entries, fc.array(text), text, fc.nat(40), size, (...given) => {
    const [all, preview, query, downs, terminal] = given;
    const { room } = pickerLayout(terminal, all.length);
    const find = (wanted: string) => all.filter(([name]) => name.includes(wanted));
    let state = startPicker(find, query);
    for (let at = 0; at < downs; at++) state = reduce(state, { kind: "down" }, { find, room });
    const look = { ...lookAt(all, preview.map((line) => line.replaceAll("\n", ""))) };
    const { lines, cursor } = pickerFrame(fitted(state, room), look, terminal);
    ok(lines.length <= terminal.rows);
    for (const line of lines) ok(displayWidth(line) <= terminal.columns, JSON.stringify(line));
    ok(cursor.row < terminal.rows && cursor.column < terminal.columns);
  }));
});

Deno.test("of ten thousand entries only those in view are drawn", () => {
  const many = Array.from({ length: 10_000 }, (_, at): Entry => [`name-${at}`, ""]);
  let drawn = 0;
  const cells = ([name]: Entry) => {
    drawn++;
    return [name, ""];
  };
  const look = { ...lookAt(many), listing: { ...LISTING, cells } };
  pickerFrame(stateOf(many), look, { rows: 24, columns: 80 });
  equal(drawn, pickerLayout({ rows: 24, columns: 80 }, many.length).room);
});
