import { messageOf } from "../../domain/errors.ts";
import type { CommandContext } from "../context.ts";
import type { Page } from "../output/output.ts";
import { printableStyled } from "../output/printable_styled.ts";
import type { Size } from "./frame.ts";
import {
  type Answer,
  isUnanswered,
  type QueryEvent,
  type QueryState,
  reduceQuery,
  startQuery,
} from "./query_state.ts";
import { answerRoom, queryFrame } from "./query_view.ts";
import { runScreen } from "./screen.ts";
import { textOf } from "./text_field.ts";

/** How long nothing must be typed before a question is answered, in milliseconds. */
const PAUSE = 120;

/** A question that is answered while it is typed. */
export interface LiveQuery<D> {
  /** What is asked: `data query`. */
  readonly noun: string;
  /** What may be typed. */
  readonly help: string;
  /** Answers a question, also one that is not finished; what it throws is shown. */
  readonly answer: (question: string) => Promise<D>;
  readonly render: (document: D, page: Page) => string;
}

/**
 * Lets somebody at the terminal type a question and see the answer at once.
 *
 * @returns the question with its answer, `undefined` if none was wanted.
 * @throws {UserError} `interrupted` on Ctrl-C and on signals that end swamp.
 */
export async function askLive<D>(
  context: Pick<CommandContext, "output" | "signal">,
  { noun, help, answer, render }: LiveQuery<D>,
): Promise<Answer<D> | undefined> {
  const { style } = context.output;
  return await runScreen<Answer<D> | undefined>(context, ({ redraw, end, fail }) => {
    let state = startQuery<D>();
    let size: Size = { rows: 0, columns: 0 };
    const lines = linesOf<D>((document, width) => render(document, { style, width }));
    const happen = (event: QueryEvent<D>) => {
      const length = lines(state, size.columns).length;
      state = reduceQuery(state, event, { room: answerRoom(size), length });
      if (state.outcome === "answered") end(state.answer);
      else if (state.outcome === "cancelled") end(undefined);
      redraw();
    };
    const answerSoon = answering({ answer, happen, fail, state: () => state });
    return {
      draw(now) {
        size = now;
        answerSoon();
        return queryFrame(state, { noun, help, style, lines: lines(state, size.columns) }, size);
      },
      press: (key) => happen({ kind: "key", key }),
    };
  });
}

/** What answering depends on. */
interface Answering<D> {
  readonly answer: (question: string) => Promise<D>;
  readonly state: () => QueryState<D>;
  readonly happen: (event: QueryEvent<D>) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Answers the question as it stands once nothing was typed for a while, one question at a time.
 *
 * @returns what is to be called whenever the state may have changed
 */
function answering<D>({ answer, state, happen, fail }: Answering<D>): () => void {
  let isBusy = false;
  let scheduled: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const answerNow = async () => {
    scheduled = undefined;
    if (state().outcome !== undefined) return;
    const question = textOf(state().field);
    isBusy = true;
    const event = await answer(question).then(
      (document): QueryEvent<D> => ({ kind: "answered", answer: { question, document } }),
      (error): QueryEvent<D> => ({ kind: "failed", question, text: messageOf(error) }),
    );
    isBusy = false;
    happen(event);
  };
  return () => {
    const question = textOf(state().field);
    if (isBusy || question === scheduled || !isUnanswered(state())) return;
    clearTimeout(timer);
    scheduled = question;
    // Who has typed nothing is not about to type more.
    timer = setTimeout(() => void answerNow().catch(fail), question === "" ? 0 : PAUSE);
  };
}

/** Gives the lines of the answer, made anew only where answer or width have changed. */
function linesOf<D>(render: (document: D, width: number) => string) {
  let made:
    | { readonly of: Answer<D>; readonly width: number; readonly lines: string[] }
    | undefined;
  return ({ answer }: QueryState<D>, width: number): readonly string[] => {
    if (answer === undefined) return [];
    if (made?.of !== answer || made.width !== width) {
      const lines = render(answer.document, width).split("\n").map(printableStyled);
      made = { of: answer, width, lines };
    }
    return made.lines;
  };
}
