import type { Style } from "./output.ts";

const ansi = (open: number, close: number) => (text: string): string =>
  `\x1b[${open}m${text}\x1b[${close}m`;

const COLORED: Style = {
  bold: ansi(1, 22),
  dim: ansi(2, 22),
  red: ansi(31, 39),
  green: ansi(32, 39),
  yellow: ansi(33, 39),
  blue: ansi(34, 39),
  cyan: ansi(36, 39),
};

const same = (text: string): string => text;

const PLAIN: Style = {
  bold: same,
  dim: same,
  red: same,
  green: same,
  yellow: same,
  blue: same,
  cyan: same,
};

/** Styles that write ANSI sequences, or ones that return their argument unchanged. */
export function styleFor(colored: boolean): Style {
  return colored ? COLORED : PLAIN;
}
