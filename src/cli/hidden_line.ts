/**
 * One line as it is typed into a terminal that shows nothing: a terminal in raw mode hands over every
 * key. A paste counts as a whole, its line breaks included, if the terminal marks where it begins and
 * ends.
 *
 * @module
 */

/** How typing went on: more is to come, or it ended with the Enter key, by Ctrl-C or by Ctrl-D. */
export type HiddenLineState = "open" | "entered" | "interrupted" | "ended";

/** Switches a terminal's marking of pastes on. */
export const MARK_PASTES = "\x1b[?2004h";
/** Switches it off again. */
export const UNMARK_PASTES = "\x1b[?2004l";

const PASTE_BEGIN = "\x1b[200~";
const PASTE_END = "\x1b[201~";
/** Keys that type nothing: arrows, function keys. */
const OTHER_KEY = new RegExp("^\x1b(?:\\[[0-9;?]*[A-Za-z~]|O.)");
/** The beginning of such a key or of a mark, its end still to come. */
const UNFINISHED_KEY = new RegExp("^\x1b(?:\\[[0-9;?]*|O)?$");

/** The line typed so far. */
export class HiddenLine {
  #characters: string[] = [];
  #isPaste = false;
  /** What cannot be understood before more is typed. */
  #unfinished = "";

  /** The line as it is now. */
  get text(): string {
    // Terminals paste what the Enter key would type.
    return this.#characters.join("").replaceAll(/\r\n?/g, "\n");
  }

  /** Takes what was typed: any number of keys, or parts of them. What follows the end is dropped. */
  type(typed: string): HiddenLineState {
    let rest = this.#unfinished + typed;
    this.#unfinished = "";
    while (rest !== "") {
      if (this.#isPaste) {
        rest = this.#paste(rest);
      } else if (rest.startsWith(PASTE_BEGIN)) {
        this.#isPaste = true;
        rest = rest.slice(PASTE_BEGIN.length);
      } else if (UNFINISHED_KEY.test(rest)) {
        this.#unfinished = rest;
        return "open";
      } else {
        const key = OTHER_KEY.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0)!);
        const state = this.#press(key);
        if (state !== "open") return state;
        rest = rest.slice(key.length);
      }
    }
    return "open";
  }

  /** Takes a paste up to its end; gives what comes after it. */
  #paste(rest: string): string {
    const end = rest.indexOf(PASTE_END);
    if (end < 0) this.#unfinished = rest.slice(rest.length - sharedLength(rest, PASTE_END));
    const pasted = rest.slice(0, end < 0 ? rest.length - this.#unfinished.length : end);
    this.#characters.push(...pasted);
    if (end < 0) return "";
    this.#isPaste = false;
    return rest.slice(end + PASTE_END.length);
  }

  #press(key: string): HiddenLineState {
    switch (key) {
      case "\r":
      case "\n":
        return "entered";
      case "\x03":
        return "interrupted";
      case "\x04":
        return "ended";
      case "\x7f":
      case "\b":
        this.#characters.pop();
        break;
      case "\x15":
        this.#characters = [];
        break;
      default:
        if (key === "\t" || !/^\p{Cc}/u.test(key)) this.#characters.push(key);
    }
    return "open";
  }
}

/** How long the end of a text is that may be the beginning of a mark. */
function sharedLength(text: string, mark: string): number {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length--) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
