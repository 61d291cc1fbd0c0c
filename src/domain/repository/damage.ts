/** A file of the repository that cannot be used as it is. */
export interface DamagedFile {
  /** Absolute path. */
  readonly path: string;
  /** What is wrong with it, in one line, with the line number where there is one. */
  readonly reason: string;
}

/**
 * Told of every damaged file that a store skips, once for each file. The store goes on as if the file
 * were not there.
 */
export type DamageReporter = (file: DamagedFile) => void;
