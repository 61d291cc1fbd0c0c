/**
 * The state of a repository's extensions as somebody sees it who looks and touches nothing: sources,
 * catalog and bundles, compared with each other.
 *
 * @module
 */
import type { Problem } from "./claims.ts";
import type { ExtensionKind } from "./kinds.ts";
import type { PackagesHealth } from "./package_health.ts";

/** Looks at the extensions of a repository, and repairs what can be repaired. */
export interface ExtensionHealth {
  /** Compares catalog, bundles and disk. Nothing is written or built. */
  look(options: LookOptions): Promise<HealthReport>;
  /**
   * Brings the catalog up to date, builds damaged and broken sources again, and removes what nobody
   * uses.
   *
   * @param report what the look before found
   */
  repair(report: HealthReport): Promise<void>;
}

/** How thorough a look is. */
export interface LookOptions {
  /** Whether to read every file instead of trusting stat data. */
  readonly verify: boolean;
}

/** What a look found. All paths are relative to the repository where they lie inside it. */
export interface HealthReport {
  readonly catalog: CatalogHealth;
  /** What the catalog knows, sorted by path. */
  readonly sources: readonly SourceHealth[];
  readonly packages: PackagesHealth;
  /** What the next command that needs types will find out. */
  readonly pending: readonly PendingChange[];
  /** Types and methods that several sources claim, and extensions of types that do not exist. */
  readonly problems: readonly Problem[];
  readonly batches: readonly BatchHealth[];
  readonly leftovers: readonly Leftover[];
  /** Folders that the settings name as extension sources and that are not there. */
  readonly missingSources: readonly string[];
  /** Number of files that were read; `undefined` if stat data was trusted. */
  readonly verified?: number;
}

/**
 * `missing`: nothing is indexed yet. `damaged`: it cannot be read. `outdated`: another version of
 * swamp made it. `writing`: it is being written, or its writer was killed, which the next command
 * undoes.
 */
export type CatalogState = "ok" | "missing" | "damaged" | "outdated" | "writing";

/** The state of the catalog itself. */
export interface CatalogHealth {
  readonly path: string;
  readonly state: CatalogState;
  /** What makes it unreadable, empty otherwise. */
  readonly error: string;
  /** Why the next command will bring it up to date; empty if it is. */
  readonly stale: string;
  /** Layout of its tables, `undefined` if it cannot be read. */
  readonly layout?: string;
  readonly bytes: number;
  /** Whether another process is indexing at this moment. */
  readonly isBuilding: boolean;
}

/**
 * `ok`: in use. `helper`: exports nothing that counts. `shadowed`: none of its claims holds.
 * `unbuildable`: cannot be bundled or imported. `invalid`: can be imported, but what it exports has
 * not the right shape. `damaged`: its bundle is gone or cut off.
 */
export type SourceCondition = "ok" | "helper" | "shadowed" | "unbuildable" | "invalid" | "damaged";

/** Conditions in which a source cannot be used until something is done. */
export const FAILURES: ReadonlySet<SourceCondition> = new Set([
  "unbuildable",
  "invalid",
  "damaged",
]);

/** A source that the catalog knows. */
export interface SourceHealth {
  readonly source: string;
  /** What its folder is for: `model`, `vault`, … */
  readonly kind: ExtensionKind;
  readonly owner: SourceOwner;
  readonly condition: SourceCondition;
  /** Why its condition is not `ok`; may be empty. */
  readonly error: string;
  /** Whether the next command tries again although nothing changed. */
  readonly transient: boolean;
  /** SHA-256 of its content when it was indexed, hexadecimal. */
  readonly hash: string;
  /** Empty where there is none. */
  readonly bundlePath: string;
  readonly types: readonly SourceClaim[];
}

/** What a source is a part of. */
export interface SourceOwner {
  /**
   * `local`: the repository. `source`: a folder elsewhere that the settings name. `pulled`: an
   * installed package.
   */
  readonly origin: "local" | "source" | "pulled";
  /** As its manifest has it; without one it is named after its folder. */
  readonly name: string;
  /** CalVer, `0.0.0` without a manifest. */
  readonly version: string;
}

/** A type that a source defines or extends. */
export interface SourceClaim {
  readonly kind: ExtensionKind;
  readonly type: string;
  readonly holds: boolean;
}

/** A difference between the catalog and the disk. */
export interface PendingChange {
  readonly source: string;
  readonly change: "new" | "changed" | "gone";
  /** What changed: the source itself, something it imports, or a setting. Empty unless `changed`. */
  readonly cause: string;
  /** Whether no command would notice: the content differs, and stat data says that it does not. */
  readonly isHidden: boolean;
}

/** A folder of bundles that were built together. */
export interface BatchHealth {
  readonly path: string;
  readonly absolutePath: string;
  /** Name of the folder that it lies in: `bundles`, `vault-bundles`, … */
  readonly bundleFolder: string;
  /** Whether the catalog refers to it; `undefined` if that is not known. */
  readonly isUsed?: boolean;
  readonly files: number;
  readonly bytes: number;
  readonly damage: readonly BatchDamage[];
  /** Why it must not be removed now although it is unused; empty if it may be. */
  readonly keptBecause: string;
}

/** A file of a batch that is not as it was built. */
export interface BatchDamage {
  /** Path in the folder; empty for the folder itself. */
  readonly file: string;
  /** For people, without the name: `is missing`. */
  readonly problem: string;
}

/** Something that a process left behind and that nobody needs. */
export interface Leftover {
  readonly path: string;
  readonly what: "unfinished build" | "damaged catalog" | "stray file";
  readonly bytes: number;
}
