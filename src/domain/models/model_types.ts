import type { ModelDescriptor } from "../extensions/descriptor.ts";
import type { ModelType } from "./model_type.ts";

/** One line about a model type. */
export interface TypeSummary {
  /** As the author wrote it. */
  readonly raw: string;
  readonly normalized: string;
  readonly version: string;
  /** One line, empty when the author gave none. */
  readonly description: string;
  readonly builtIn: boolean;
}

/** An extension source that cannot be used, and why. */
export interface SourceFailure {
  /** Path for people: relative to the repository where it lies inside it. */
  readonly source: string;
  /** One paragraph; the first line alone makes sense. */
  readonly error: string;
  /** Normalised type that the source claims, as far as can be told. */
  readonly type?: string;
  /** Whether the next command tries again although nothing changed (network, locks). */
  readonly transient: boolean;
}

/** The model types that a command can use: built-ins and extensions. */
export interface ModelTypes {
  /**
   * Every type, or with `containing` those whose name has that text in it, in any case: built-ins
   * first, then extension types, each sorted by name.
   */
  summaries(containing?: string): readonly TypeSummary[];
  /** Everything shown of a type, extensions of it merged in, without importing code. */
  describe(type: string): ModelDescriptor | undefined;
  /**
   * The code of a type, extensions of it merged in.
   *
   * @throws {UserError} `type_broken` when its code cannot be loaded, `unknown_type` when there is
   * no such type.
   */
  resolve(type: string): Promise<ModelType>;
  /** Sources that are broken at the moment. */
  failures(): readonly SourceFailure[];
  /** The failure that explains why `type` is not there, if one does. */
  failureOf(type: string): SourceFailure | undefined;
}
