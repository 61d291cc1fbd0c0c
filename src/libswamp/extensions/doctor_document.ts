import type { Problem } from "../../domain/extensions/claims.ts";
import {
  type BatchDamage,
  type BatchHealth,
  type CatalogHealth,
  FAILURES,
  type HealthReport,
  type PendingChange,
  type SourceClaim,
  type SourceHealth,
} from "../../domain/extensions/extension_health.ts";
import { KIND_ROWS, KINDS } from "../../domain/extensions/kinds.ts";
import {
  PACKAGE_FAILURES,
  type PackageHealth,
  type PackagesHealth,
} from "../../domain/extensions/package_health.ts";
import type { RepairStep } from "../../domain/extensions/repair_steps.ts";
import { type Aggregate, aggregatesOf } from "./aggregates.ts";
import { STATE_TAGS } from "./state_tags.ts";

/** Whether something can be used as it is. */
export type Status = "pass" | "fail";

/** One source in the document. */
export interface SourceDetail {
  readonly sourcePath: string;
  /** Name of the aggregate that it belongs to. */
  readonly extensionName: string;
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

/** A step of a repair and what became of it; `left` is left to the user. */
export interface RepairOutcome extends RepairStep {
  readonly outcome: "planned" | "done" | "failed" | "left";
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
  /** Every installed package, and every folder of one that is not listed. */
  readonly packages: readonly PackageHealth[];
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
  const { catalog, packages, pending, problems, batches, leftovers, missingSources, verified } =
    report;
  const unreadable = {
    ...(catalog.state === "damaged" ? { catalog: catalog.error } : {}),
    ...(packages.problem === "" ? {} : { lockfile: packages.problem }),
  };
  const hasFailure = report.sources.some(isFailure) || pending.some(({ isHidden }) => isHidden) ||
    packages.packages.some(({ condition }) => PACKAGE_FAILURES.has(condition));
  return {
    overallStatus: hasFailure || Object.keys(unreadable).length > 0 ? "fail" : "pass",
    registries: registriesOf(report),
    orphanFiles: leftovers.map(({ path }) => path),
    aggregateState: aggregateState(report),
    loaderErrors: unreadable,
    warnings: warningsOf(report),
    recentTransitions: [],
    catalog,
    packages: packages.packages,
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
  { sources, packages, pending, batches }: HealthReport,
): DoctorDocument["aggregateState"] {
  const gone = pending.filter(({ change }) => change === "gone").map(({ source }) => source);
  const orphans = batches.filter(({ isUsed }) => isUsed === false)
    .map(bundleOrphan);
  const details = sources.flatMap(sourceDetail);
  return {
    aggregates: aggregatesOf(sources, packages),
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
  const { source, owner, condition, hash, bundlePath, kind, error, transient, types } = health;
  if (condition === "helper") return [];
  return [{
    sourcePath: source,
    extensionName: owner.name,
    stateTag: STATE_TAGS[condition],
    fingerprint: hash,
    bundlePath,
    kind,
    lastError: error,
    transient,
    types,
  }];
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

function warningsOf(report: HealthReport): string[] {
  const { catalog, packages, pending, problems, missingSources } = report;
  const hidden = pending.filter(({ isHidden }) => isHidden);
  return [
    ...(catalog.error === "" ? [] : [`${catalog.path}: ${catalog.error}`]),
    ...packageWarnings(packages),
    ...problems.map(({ source, message }) => `${source}: ${message}`),
    ...hidden.map(({ cause }) => `${cause}: its content changed and its stat data did not`),
    ...missingSources.map((place) => `${place}: extension source does not exist`),
  ];
}

function packageWarnings({ problem, isInterrupted, packages }: PackagesHealth): string[] {
  return [
    ...(problem === "" ? [] : [problem]),
    ...(isInterrupted
      ? [
        "A change of installed packages was interrupted; the next command that needs types undoes it.",
      ]
      : []),
    ...packages.flatMap(({ name, problem, surplus }) => [
      ...(problem === "" ? [] : [problem]),
      ...(surplus.length === 0 ? [] : [`${name}: not installed with it: ${surplus.join(", ")}`]),
    ]),
  ];
}
