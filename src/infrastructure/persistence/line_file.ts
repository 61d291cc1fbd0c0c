/** One line of a text file. */
export interface FileLine {
  /** Without the line break. */
  readonly text: string;
  /** Byte at which the line begins. */
  readonly start: number;
  /** Byte at which the next line begins. */
  readonly next: number;
}

const BLOCK_BYTES = 4096;
const LINE_FEED = 0x0a;

/**
 * A text file in UTF-8 that is read line by line from any place, so that one line of a large file
 * costs the same as one of a small file.
 */
export class LineFile implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #size: number;

  /** @throws a `Deno.errors.*` when the file cannot be opened. */
  constructor(path: string) {
    this.#file = Deno.openSync(path);
    this.#size = this.#file.statSync().size;
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }

  /** The first line that begins at `offset` or later; `undefined` behind the last one. */
  lineFrom(offset: number): FileLine | undefined {
    const start = offset === 0 ? 0 : this.#after(offset - 1);
    if (start >= this.#size) return undefined;
    const next = this.#after(start);
    const text = new TextDecoder().decode(this.#read(start, next - start));
    return { text: text.replace(/\n$/, ""), start, next };
  }

  /**
   * The first line of a sorted part of the file that does not come before what is looked for.
   *
   * @param from byte at which the sorted part begins; it ends with the file.
   * @param isBefore whether a line comes before what is looked for.
   */
  search(from: number, isBefore: (line: string) => boolean): FileLine | undefined {
    let low = from;
    let high = this.#size;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const line = this.lineFrom(middle);
      if (line !== undefined && isBefore(line.text)) low = line.next;
      else high = middle;
    }
    return this.lineFrom(low);
  }

  /** The byte behind the first line break at `offset` or later, or the end of the file. */
  #after(offset: number): number {
    for (let at = offset; at < this.#size; at += BLOCK_BYTES) {
      const found = this.#read(at, BLOCK_BYTES).indexOf(LINE_FEED);
      if (found >= 0) return at + found + 1;
    }
    return this.#size;
  }

  #read(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(length, this.#size - offset));
    this.#file.seekSync(offset, Deno.SeekMode.Start);
    for (let filled = 0; filled < bytes.length;) {
      const count = this.#file.readSync(bytes.subarray(filled));
      if (count === null) return bytes.subarray(0, filled);
      filled += count;
    }
    return bytes;
  }
}
