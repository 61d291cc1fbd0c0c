import { LineSplitter } from "../../line_splitter.ts";

/** So many characters of a stream are kept; a string cannot grow without end. */
const LIMIT = 64 * 1024 * 1024;

/** One output stream of a process: its text is kept and its lines are given out as they come. */
export class CapturedOutput {
  readonly #lines: LineSplitter;
  readonly #pieces: string[] = [];
  #kept = 0;
  #cut = 0;
  #reader: ReadableStreamDefaultReader<string> | undefined;

  constructor(onLine: (line: string) => void) {
    this.#lines = new LineSplitter(onLine);
  }

  /** Reads a stream to its end, or until {@linkcode stop}. Bytes that are not UTF-8 become `U+FFFD`. */
  async read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    this.#reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    for (
      let piece = await this.#reader.read();
      !piece.done;
      piece = await this.#reader.read()
    ) {
      this.#keep(piece.value);
      this.#lines.push(piece.value);
    }
    this.#lines.end();
  }

  /** Reads no further, even if somebody still holds the other end open. */
  async stop(): Promise<void> {
    await this.#reader?.cancel();
  }

  /** What was read, without trailing line breaks; text beyond 64 Mi characters is left out. */
  text(): string {
    const text = this.#pieces.join("").replace(/[\r\n]+$/, "");
    return this.#cut === 0 ? text : `${text}\n[${this.#cut} more characters are not kept]`;
  }

  #keep(piece: string): void {
    const room = LIMIT - this.#kept;
    const kept = piece.length <= room ? piece : piece.slice(0, room);
    if (kept !== "") this.#pieces.push(kept);
    this.#kept += kept.length;
    this.#cut += piece.length - kept.length;
  }
}
