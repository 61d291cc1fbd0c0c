/**
 * Keys as a terminal in raw mode sends them: characters, control characters, and the escape sequences
 * of ECMA-48 and xterm for everything else.
 *
 * @module
 */

/** A key that types nothing. */
export type NamedKey =
  | "enter"
  | "escape"
  /** Ctrl-C. */
  | "interrupt"
  /** Ctrl-D, or the end of what can be read. */
  | "end of input"
  | "up"
  | "down"
  | "left"
  | "right"
  | "page up"
  | "page down"
  | "home"
  | "end"
  | "line start"
  | "line end"
  | "backspace"
  | "delete"
  | "erase word"
  | "erase to start"
  | "erase to end"
  | "redraw";

/** One key, or several characters that were typed or pasted at once. */
export type Key =
  | { readonly kind: NamedKey }
  | { readonly kind: "text"; readonly text: string };

const CONTROL_KEYS: Readonly<Record<string, NamedKey>> = {
  // What script(1) sends at the end of its input arrives so if it comes before raw mode.
  "\x00": "end of input",
  "\x01": "line start",
  "\x02": "left",
  "\x03": "interrupt",
  "\x04": "end of input",
  "\x05": "line end",
  "\x06": "right",
  "\b": "backspace",
  "\n": "enter",
  "\x0b": "erase to end",
  "\x0c": "redraw",
  "\r": "enter",
  "\x0e": "down",
  "\x10": "up",
  "\x15": "erase to start",
  "\x17": "erase word",
  "\x7f": "backspace",
};

/** Final characters of `ESC [ … X` and `ESC O X`. */
const LETTER_KEYS: Readonly<Record<string, NamedKey>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
};
/** `ESC O M`, Enter of the keypad; as `ESC [ … M` it is a report of the mouse. */
const KEYPAD_ENTER = "M";

/** Numbers of `ESC [ n ~`. */
const NUMBER_KEYS: Readonly<Record<string, NamedKey>> = {
  1: "home",
  3: "delete",
  4: "end",
  5: "page up",
  6: "page down",
  7: "home",
  8: "end",
};

const PASTE_BEGIN = "\x1b[200~";
const PASTE_END = "\x1b[201~";
/** The Linux console's function keys are `ESC [ [ X`. */
const SEQUENCE = new RegExp("^\x1b(?:\\[\\[.|\\[([0-9;?<=>]*)[ -/]*([@-~])|O(.))", "s");
const UNFINISHED = new RegExp("^\x1b(?:\\[(?:\\[|[0-9;?<=>]*[ -/]*)|O)?$");
const CHARACTERS = /^\P{Cc}+/u;

/**
 * Makes keys of what a terminal sends, however it comes in pieces.
 *
 * @example
 * ```ts
 * const reader = new KeyReader();
 * reader.read("a\x1b["); // [{ kind: "text", text: "a" }]
 * reader.read("B"); // [{ kind: "down" }]
 * ```
 */
export class KeyReader {
  /** What cannot be understood before more is sent. */
  #unread = "";

  /** Whether something was sent that may be the Escape key or the beginning of another one. */
  get isUndecided(): boolean {
    return this.#unread !== "" && !this.#unread.startsWith(PASTE_BEGIN);
  }

  /** The keys that are complete now. */
  read(sent: string): Key[] {
    this.#unread += sent;
    const keys: Key[] = [];
    for (let next = nextKey(this.#unread); next !== undefined; next = nextKey(this.#unread)) {
      this.#unread = this.#unread.slice(next.length);
      if (next.key !== undefined) keys.push(next.key);
    }
    return keys;
  }

  /** Takes what is undecided for complete: nothing followed it in time. */
  decide(): Key[] {
    const isEscape = this.#unread === "\x1b";
    this.#unread = "";
    return isEscape ? [{ kind: "escape" }] : [];
  }
}

/** The first key of a text and its length; no key where it is one that nothing is bound to. */
function nextKey(sent: string): { readonly key?: Key; readonly length: number } | undefined {
  if (sent === "" || UNFINISHED.test(sent)) return undefined;
  if (sent.startsWith(PASTE_BEGIN)) return pasted(sent);
  if (sent.startsWith("\x1b")) return escaped(sent);
  const [text] = CHARACTERS.exec(sent) ?? [];
  if (text !== undefined) return { key: { kind: "text", text }, length: text.length };
  return named(CONTROL_KEYS[sent[0]!], 1);
}

/** A paste counts as typed text, its line breaks as blanks. */
function pasted(sent: string): { readonly key: Key; readonly length: number } | undefined {
  const end = sent.indexOf(PASTE_END);
  if (end < 0) return undefined;
  const text = sent.slice(PASTE_BEGIN.length, end)
    .replaceAll(/[\r\n\t]+/g, " ")
    .replaceAll(/\p{Cc}/gu, "");
  return { key: { kind: "text", text }, length: end + PASTE_END.length };
}

function escaped(sent: string): { readonly key?: Key; readonly length: number } {
  const sequence = SEQUENCE.exec(sent);
  if (sequence !== null) {
    const [whole, parameters = "", final, letter] = sequence;
    if (letter === KEYPAD_ENTER) return named("enter", whole.length);
    const name = final === "~"
      ? NUMBER_KEYS[parameters.split(";")[0]!]
      : LETTER_KEYS[final ?? letter ?? ""];
    return named(name, whole.length);
  }
  // Alt and a character: nothing is bound to those.
  const character = String.fromCodePoint(sent.codePointAt(1)!);
  return CHARACTERS.test(character) ? { length: 1 + character.length } : named("escape", 1);
}

function named(kind: NamedKey | undefined, length: number) {
  return kind === undefined ? { length } : { key: { kind }, length };
}
