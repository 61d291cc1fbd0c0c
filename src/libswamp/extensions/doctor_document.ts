import type { Problem } from "../../domain/extensions/claims.ts";
import {
  type BatchDamage,
  type BatchHealth,
  type CatalogHealth,
  FAILURES,
  type HealthReport,
  type PendingChange,
  type RepairStep,
  type SourceClaim,
  type SourceCondition,
  type SourceHealth,
} from "../../domain/extensions/extension_health.ts";
import { KIND_ROWS, KINDS } from "../../domain/extensions/kinds.ts";

/** Whether something can be used as it is. */
export type Status = "pass" | "fail";

/** The states of a source in the document (contract: extensions 4). */
export const STATE_TAGS: Readonly<Record<Exclude<SourceCondition, "helper">, string>> = {
  ok: "Indexed",
  shadowed: "Tombstoned",
  unbuildable: "BundleBuildFailed",
  invalid: "ValidationFailed",
  damaged: "BundleDamaged",
};

/** One source in the document. */
export interface SourceDetail {
  readonly sourcePath: string;
  /** One of {@linkcode STATE_TAGS}. */
  readonly stateTag: string;
  readonly fingerprint: string;
  readonly bundlePath: string;
  readonly kind: string;
  readonly lastError: string;
  /** Whether the next command tries again although nothing changed. */
  readonly transient: boolean;
  readonly types: readonly SourceClaim[];
}

/** Sources that belong together: those of the repository, or of one folder elsewhere. */
export interface Aggregate {
  readonly name: string;
  readonly version: string;
  readonly origin: "local" | "source";
  readonly sourceCount: number;
  readonly stateDistribution: Readonly<Record<string, number>>;
}

/** A folder of bundles that the catalog does not refer to. */
export interface BundleOrphan {
  readonly absolutePath: string;
  readonly repoRelativePath: string;
  readonly bundleDir: string;
  readonly files: number;
  readonly bytes: number;
  /** Why it must not be removed now; empty if it may be. */
  readonly keptBecause: string;
}

/** A step of a repair and what became of it. */
export interface RepairOutcome extends RepairStep {
  readonly outcome: "planned" | "done" | "failed";
}

/** A source whose state a repair has changed. */
export interface Transition {
  readonly sourcePath: string;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly reason: string;
}

/** JSON document of `doctor extensions` (contract: extensions 4); the fields below `warnings` are ours. */
export interface DoctorDocument {
  readonly overallStatus: Status;
  readonly registries: Readonly<
    Record<string, { readonly registry: string; readonly status: Status }>
  >;
  /** What processes left behind that were killed or found damage. */
  readonly orphanFiles: readonly string[];
  readonly aggregateState: {
    readonly aggregates: readonly Aggregate[];
    readonly sourceDetails: readonly SourceDetail[];
    /** Sources in the catalog whose files are gone. */
    readonly catalogOrphans: readonly string[];
    readonly bundleOrphans: readonly BundleOrphan[];
    readonly totalSources: number;
    readonly healthySources: number;
    readonly orphanRowCount: number;
    readonly orphanBundleFileCount: number;
    /** Files in source folders that export nothing that counts. */
    readonly helpers: readonly string[];
  };
  /** What cannot be read at all, by what it is. */
  readonly loaderErrors: Readonly<Record<string, string>>;
  /** What the user should know although every source can be used. */
  readonly warnings: readonly string[];
  readonly recentTransitions: readonly Transition[];

  readonly catalog: CatalogHealth;
  readonly pending: readonly PendingChange[];
  readonly conflicts: readonly Problem[];
  readonly damagedBundles: readonly {
    readonly path: string;
    readonly damage: readonly BatchDamage[];
  }[];
  readonly missingSources: readonly string[];
  /** Number of files that were read, with `--verify`. */
  readonly verifiedFiles?: number;
  readonly repair?: { readonly dryRun: boolean; readonly steps: readonly RepairOutcome[] };
}

