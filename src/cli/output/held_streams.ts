import type { Streams, TextStream } from "./streams.ts";

/** Streams whose output can be kept back while something else is drawn on the terminal. */
export interface HoldableStreams extends Streams {
  /**
   * Keeps back what is written from now on; it is written when the result is disposed of. What was
   * written to stderr several times is then written once: what is drawn may be looked up again with
   * every key.
   */
  hold(): Disposable;
}

/** The same streams with the possibility to hold them. */
export function holdable({ stdout, stderr }: Streams): HoldableStreams {
  const kept: { readonly stream: TextStream; readonly text: string }[] = [];
  const complaints = new Set<string>();
  let holders = 0;
  const behindHold = (stream: TextStream): TextStream => ({
    write(text) {
      if (holders === 0) return stream.write(text);
      if (stream === stderr && complaints.has(text)) return;
      if (stream === stderr) complaints.add(text);
      kept.push({ stream, text });
    },
    get isTerminal() {
      return stream.isTerminal;
    },
    get columns() {
      return stream.columns;
    },
  });
  const release = () => {
    holders--;
    if (holders > 0) return;
    complaints.clear();
    for (const { stream, text } of kept.splice(0)) stream.write(text);
  };
  return {
    stdout: behindHold(stdout),
    stderr: behindHold(stderr),
    hold() {
      holders++;
      return { [Symbol.dispose]: release };
    },
  };
}
