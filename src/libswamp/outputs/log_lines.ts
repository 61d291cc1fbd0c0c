import { LineSplitter } from "../../domain/line_splitter.ts";

/** The end of a text, or all of it. */
export interface LogLines {
  readonly lines: readonly string[];
  /** Number of lines of the whole text. */
  readonly total: number;
}

/**
 * The lines of a text that comes in pieces. With `tail` memory does not grow with the text.
 *
 * @param tail so many lines are wanted, the last ones; all if left out.
 */
export async function logLines(
  text: ReadableStream<Uint8Array>,
  tail = Infinity,
): Promise<LogLines> {
  let lines: string[] = [];
  let total = 0;
  const splitter = new LineSplitter((line) => {
    total++;
    lines.push(line);
    // Dropping one line at a time would move all the others every time.
    if (lines.length >= 2 * tail) lines = lines.slice(-tail);
  });
  const decoder = new TextDecoder();
  for await (const bytes of text) splitter.push(decoder.decode(bytes, { stream: true }));
  splitter.push(decoder.decode());
  splitter.end();
  return { lines: lines.length > tail ? lines.slice(-tail) : lines, total };
}
