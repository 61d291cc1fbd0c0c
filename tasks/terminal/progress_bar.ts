import { dim } from "./style.ts";

const WIDTH = 30;

/**
 * A bar on the last line of the terminal that fills while something runs, with a word on what is
 * going on. Draws nothing where standard output is no terminal.
 *
 * @example
 * ```ts
 * const bar = new ProgressBar(3);
 * bar.advance("bundle");
 * bar.clear();
 * ```
 */
export class ProgressBar {
  readonly #steps: number;
  #done = 0;

  /** @param steps how many times the bar can advance until it is full */
  constructor(steps: number) {
    this.#steps = steps;
  }

  /** Draws the bar as it is. */
  show(label: string): void {
    if (!Deno.stdout.isTerminal()) return;
    const filled = Math.round(WIDTH * Math.min(this.#done / this.#steps, 1));
    const bar = "█".repeat(filled) + dim("░".repeat(WIDTH - filled));
    write(`\r  ${bar} ${label}\x1b[K`);
  }

  /** Fills one more part of the bar. */
  advance(label: string): void {
    this.#done++;
    this.show(label);
  }

  /** Removes the bar. */
  clear(): void {
    if (Deno.stdout.isTerminal()) write("\r\x1b[K");
  }
}

function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
