/**
 * What swamp and its index worker say to each other: lines of JSON on the worker's stdin, then
 * lines on its stdout that begin with a secret of that run, so that nothing an extension prints can
 * be taken for an answer.
 *
 * @module
 */
import type { ExtensionKind } from "../../domain/extensions/kinds.ts";
import type { Contribution } from "../../domain/extensions/shapes/mod.ts";

/** A line of the request. The secret comes first, before any code of an extension has run. */
export type IndexRequest =
  | {
    /** Starts every line of the answer. */
    readonly secret: string;
  }
  | {
    /** File URLs of modules that bundles will import. */
    readonly preload: readonly string[];
  }
  | { readonly bundles: readonly IndexedBundle[] };

/** One bundle and the kinds that count in it. */
export interface IndexedBundle {
  /** File URL of the bundle. */
  readonly url: string;
  readonly kinds: readonly ExtensionKind[];
}

/** What a source contributes, its descriptor as JSON text: swamp only passes it on to the catalog. */
export type IndexedContribution = Omit<Contribution, "descriptor"> & {
  readonly descriptor: string;
};

/** What became of one bundle. */
export type IndexAnswer =
  | { readonly contributions: readonly IndexedContribution[] }
  | {
    readonly error: string;
    /** Whether it could be imported, so that the error is one of its exports. */
    readonly loaded: boolean;
  };

/** A line of the answer: a bundle is about to be imported, or was. */
export type IndexLine =
  | { readonly starting: number }
  | { readonly finished: number; readonly answer: IndexAnswer };
