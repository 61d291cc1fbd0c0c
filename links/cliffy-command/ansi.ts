/** Wraps a text in an escape sequence; the text may contain other styles. */
export type Style = (text: string) => string;

/** The styles that help and error messages use. */
export interface Palette {
  bold: Style;
  dim: Style;
  red: Style;
  green: Style;
  yellow: Style;
  magenta: Style;
  cyan: Style;
  gray: Style;
  blue: Style;
  pink: Style;
}

function style(open: number, close: number): Style {
  const start = `\x1b[${open}m`;
  const end = `\x1b[${close}m`;
  // An inner style that ends the same way must not end the outer one.
  return (text) => start + text.replaceAll(end, start) + end;
}

const plain: Style = (text) => text;

const COLOURED: Palette = {
  bold: style(1, 22),
  dim: style(2, 22),
  red: style(31, 39),
  green: style(32, 39),
  yellow: style(33, 39),
  magenta: style(35, 39),
  cyan: style(36, 39),
  gray: style(90, 39),
  blue: style(94, 39),
  pink: style(95, 39),
};

const PLAIN: Palette = {
  bold: plain,
  dim: plain,
  red: plain,
  green: plain,
  yellow: plain,
  magenta: plain,
  cyan: plain,
  gray: plain,
  blue: plain,
  pink: plain,
};

/** The palette for a text: real styles, or none at all. `NO_COLOR` decides when nobody does. */
export function palette(enabled: boolean = !Deno.noColor): Palette {
  return enabled ? COLOURED : PLAIN;
}

/** The text without escape sequences. */
export function stripAnsi(text: string): string {
  // deno-lint-ignore no-control-regex -- an escape sequence starts with a control character
  return text.includes("\x1b") ? text.replace(/\x1b\[[0-9;]*m/g, "") : text;
}
