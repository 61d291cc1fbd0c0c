import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { styleFor } from "../../../../src/cli/output/style.ts";
import { displayWidth } from "../../../../src/cli/output/text_width.ts";
import { reduceQuery, startQuery } from "../../../../src/cli/picker/query_state.ts";
import { answerRoom, queryFrame } from "../../../../src/cli/picker/query_view.ts";

const LOOK = {
  noun: "query",
  help: "Fields: id, name, version",
  lines: ["NAME", "one", "two", "three"],
  style: styleFor(false),
};

/** After a question was typed and, if there is a problem, found to be wrong. */
function stateOf(question: string, problem?: string) {
  const surroundings = { room: 1, length: 1 };
  const key = { kind: "text" as const, text: question };
  const typed = reduceQuery(startQuery<string>(), { kind: "key", key }, surroundings);
  return problem === undefined
    ? reduceQuery(typed, { kind: "answered", answer: { question, document: "" } }, surroundings)
    : reduceQuery(typed, { kind: "failed", question, text: problem }, surroundings);
}

Deno.test("a question shows what may be typed, its answer and the keys", () => {
  deepEqual(queryFrame(stateOf("name"), LOOK, { rows: 6, columns: 40 }), {
    lines: [
      "query> name",
      "Fields: id, name, version",
      "NAME",
      "one",
      "two",
      "↑↓ scroll · Enter prints it · Esc ends",
    ],
    cursor: { row: 0, column: 11 },
  });
});

Deno.test("a mistake is told in place of what may be typed, without its excerpt", () => {
  const problem = 'Unknown field "x".\nAvailable: id\n> 1 | x == 2\n      ^';
  const { lines } = queryFrame(stateOf("x", problem), LOOK, { rows: 6, columns: 40 });
  equal(lines[1], 'Unknown field "x".  Available: id');
});

Deno.test("where there is room a long message takes two lines", () => {
  const { lines } = queryFrame(stateOf("name"), LOOK, { rows: 12, columns: 14 });
  deepEqual(lines.slice(1, 3), ["Fields: id,", "name, version"]);
});

Deno.test("with one row there is only the question", () => {
  deepEqual(queryFrame(stateOf("n"), LOOK, { rows: 1, columns: 40 }).lines, ["query> n"]);
});

Deno.test("nothing is wider or longer than the terminal", () => {
  const text = fc.string({ unit: fc.constantFrom("a", " ", "漢", "👨‍👩‍👧", "\t"), maxLength: 80 });
  const size = fc.record({
    rows: fc.integer({ min: 1, max: 40 }),
    columns: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(text, fc.option(text, { nil: undefined }), size, (question, problem, terminal) => {
      const look = { ...LOOK, lines: [question.replaceAll("\t", ""), "b"] };
      const { lines, cursor } = queryFrame(stateOf(question, problem), look, terminal);
      ok(lines.length <= terminal.rows && answerRoom(terminal) < terminal.rows);
      for (const line of lines) ok(displayWidth(line) <= terminal.columns, JSON.stringify(line));
      ok(cursor.row < terminal.rows && cursor.column < terminal.columns);
    }),
  );
});
