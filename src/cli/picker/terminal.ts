import { MARK_PASTES, UNMARK_PASTES } from "../hidden_line.ts";
import { processStreams } from "../output/streams.ts";
import { type Frame, frameText, type Size } from "./frame.ts";

/** Another screen than that with the scrollback, lines cut at its edge. */
const TAKE = `\x1b[?1049h\x1b[?7l${MARK_PASTES}`;
/** Erased too, for terminals that have no other screen. */
const GIVE_BACK = `\x1b[0m\x1b[H\x1b[J${UNMARK_PASTES}\x1b[?7h\x1b[?25h\x1b[?1049l`;
/** Where a terminal does not tell its size. */
const USUAL_SIZE: Size = { rows: 24, columns: 80 };

/** The terminal of this process in raw mode, everything else out of sight until it is disposed of. */
export class Terminal implements Disposable {
  readonly #stdout = processStreams().stdout;
  #shown: Frame | undefined;
  #isTaken = true;

  /** Takes stdin and stdout, which must be terminals. */
  constructor() {
    Deno.stdin.setRaw(true);
    this.#stdout.write(TAKE);
  }

  /** Size at this moment. */
  get size(): Size {
    try {
      const { rows, columns } = Deno.consoleSize();
      return rows > 0 && columns > 0 ? { rows, columns } : USUAL_SIZE;
    } catch {
      return USUAL_SIZE;
    }
  }

  /** Shows a frame, writing only what has changed. */
  show(frame: Frame): void {
    if (!this.#isTaken) return;
    this.#stdout.write(frameText(this.#shown, frame));
    this.#shown = frame;
  }

  /** The next frame is drawn as a whole: what the terminal shows is not known any more. */
  forget(): void {
    this.#shown = undefined;
  }

  /** What is typed, as it comes; it ends when the terminal is gone. */
  async *typed(): AsyncGenerator<string> {
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(4096);
    while (this.#isTaken) {
      const length = await Deno.stdin.read(buffer);
      if (length === null) return;
      yield decoder.decode(buffer.subarray(0, length), { stream: true });
    }
  }

  /** Gives the terminal back as it was; does nothing the second time. */
  [Symbol.dispose](): void {
    if (!this.#isTaken) return;
    this.#isTaken = false;
    try {
      this.#stdout.write(GIVE_BACK);
      Deno.stdin.setRaw(false);
    } catch {
      // A terminal that is gone has nothing to be given back.
    }
  }
}
