/** What bringing the extension catalog up to date did. */
export interface RefreshWork {
  /** Sources that were built. */
  readonly built: number;
  /** Sources whose earlier build fitted their content again. */
  readonly adopted: number;
  /** Sources that are gone from the catalog because their files are. */
  readonly removed: number;
}

/** What a refresh tells of itself. */
export type RefreshReport =
  | { readonly state: "building"; readonly sources: number }
  | ({ readonly state: "done"; readonly milliseconds: number } & RefreshWork);
