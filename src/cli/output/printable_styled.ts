import { printable } from "./printable.ts";
import { colorPieces } from "./text_width.ts";

/** Text on one line made safe for a terminal as by `printable`; colour sequences stay. */
export function printableStyled(text: string): string {
  return colorPieces(text).map((piece, at) => at % 2 === 1 ? piece : printable(piece)).join("");
}
