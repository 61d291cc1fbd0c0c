/**
 * How many columns text takes in a terminal. Colour sequences take none, combining characters none of
 * their own, East Asian and emoji characters two.
 *
 * @module
 */

/** A colour sequence, as `Style` writes them. */
const COLOR_SEQUENCE = new RegExp("(\x1b\\[\\d+m)");

/** Where Unicode's East_Asian_Width is W or F, rounded to whole blocks (UAX #11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{M}\p{Cf}]+$/u;
/** Characters that take one column each, so that common text needs no segmenter (10 ms at first use). */
const SIMPLE = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u203a]*$/;

/** Text split at its colour sequences, which are the pieces with odd indexes. */
export function colorPieces(text: string): string[] {
  return text.split(COLOR_SEQUENCE);
}

/** Columns that `text` takes, which must be one line. */
export function displayWidth(text: string): number {
  if (SIMPLE.test(text)) return text.length;
  const plain = colorPieces(text).filter((_, at) => at % 2 === 0).join("");
  if (SIMPLE.test(plain)) return plain.length;
  return graphemes(plain).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/**
 * `text` in at most `width` columns; what does not fit is replaced by `…`. Colour sequences stay, so
 * that a colour that was switched on is switched off again.
 *
 * @param width at least 1
 */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let room = width - 1;
  let cut = false;
  const pieces = colorPieces(text).map((piece, at) => {
    if (at % 2 === 1) return piece;
    let kept = "";
    for (const grapheme of graphemes(piece)) {
      const needed = graphemeWidth(grapheme);
      if (cut || needed > room) {
        if (!cut) kept += "…";
        cut = true;
        break;
      }
      kept += grapheme;
      room -= needed;
    }
    return kept;
  });
  return pieces.join("");
}

/** `text` and as many blanks as fill `width` columns. */
export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** As many blanks as fill `width` columns, and `text`. */
export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** Text in what a reader takes for one character each (UAX #29). */
export function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  return EMOJI.test(grapheme) || WIDE.test(grapheme) ? 2 : 1;
}