/** What a look found as a document, without what only a repair can tell. */
export function doctorDocument(report: HealthReport): DoctorDocument {
  const { catalog, pending, problems, batches, leftovers, missingSources, verified } = report;
  const isUnreadable = catalog.state === "damaged";
  const hasFailure = report.sources.some(isFailure) || pending.some(({ isHidden }) => isHidden);
  return {
    overallStatus: isUnreadable || hasFailure ? "fail" : "pass",
    registries: registriesOf(report),
    orphanFiles: leftovers.map(({ path }) => path),
    aggregateState: aggregateState(report),
    loaderErrors: isUnreadable ? { catalog: catalog.error } : {},
    warnings: warningsOf(report),
    recentTransitions: [],
    catalog,
    pending,
    conflicts: problems,
    damagedBundles: batches.filter(({ damage }) => damage.length > 0)
      .map(({ path, damage }) => ({ path, damage })),
    missingSources,
    ...(verified === undefined ? {} : { verifiedFiles: verified }),
  };
}

/** Whether a source cannot be used until something is done. */
export function isFailure({ condition }: SourceHealth): boolean {
  return FAILURES.has(condition);
}

/** One entry for each folder of sources, named after its first kind. */
function registriesOf({ sources }: HealthReport): DoctorDocument["registries"] {
  const failing = new Set(sources.filter(isFailure).map(({ kind }) => KINDS[kind].folder));
  const firstOfFolder = KIND_ROWS.filter((row, index) =>
    KIND_ROWS.findIndex(({ folder }) => folder === row.folder) === index
  );
  return Object.fromEntries(firstOfFolder.map(({ kind, folder }) => [
    kind,
    { registry: kind, status: failing.has(folder) ? "fail" : "pass" },
  ]));
}

function aggregateState(
  { repository, sources, pending, batches }: HealthReport,
): DoctorDocument["aggregateState"] {
  const gone = pending.filter(({ change }) => change === "gone").map(({ source }) => source);
  const orphans = batches.filter(({ isUsed }) => isUsed === false)
    .map(bundleOrphan);
  const details = sources.flatMap(sourceDetail);
  return {
    aggregates: aggregatesOf(repository, sources),
    sourceDetails: details,
    catalogOrphans: gone,
    bundleOrphans: orphans,
    totalSources: details.length,
    healthySources: details.filter(({ stateTag }) => stateTag === STATE_TAGS.ok).length,
    orphanRowCount: gone.length,
    orphanBundleFileCount: orphans.reduce((sum, { files }) => sum + files, 0),
    helpers: sources.filter(({ condition }) => condition === "helper").map(({ source }) => source),
  };
}

function sourceDetail(health: SourceHealth): SourceDetail[] {
  const { source, condition, hash, bundlePath, kind, error, transient, types } = health;
  if (condition === "helper") return [];
  return [{
    sourcePath: source,
    stateTag: STATE_TAGS[condition],
    fingerprint: hash,
    bundlePath,
    kind,
    lastError: error,
    transient,
    types,
  }];
}

function aggregatesOf(repository: string, sources: readonly SourceHealth[]): Aggregate[] {
  const counted = sources.flatMap(({ origin, condition }) =>
    condition === "helper" ? [] : [{ origin, tag: STATE_TAGS[condition] }]
  );
  return Object.entries(Object.groupBy(counted, ({ origin }) => origin)).map(
    ([origin, members = []]) => ({
      name: origin === "" ? `@local/${repository}` : origin,
      version: "0.0.0",
      origin: origin === "" ? "local" : "source",
      sourceCount: members.length,
      stateDistribution: countsOf(members.map(({ tag }) => tag)),
    }),
  );
}

function countsOf(words: readonly string[]): Record<string, number> {
  const groups = Object.groupBy(words, (word) => word);
  return Object.fromEntries(Object.entries(groups).map(([word, all]) => [word, all!.length]));
}

function bundleOrphan(
  { path, absolutePath, bundleFolder, files, bytes, keptBecause }: BatchHealth,
): BundleOrphan {
  return {
    absolutePath,
    repoRelativePath: path,
    bundleDir: bundleFolder,
    files,
    bytes,
    keptBecause,
  };
}

function warningsOf({ catalog, pending, problems, missingSources }: HealthReport): string[] {
  const hidden = pending.filter(({ isHidden }) => isHidden);
  return [
    ...(catalog.error === "" ? [] : [`${catalog.path}: ${catalog.error}`]),
    ...problems.map(({ source, message }) => `${source}: ${message}`),
    ...hidden.map(({ cause }) => `${cause}: its content changed and its stat data did not`),
    ...missingSources.map((place) => `${place}: extension source does not exist`),
  ];
}
