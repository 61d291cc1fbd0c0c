/** A longer line is given out in pieces, so that memory does not grow with what never breaks a line. */
const LONGEST_LINE = 1024 * 1024;

/**
 * Cuts text that arrives in pieces into lines.
 *
 * @example
 * ```ts
 * const lines = new LineSplitter((line) => console.log(line));
 * lines.push("one\ntw");
 * lines.push("o");
 * lines.end(); // one, two
 * ```
 */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #rest = "";

  /**
   * @param onLine gets every line without its line break (`\n` or `\r\n`); a line of more than a
   * million characters comes in pieces.
   */
  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** Takes the next piece. */
  push(text: string): void {
    const lines = text.split("\n");
    lines[0] = this.#rest + lines[0];
    this.#rest = lines.pop()!;
    for (const line of lines) this.#onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
    if (this.#rest.length > LONGEST_LINE) this.end();
  }

  /** Gives out a last line that has no line break. */
  end(): void {
    if (this.#rest !== "") this.#onLine(this.#rest);
    this.#rest = "";
  }
}
