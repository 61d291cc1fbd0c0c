import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { type Frame, frameText } from "../../../../src/cli/picker/frame.ts";

const frame = (...lines: string[]): Frame => ({ lines, cursor: { row: 0, column: 2 } });

const SEQUENCE = new RegExp("^\x1b\\[([?\\d;]*[a-zA-Z])");

/** A terminal that knows as much of ECMA-48 as frames need. */
class Screen {
  rows: string[] = [];
  cursor = { row: 0, column: 0 };

  write(text: string): void {
    for (const part of text.split(new RegExp("(?=\x1b)"))) {
      const { row } = this.cursor;
      const [sequence, csi] = SEQUENCE.exec(part) ?? [""];
      if (csi === "2J") this.rows = [];
      else if (csi === "2K") this.rows[row] = "";
      else if (csi?.endsWith("H")) this.#move(csi);
      const plain = part.slice(sequence.length);
      if (plain !== "") this.rows[this.cursor.row] = (this.rows[this.cursor.row] ?? "") + plain;
    }
  }

  #move(csi: string): void {
    const [row, column] = csi.slice(0, -1).split(";").map(Number);
    this.cursor = { row: row! - 1, column: column! - 1 };
  }
}

Deno.test("only lines that have changed are written", () => {
  const text = frameText(frame("one", "two", "three"), frame("one", "2", "three"));
  equal(text, "\x1b[?25l\x1b[2;1H\x1b[2K2\x1b[1;3H\x1b[?25h");
});

Deno.test("whatever was shown, a terminal shows the next frame", () => {
  const lines = fc.array(fc.constantFrom("one", "two", "漢字", ""), { maxLength: 5 });
  fc.assert(fc.property(fc.array(lines, { minLength: 1 }), (all) => {
    const screen = new Screen();
    screen.write("left over from before");
    let previous: Frame | undefined;
    for (const next of all.map((each) => frame(...each))) {
      screen.write(frameText(previous, next));
      const shown = Array.from(screen.rows, (row) => row ?? "");
      deepEqual(shown.slice(0, next.lines.length), next.lines);
      equal(shown.slice(next.lines.length).join(""), "");
      deepEqual(screen.cursor, next.cursor);
      previous = next;
    }
  }));
});
