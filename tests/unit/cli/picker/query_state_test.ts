import { deepEqual, equal } from "node:assert/strict";
import type { Key, NamedKey } from "../../../../src/cli/picker/keys.ts";
import {
  isUnanswered,
  type QueryEvent,
  type QueryState,
  reduceQuery,
  startQuery,
} from "../../../../src/cli/picker/query_state.ts";

const typed = (text: string): QueryEvent<string> => pressed({ kind: "text", text });
const press = (kind: NamedKey): QueryEvent<string> => pressed({ kind });
const answered = (question: string): QueryEvent<string> => ({
  kind: "answered",
  answer: { question, document: `answer to ${question}` },
});
const failed = (question: string): QueryEvent<string> => ({
  kind: "failed",
  question,
  text: `${question}?`,
});

function pressed(key: Key): QueryEvent<string> {
  return { kind: "key", key };
}

/** The state after events, in a terminal with room for 3 lines of an answer that has 5. */
function after(...events: readonly QueryEvent<string>[]): QueryState<string> {
  return events.reduce(
    (state, event) => reduceQuery(state, event, { room: 3, length: 5 }),
    startQuery<string>(),
  );
}

Deno.test("a question is unanswered until its own answer is there", () => {
  equal(isUnanswered(after()), true);
  equal(isUnanswered(after(answered(""))), false);
  equal(isUnanswered(after(answered(""), typed("a"))), true);
  equal(isUnanswered(after(typed("ab"), answered("a"))), true);
  equal(isUnanswered(after(typed("a"), failed("a"))), false);
});

Deno.test("a question that is wrong leaves the last answer in view", () => {
  const { answer, problem } = after(answered(""), typed("a"), failed("a"));
  equal(answer?.question, "");
  deepEqual(problem, { question: "a", text: "a?" });
  equal(after(failed("a"), answered("ab")).problem, undefined);
});

Deno.test("going back to the question whose answer is in view takes the problem away", () => {
  const { problem } = after(answered(""), typed("a"), failed("a"), press("erase to start"));
  equal(problem, undefined);
});

Deno.test("Enter ends with the answer that is in view", () => {
  const { outcome, answer } = after(typed("a"), answered("a"), press("enter"));
  equal(outcome, "answered");
  equal(answer?.document, "answer to a");
});

Deno.test("Enter before the answer is there waits for it", () => {
  const waiting = [answered(""), typed("a"), press("enter")];
  equal(after(...waiting).outcome, undefined);
  equal(after(...waiting, answered("")).outcome, undefined);
  equal(after(...waiting, answered("a")).outcome, "answered");
});

Deno.test("typing on after Enter means that the answer is not wanted yet", () => {
  equal(after(typed("a"), press("enter"), typed("b"), answered("ab")).outcome, undefined);
});

Deno.test("a wrong question cannot be entered", () => {
  equal(after(typed("a"), failed("a"), press("enter")).outcome, undefined);
  equal(after(typed("a"), press("enter"), failed("a"), answered("a")).outcome, undefined);
});

for (const kind of ["escape", "end of input"] as const) {
  Deno.test(`${kind} cancels`, () => equal(after(press(kind)).outcome, "cancelled"));
}

Deno.test("the answer scrolls between its first and its last line", () => {
  const top = (...kinds: NamedKey[]) => after(answered(""), ...kinds.map(press)).top;
  equal(top("up"), 0);
  equal(top("down"), 1);
  equal(top("page down"), 2);
  equal(top("down", "down", "down"), 2);
  equal(top("page down", "page up"), 0);
});

Deno.test("a new answer is seen from its first line", () => {
  equal(after(answered(""), press("down"), typed("a"), answered("a")).top, 0);
});

Deno.test("Home and End move in the question", () => {
  const { field } = after(typed("abc"), press("home"), typed("x"), press("end"), typed("y"));
  deepEqual(field, { before: "xabcy", after: "" });
});
