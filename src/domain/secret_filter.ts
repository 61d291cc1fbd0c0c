/** Bytes as text in which every character is one byte, so that patterns can be looked for in them. */
const BYTES = new TextDecoder("latin1");

/**
 * Replaces secrets in bytes that come in pieces, wherever the pieces are cut. Only the end of what came
 * is held back, and only while it may be the beginning of a secret; memory does not grow with the data.
 *
 * @example
 * ```ts
 * const filter = new SecretFilter(() => ["hunter2"], "***");
 * text(filter.push(bytes("is hunt"))); // "is "
 * text(filter.push(bytes("er2!"))); // "***!"
 * text(filter.end()); // ""
 * ```
 */
export class SecretFilter {
  readonly #forms: () => readonly string[];
  readonly #mask: Uint8Array | undefined;
  /** The list that the patterns were made of. */
  #known: readonly string[] | undefined;
  #patterns: readonly string[] = [];
  #pattern: RegExp | undefined;
  #held: Uint8Array = new Uint8Array();
  #found = false;

  /**
   * @param forms every text to be replaced, a longer one in front of its beginning; another list
   * whenever there is something new.
   * @param mask what replaces it; as many asterisks as it has bytes unless told.
   */
  constructor(forms: () => readonly string[], mask?: string) {
    this.#forms = forms;
    this.#mask = mask === undefined ? undefined : new TextEncoder().encode(mask);
  }

  /** Whether there was a secret in what came so far. */
  get found(): boolean {
    return this.#found;
  }

  /** All of something, without secrets. */
  whole(bytes: Uint8Array): Uint8Array {
    return joined([this.push(bytes), this.end()]);
  }

  /** What may be passed on now that another piece has come. */
  push(piece: Uint8Array): Uint8Array {
    if (this.#held.length === 0) return this.#pass(piece, false);
    return this.#pass(joined([this.#held, piece]), false);
  }

  /** The rest. The filter can be used for something new then. */
  end(): Uint8Array {
    return this.#pass(this.#held, true);
  }

  #pass(bytes: Uint8Array, isEnd: boolean): Uint8Array {
    this.#refresh();
    if (this.#pattern === undefined) {
      this.#held = new Uint8Array();
      return bytes;
    }
    const text = BYTES.decode(bytes);
    const limit = isEnd ? bytes.length : this.#openEnd(text);
    const passed: Uint8Array[] = [];
    let at = 0;
    for (const { index, 0: secret } of text.matchAll(this.#pattern)) {
      if (index >= limit) break;
      passed.push(bytes.subarray(at, index), this.#mask ?? asterisks(secret.length));
      at = index + secret.length;
      this.#found = true;
    }
    const end = Math.max(at, limit);
    passed.push(bytes.subarray(at, end));
    this.#held = bytes.slice(end);
    return joined(passed);
  }

  /** Index from which on everything may be the beginning of a secret. */
  #openEnd(text: string): number {
    const longest = this.#patterns[0]?.length ?? 0;
    for (let at = Math.max(0, text.length - longest + 1); at < text.length; at++) {
      const end = text.slice(at);
      if (this.#patterns.some((one) => one.length > end.length && one.startsWith(end))) return at;
    }
    return text.length;
  }

  #refresh(): void {
    const forms = this.#forms();
    if (forms === this.#known) return;
    this.#known = forms;
    const encoder = new TextEncoder();
    this.#patterns = forms.map((form) => BYTES.decode(encoder.encode(form)))
      .sort((a, b) => b.length - a.length);
    this.#pattern = forms.length === 0
      ? undefined
      : new RegExp(this.#patterns.map(RegExp.escape).join("|"), "g");
  }
}

function asterisks(length: number): Uint8Array {
  return new Uint8Array(length).fill("*".charCodeAt(0));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
