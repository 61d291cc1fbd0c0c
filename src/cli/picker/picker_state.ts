/**
 * What a picker holds, and how keys change it. Nothing here knows of a terminal.
 *
 * @module
 */
import type { Key } from "./keys.ts";
import { edited, type TextField, textField, textOf } from "./text_field.ts";

/** The entries for a query, the most likely first; for an empty one all of them. */
export type Find<E> = (query: string) => readonly E[];

/** A list with a line to type a query into, and one entry that is highlighted. */
export interface PickerState<E> {
  readonly field: TextField;
  readonly found: readonly E[];
  /** Index of the highlighted entry; 0 where nothing was found. */
  readonly selected: number;
  /** Index of the first entry in view. */
  readonly top: number;
  /** How picking has ended, once it has. */
  readonly outcome?: "picked" | "cancelled";
}

/** What reducing depends on besides the state. */
export interface PickerSurroundings<E> {
  readonly find: Find<E>;
  /** So many entries are in view. */
  readonly room: number;
}

/** A picker before the first key. */
export function startPicker<E>(find: Find<E>, query: string): PickerState<E> {
  return { field: textField(query), found: find(query), selected: 0, top: 0 };
}

/** The highlighted entry, `undefined` where nothing was found. */
export function highlighted<E>({ found, selected }: PickerState<E>): E | undefined {
  return found[selected];
}

/** The state after a key. */
export function reduce<E>(
  state: PickerState<E>,
  key: Key,
  { find, room }: PickerSurroundings<E>,
): PickerState<E> {
  const page = Math.max(1, room);
  const { selected, found } = state;
  switch (key.kind) {
    case "enter":
      return found.length === 0 ? state : { ...state, outcome: "picked" };
    case "escape":
    case "end of input":
      return { ...state, outcome: "cancelled" };
    case "up":
      return highlight(state, selected - 1, page);
    case "down":
      return highlight(state, selected + 1, page);
    case "page up":
      return highlight(state, selected - page, page);
    case "page down":
      return highlight(state, selected + page, page);
    case "home":
      return highlight(state, 0, page);
    case "end":
      return highlight(state, found.length - 1, page);
    default:
      return typed(state, edited(state.field, key), find);
  }
}

/** The state in a terminal that shows so many entries: the highlighted one stays in view. */
export function fitted<E>(state: PickerState<E>, room: number): PickerState<E> {
  return highlight(state, state.selected, Math.max(1, room));
}

function typed<E>(state: PickerState<E>, field: TextField, find: Find<E>): PickerState<E> {
  const query = textOf(field);
  // The cursor moved, and nothing else.
  if (query === textOf(state.field)) return { ...state, field };
  return { ...state, field, found: find(query), selected: 0, top: 0 };
}

function highlight<E>(state: PickerState<E>, wanted: number, page: number): PickerState<E> {
  const last = Math.max(0, state.found.length - 1);
  const selected = Math.min(Math.max(0, wanted), last);
  const highest = Math.min(selected, Math.max(0, state.found.length - page));
  const top = Math.min(Math.max(state.top, selected - page + 1), highest);
  return { ...state, selected, top };
}
