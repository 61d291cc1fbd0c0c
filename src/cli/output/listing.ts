import type { Style } from "./output.ts";

/** How things of a kind are listed: in tables, and where one is picked. */
export interface Listing<T> {
  /** What one of them is called, such as `vault type`. */
  readonly noun: string;
  readonly headings: readonly string[];
  /** Text on one line for each heading; colours are allowed. */
  readonly cells: (entry: T, style: Style) => readonly string[];
}
