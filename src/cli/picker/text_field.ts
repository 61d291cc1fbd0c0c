import { displayWidth, graphemes } from "../output/text_width.ts";
import type { Key } from "./keys.ts";

/** One line of text that somebody is typing. */
export interface TextField {
  /** In front of the cursor. */
  readonly before: string;
  /** Behind the cursor. */
  readonly after: string;
}

/** A field with a text in it, the cursor at its end. */
export function textField(text: string): TextField {
  return { before: text, after: "" };
}

/** The text in a field. */
export function textOf({ before, after }: TextField): string {
  return before + after;
}

/** The field after a key; the same object where the key does nothing to it. */
export function edited(field: TextField, key: Key): TextField {
  const { before, after } = field;
  switch (key.kind) {
    case "text":
      return { before: before + key.text, after };
    case "backspace":
      return before === "" ? field : { before: withoutLast(before), after };
    case "delete":
      return after === "" ? field : { before, after: withoutFirst(after) };
    case "left":
      return before === "" ? field : moved(field, withoutLast(before).length);
    case "right":
      return after === "" ? field : moved(field, textOf(field).length - withoutFirst(after).length);
    case "line start":
      return moved(field, 0);
    case "line end":
      return moved(field, textOf(field).length);
    case "erase to start":
      return { before: "", after };
    case "erase to end":
      return { before, after: "" };
    case "erase word":
      return { before: before.replace(/\S*\s*$/, ""), after };
    default:
      return field;
  }
}

/**
 * The part of a field around the cursor.
 *
 * @param width columns, at least 1
 * @returns the text, at most `width` columns wide, and the column of the cursor in it, from 0
 */
export function fieldView(
  { before, after }: TextField,
  width: number,
): { readonly text: string; readonly cursor: number } {
  const shown: string[] = [];
  let cursor = 0;
  // One column is for the cursor.
  for (const grapheme of graphemes(before).reverse()) {
    const needed = displayWidth(grapheme);
    if (cursor + needed > width - 1) break;
    shown.unshift(grapheme);
    cursor += needed;
  }
  let room = width - cursor;
  for (const grapheme of graphemes(after)) {
    room -= displayWidth(grapheme);
    if (room < 0) break;
    shown.push(grapheme);
  }
  return { text: shown.join(""), cursor };
}

function moved(field: TextField, at: number): TextField {
  const text = textOf(field);
  return { before: text.slice(0, at), after: text.slice(at) };
}

function withoutLast(text: string): string {
  return graphemes(text).slice(0, -1).join("");
}

function withoutFirst(text: string): string {
  return graphemes(text).slice(1).join("");
}
