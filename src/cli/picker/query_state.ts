/**
 * What somebody who types a question sees of its answer, and how that changes. Nothing here knows of a
 * terminal.
 *
 * @module
 */
import type { Key } from "./keys.ts";
import { edited, type TextField, textOf } from "./text_field.ts";

/** The answer to a question. */
export interface Answer<D> {
  readonly question: string;
  readonly document: D;
}

/** A line to type a question into, and the answer to what was typed last and made sense. */
export interface QueryState<D> {
  readonly field: TextField;
  readonly answer: Answer<D> | undefined;
  /** What is wrong with a question. */
  readonly problem: { readonly question: string; readonly text: string } | undefined;
  /** Index of the first line of the answer in view. */
  readonly top: number;
  /** Whether the answer to the question as it stands now is waited for, and then to be printed. */
  readonly isWanted: boolean;
  readonly outcome?: "answered" | "cancelled";
}

/** What can happen. */
export type QueryEvent<D> =
  | { readonly kind: "key"; readonly key: Key }
  | { readonly kind: "answered"; readonly answer: Answer<D> }
  | { readonly kind: "failed"; readonly question: string; readonly text: string };

/** What reducing depends on besides the state. */
export interface QuerySurroundings {
  /** So many lines of the answer are in view. */
  readonly room: number;
  /** So many lines it has. */
  readonly length: number;
}

/** Before anything is typed. */
export function startQuery<D>(): QueryState<D> {
  return {
    field: { before: "", after: "" },
    ...{ answer: undefined, problem: undefined, top: 0, isWanted: false },
  };
}

/** Whether neither answer nor problem belong to the question as it stands now. */
export function isUnanswered<D>({ field, answer, problem }: QueryState<D>): boolean {
  const question = textOf(field);
  return answer?.question !== question && problem?.question !== question;
}

/** The state after an event. */
export function reduceQuery<D>(
  state: QueryState<D>,
  event: QueryEvent<D>,
  surroundings: QuerySurroundings,
): QueryState<D> {
  const question = textOf(state.field);
  switch (event.kind) {
    case "key":
      return pressed(state, event.key, surroundings);
    case "answered": {
      const isDone = state.isWanted && event.answer.question === question;
      const answered = { ...state, answer: event.answer, problem: undefined, top: 0 };
      return isDone ? { ...answered, outcome: "answered" } : answered;
    }
    case "failed":
      return {
        ...state,
        problem: { question: event.question, text: event.text },
        isWanted: state.isWanted && event.question !== question,
      };
  }
}

function pressed<D>(
  state: QueryState<D>,
  key: Key,
  { room, length }: QuerySurroundings,
): QueryState<D> {
  const page = Math.max(1, room);
  const scrolled = (wanted: number) => {
    return { ...state, top: Math.max(0, Math.min(wanted, length - page)) };
  };
  switch (key.kind) {
    case "enter":
      if (state.problem?.question === textOf(state.field)) return state;
      if (isUnanswered(state)) return { ...state, isWanted: true };
      return { ...state, outcome: "answered" };
    case "escape":
    case "end of input":
      return { ...state, outcome: "cancelled" };
    case "up":
      return scrolled(state.top - 1);
    case "down":
      return scrolled(state.top + 1);
    case "page up":
      return scrolled(state.top - page);
    case "page down":
      return scrolled(state.top + page);
    case "home":
      return { ...state, field: edited(state.field, { kind: "line start" }) };
    case "end":
      return { ...state, field: edited(state.field, { kind: "line end" }) };
    default:
      return changed(state, edited(state.field, key));
  }
}

function changed<D>(state: QueryState<D>, field: TextField): QueryState<D> {
  // What was wrong with another question says nothing about one whose answer is in view.
  const isAnswered = state.answer?.question === textOf(field);
  const problem = isAnswered ? undefined : state.problem;
  return { ...state, field, problem, isWanted: false };
}
