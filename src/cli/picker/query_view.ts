/**
 * What a line to type a question into looks like, with the answer below it.
 *
 * ```text
 * data query> modelName == "web"
 * Fields: id, name, version, …               or what is wrong
 * NAME    MODEL  SPEC    TYPE      VERSION
 * result  web    result  resource  v3
 *
 * ↑↓ scroll · Enter prints it · Esc ends
 * ```
 *
 * @module
 */
import type { Style } from "../output/output.ts";
import { printable } from "../output/printable.ts";
import { displayWidth, truncate } from "../output/text_width.ts";
import type { Frame, Size } from "./frame.ts";
import { inputLine } from "./input_line.ts";
import { isUnanswered, type QueryState } from "./query_state.ts";

/** What is to be seen besides the state. */
export interface QueryLook {
  /** What is asked: `data query`. */
  readonly noun: string;
  /** What may be typed. */
  readonly help: string;
  /** The answer as lines. */
  readonly lines: readonly string[];
  readonly style: Style;
}

/** Rows below which a second row for what may be typed leaves too little for the answer. */
const ROWS_WITH_LONG_MESSAGE = 10;

/** Rows for lines of the answer. */
export function answerRoom({ rows }: Size): number {
  return Math.max(0, rows - 1 - messageRows(rows) - Number(rows >= 4));
}

/** Rows for what may be typed or what is wrong. */
function messageRows(rows: number): number {
  return rows < 2 ? 0 : rows < ROWS_WITH_LONG_MESSAGE ? 1 : 2;
}

/** Question and answer in a terminal of some size. */
export function queryFrame<D>(state: QueryState<D>, look: QueryLook, size: Size): Frame {
  const { noun, help, lines, style } = look;
  const input = inputLine(`${noun}> `, state.field, size.columns, style);
  const room = answerRoom(size);
  const shown = lines.slice(state.top, state.top + room);
  const { problem } = state;
  const message = problem === undefined ? help : problemText(problem.text);
  const tint = problem === undefined ? style.dim : style.red;
  const all = [
    input.line,
    ...wrapped(message, messageRows(size.rows), size.columns).map(tint),
    ...shown,
    ...Array(room - shown.length).fill(""),
    style.dim(statusText(state)),
  ];
  return {
    // With three rows the answer is worth more than how to go on.
    lines: all.slice(0, Math.max(1, size.rows)).map((line) => truncate(line, size.columns)),
    cursor: { row: 0, column: input.cursor },
  };
}

/** A message on one line, without the excerpt of what was typed that is to be seen anyway. */
function problemText(message: string): string {
  const lines = message.split("\n").map((line) => line.trim());
  const excerpt = lines.findIndex((line) => line.startsWith(">"));
  return printable(lines.slice(0, excerpt < 0 ? undefined : excerpt).join("  "));
}

/** Words on so many lines; what does not fit is left on the last. */
function wrapped(text: string, rows: number, columns: number): string[] {
  const lines: string[] = Array(rows).fill("");
  let row = 0;
  for (const word of text.split(" ")) {
    const longer = lines[row] === "" ? word : `${lines[row]} ${word}`;
    if (displayWidth(longer) > columns && lines[row] !== "" && row < rows - 1) lines[++row] = word;
    else lines[row] = longer;
  }
  return lines;
}

function statusText<D>(state: QueryState<D>): string {
  const keys = "↑↓ scroll · Enter prints it · Esc ends";
  return isUnanswered(state) ? `${keys}   …` : keys;
}
