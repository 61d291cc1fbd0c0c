import type { Listing } from "../output/listing.ts";
import type { Page } from "../output/output.ts";
import type { Find } from "./picker_state.ts";

/**
 * What somebody may pick from, loaded, and what is shown of it. Whatever loading it has to say has been
 * said: nothing is printed while a picker is open.
 *
 * @typeParam E an entry of the list
 * @typeParam D what is shown of one entry
 */
export interface Choice<E, D> {
  readonly listing: Listing<E>;
  /** Finds by the same rule as the command without a picker; an entry is always the same object. */
  readonly find: Find<E>;
  /** What an entry is called by `--pick`. */
  readonly names: (entry: E) => readonly string[];
  /** How names are written that may be written in many ways. */
  readonly normalize?: (name: string) => string;
  /** What else it is called, as a whole or by its beginning. */
  readonly id?: (entry: E) => string;
  /** What the command shows that gets one entry. */
  readonly get: (entry: E) => Promise<D>;
  /** As much of it as is enough while an entry is only highlighted; it warns of nothing. */
  readonly preview?: (entry: E) => Promise<D>;
  readonly render: (document: D, page: Page) => string;
}
