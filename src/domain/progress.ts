/** How far a piece of work is. */
export interface Progress {
  /** A word or two, such as `bundle`. */
  readonly phase: string;
  /** How many of `total` things are done; neither is told where nothing is counted. */
  readonly done?: number;
  readonly total?: number;
}

/** Shows how far a piece of work is, until it is disposed of. */
export interface ProgressDisplay extends Disposable {
  show(progress: Progress): void;
}
