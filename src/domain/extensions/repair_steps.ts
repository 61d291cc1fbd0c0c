import type {
  CatalogState,
  HealthReport,
  PendingChange,
  SourceHealth,
} from "./extension_health.ts";
import { packageFolder } from "./lock_entry.ts";
import type { PackagesHealth } from "./package_health.ts";

/** One thing that a repair does. */
export interface RepairStep {
  /** `manual` is left to the user: it takes a network, or a decision. */
  readonly action: "index" | "rebuild" | "retry" | "remove" | "undo" | "manual";
  /** A file or folder, or the name of a package. */
  readonly path: string;
  readonly reason: string;
  /** What it frees, 0 for other steps. */
  readonly bytes: number;
}

/** Everything that a repair would do about what a look found. */
export function repairSteps(report: HealthReport): RepairStep[] {
  const { catalog, sources, packages, pending, batches, leftovers } = report;
  const isBroken = ({ condition }: SourceHealth) =>
    condition === "unbuildable" || condition === "invalid";
  const removable = batches.filter(({ isUsed, keptBecause }) =>
    isUsed === false && keptBecause === ""
  );
  const isWithoutBundle = ({ condition, owner }: SourceHealth) =>
    condition === "damaged" && owner.origin === "pulled";
  return [
    ...packageSteps(packages),
    ...(catalog.state === "ok"
      ? []
      : [step("index", catalog.path, CATALOG_REASONS[catalog.state])]),
    ...pending.map(({ source, change }) => step("index", source, PENDING_REASONS[change])),
    ...batches.filter(({ isUsed, damage }) => isUsed === true && damage.length > 0)
      .map(({ path }) => step("rebuild", path, "damaged bundles")),
    ...sources.filter(isWithoutBundle)
      .map(({ source }) => step("rebuild", source, "its shipped bundle is gone")),
    ...sources.filter(isBroken).map(({ source }) => step("retry", source, "broken source")),
    ...removable.map(({ path, bytes }) => step("remove", path, "unused bundles", bytes)),
    ...leftovers.map(({ path, what, bytes }) => step("remove", path, what, bytes)),
  ];
}

/** What becomes of packages: what is to be fetched is left to the user. */
function packageSteps(
  { isInterrupted, lockFile, problem, packages }: PackagesHealth,
): RepairStep[] {
  return [
    ...(isInterrupted ? [step("undo", lockFile, "interrupted change of packages")] : []),
    ...(problem === "" ? [] : [step("manual", lockFile, problem)]),
    ...packages.filter(({ repairable }) => repairable)
      .map(({ name }) => step("remove", packageFolder(name), "package that is not listed")),
    ...packages.filter(({ condition, repairable }) => condition !== "ok" && !repairable)
      .map((found) => step("manual", found.name, found.problem)),
  ];
}

function step(
  action: RepairStep["action"],
  path: string,
  reason: string,
  bytes = 0,
): RepairStep {
  return { action, path, reason, bytes };
}

const CATALOG_REASONS: Readonly<Record<Exclude<CatalogState, "ok">, string>> = {
  missing: "not indexed yet",
  damaged: "damaged catalog",
  outdated: "catalog of another version of swamp",
  writing: "interrupted write",
};

const PENDING_REASONS: Readonly<Record<PendingChange["change"], string>> = {
  new: "new source",
  changed: "changed source",
  gone: "source is gone",
};
