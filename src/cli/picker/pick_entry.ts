import type { CommandContext } from "../context.ts";
import { messageOf } from "../../domain/errors.ts";
import { printableStyled } from "../output/printable_styled.ts";
import { styleFor } from "../output/style.ts";
import type { Choice } from "./choice.ts";
import type { Size } from "./frame.ts";
import { fitted, highlighted, reduce, startPicker } from "./picker_state.ts";
import { columnWidths, pickerFrame, pickerLayout } from "./picker_view.ts";
import { runScreen } from "./screen.ts";

/** How picking begins. */
export interface PickRequest {
  /** Typed already. */
  readonly query: string;
  /** What Enter does: `shows it`. */
  readonly effect: string;
}

/**
 * Lets somebody at the terminal pick an entry.
 *
 * @returns the entry, `undefined` if none was wanted.
 * @throws {UserError} `interrupted` on Ctrl-C and on signals that end swamp.
 */
export async function pickEntry<E, D>(
  context: Pick<CommandContext, "output" | "signal">,
  { find, listing, get, preview = get, render }: Choice<E, D>,
  { query, effect }: PickRequest,
): Promise<E | undefined> {
  const { style } = context.output;
  const all = find("");
  const widths = columnWidths(listing, all, styleFor(false));
  const total = all.length;
  const roomIn = (size: Size) => pickerLayout(size, total).room;

  return await runScreen<E | undefined>(context, ({ redraw, end }) => {
    let state = startPicker(find, query);
    const previews = new Previews(
      async (entry: E, width: number) => render(await preview(entry), { style, width }),
      redraw,
    );
    return {
      draw(size) {
        state = fitted(state, roomIn(size));
        const entry = highlighted(state);
        const isShown = entry !== undefined && pickerLayout(size, total).previewRows > 0;
        const lines = isShown ? previews.of(entry, size.columns) : [];
        return pickerFrame(
          state,
          { listing, widths, total, effect, style, preview: lines },
          size,
        );
      },
      press(key, size) {
        state = reduce(state, key, { find, room: roomIn(size) });
        if (state.outcome === "picked") end(highlighted(state));
        else if (state.outcome === "cancelled") end(undefined);
      },
    };
  });
}

/** So many previews are kept. */
const MOST_PREVIEWS = 100;

/** Previews as lines. One is made at a time, so that keys that come fast do not have to wait. */
class Previews<E> {
  readonly #make: (entry: E, width: number) => Promise<string>;
  readonly #made: () => void;
  readonly #known = new Map<E, readonly string[]>();
  #width = 0;
  #isMaking = false;

  constructor(make: (entry: E, width: number) => Promise<string>, made: () => void) {
    this.#make = make;
    this.#made = made;
  }

  /** The preview of an entry; empty until it is made, which is told then. */
  of(entry: E, width: number): readonly string[] {
    if (width !== this.#width || this.#known.size > MOST_PREVIEWS) this.#known.clear();
    this.#width = width;
    const known = this.#known.get(entry);
    if (known === undefined) void this.#add(entry, width);
    return known ?? [];
  }

  async #add(entry: E, width: number): Promise<void> {
    if (this.#isMaking) return;
    this.#isMaking = true;
    const text = await this.#make(entry, width).catch(messageOf);
    if (width === this.#width) this.#known.set(entry, linesOf(text));
    this.#isMaking = false;
    this.#made();
  }
}

function linesOf(text: string): string[] {
  return text.split("\n").map((line) => printableStyled(line.replaceAll("\t", "  ")));
}
