/**
 * Rows of the extension catalog as the rest of swamp sees them.
 *
 * @module
 */
import type { ExtensionKind } from "../../domain/extensions/kinds.ts";
import type { SourceKey } from "../extensions/source_key.ts";

/** A folder or file as it was when it was last looked at. */
export interface TrackedStat {
  readonly path: SourceKey;
  /** Its stat data if that alone tells every later change, else {@linkcode UNSETTLED}. */
  readonly stat: string;
}

/** A file whose content matters: a source, or something that a source imports. */
export interface TrackedFile extends TrackedStat {
  readonly hash: string;
}

/** An installed package as it was at the last refresh; the lock file of packages has no name. */
export interface PackageRow {
  readonly name: string;
  /** Stat data of its folder and manifest, or of the lock file. */
  readonly stat: string;
  /** What is wrong with it, empty if nothing is. */
  readonly problem: string;
}

/**
 * What became of a source. `ok`: it is bundled and contributes types; `helper`: it exports nothing
 * that counts; `broken`: see its error.
 */
export type SourceState = "ok" | "helper" | "broken";

/** A file in a source folder. */
export interface SourceRow {
  readonly sourcePath: SourceKey;
  /** Position of its folder in the order of precedence. */
  readonly rank: number;
  /** `models`, `vaults`, … */
  readonly folder: string;
  /** Name of the installed package that it belongs to, or empty. */
  readonly package: string;
  /** The `deno.json` or `package.json` that governs it, or empty. */
  readonly configuration: SourceKey;
  readonly state: SourceState;
  /** Folder of everything that was built together, relative to the repository; may be empty. */
  readonly batch: string;
  /**
   * Relative to the repository. A broken source has one if its code can be imported, so that only its
   * exports are wrong; a helper has none.
   */
  readonly bundlePath: string;
  readonly error: string;
  /** Whether the error may go away although nothing changes. */
  readonly transient: boolean;
  /**
   * Types that a broken source may claim, separated by blanks, for messages: first those that it had
   * when it last worked. Empty if none can be told.
   */
  readonly claims: string;
}

/** What a source contributes under one kind. */
export interface TypeRow {
  readonly sourcePath: SourceKey;
  readonly kind: ExtensionKind;
  readonly type: string;
  readonly raw: string;
  readonly version: string;
  readonly description: string;
}

/** A source with everything that belongs to it. */
export interface IndexedSource {
  readonly source: SourceRow;
  /** Local files that it imports, transitively. */
  readonly imports: readonly SourceKey[];
  /** Batches that code of its own batch is imported from. */
  readonly requires: readonly SourceKey[];
  /** Each with its descriptor as JSON text. */
  readonly types: readonly (TypeRow & { readonly descriptor: string })[];
}

/** A type row whose claim holds, with where its code is. */
export interface ActiveType extends TypeRow {
  readonly rank: number;
  /** Relative to the repository, as are the batches that it requires. */
  readonly batch: string;
  readonly requires: readonly SourceKey[];
  readonly bundlePath: string;
}
