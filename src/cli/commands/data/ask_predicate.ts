import { RECORD_FIELDS } from "../../../domain/expressions/record_query.ts";
import type { DataQueryDocument } from "../../../libswamp/data/query.ts";
import type { CommandContext } from "../../context.ts";
import { renderDataQuery } from "../../output/data/query.ts";
import { askLive } from "../../picker/live_query.ts";

/**
 * Lets somebody at the terminal type a predicate and see its records at once.
 *
 * @param query answers a predicate
 * @returns the records of the predicate, `undefined` if none was wanted.
 * @throws {UserError} `interrupted` on Ctrl-C and on signals that end swamp.
 */
export async function askPredicate(
  context: CommandContext,
  query: (predicate: string) => Promise<DataQueryDocument>,
): Promise<DataQueryDocument | undefined> {
  const answer = await askLive(context, {
    noun: "data query",
    help: `Fields: ${RECORD_FIELDS.join(", ")}`,
    answer: (text) => query(text.trim() === "" ? "true" : text),
    render: renderDataQuery,
  });
  if (answer === undefined) return undefined;
  // What was typed is gone with the screen, and may be wanted again.
  if (answer.question.trim() !== "") context.output.notice(`data query> ${answer.question}`);
  return answer.document;
}
