import type { ExtensionKind } from "./kinds.ts";

/** One line about a type of any kind. */
export interface TypeSummary {
  /** As the author wrote it. */
  readonly raw: string;
  readonly normalized: string;
  /** CalVer of a model type, empty for the other kinds. */
  readonly version: string;
  /** One line, empty when the author gave none. */
  readonly description: string;
  readonly builtIn: boolean;
}

/** An extension source that cannot be used, or not wholly, and why. */
export interface SourceFailure {
  /** Path for people: relative to the repository where it lies inside it. */
  readonly source: string;
  /** What kind of thing the source's folder is for, or that it is a whole installed package. */
  readonly subject: ExtensionKind | "package";
  /** One paragraph; the first line alone makes sense. */
  readonly error: string;
  /** Normalised types that the source may claim, the most likely first. */
  readonly types: readonly string[];
  /** Whether the next command tries again although nothing changed (network, locks). */
  readonly transient: boolean;
}

/**
 * The types of one kind that a command can use: built-ins and extensions.
 *
 * @typeParam T the loaded definition
 * @typeParam D the descriptor
 */
export interface ExtensionTypes<T, D> {
  /**
   * Every type, or with `containing` those whose name has that text in it, in any case: built-ins
   * first, in the order in which swamp lists them, then extension types by name. `orNear` adds what
   * `rankTypes` may call related to that text, and possibly others.
   */
  summaries(containing?: string, orNear?: boolean): readonly TypeSummary[];
  /** Everything shown of a type, extensions of it merged in, without importing code. */
  describe(type: string): D | undefined;
  /**
   * The code of a type, extensions of it merged in.
   *
   * @throws {UserError} `type_broken` when its code cannot be loaded, `unknown_type` when there is
   * no such type.
   */
  resolve(type: string): Promise<T>;
  /** Sources in the kind's folder that are broken at the moment. */
  failures(): readonly SourceFailure[];
  /** The failure that explains why `type` is not there, if one does. */
  failureOf(type: string): SourceFailure | undefined;
}

/** A built-in type: its descriptor, and the way to its code. */
export interface BuiltIn<T, D> {
  readonly descriptor: D;
  readonly load: () => Promise<T>;
}
