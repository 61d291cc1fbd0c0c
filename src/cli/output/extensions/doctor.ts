import { PACKAGE_FAILURES } from "../../../domain/extensions/package_health.ts";
import type { DoctorDocument, SourceDetail } from "../../../libswamp/extensions/doctor_document.ts";
import { columns } from "../columns.ts";
import { sizeText } from "../data/size.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";
import { aggregateLines, packageProblemLines } from "./doctor_packages.ts";
import { repairLines } from "./doctor_repair.ts";

/** Lists of what is not wrong are cut after this, unless everything is asked for. */
const MOST_LINES = 10;

/**
 * The state of the extensions for people: a line when all is well, else a part for each thing that is
 * not, and what to do next.
 *
 * @param verbose whether to show sound sources and the catalog as well, and to cut no list
 */
export function renderDoctor(document: DoctorDocument, verbose: boolean, page: Page): string {
  const most = verbose ? Infinity : MOST_LINES;
  const part = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [[page.style.bold(title), ...lines].join("\n")];
  return [
    ...repairLines(document, page),
    ...part(packagesTitle(document), packageProblemLines(document, verbose, page)),
    ...part("Broken sources", brokenLines(document, page)),
    ...part("Conflicts", pairs(document.conflicts.map(({ source, message }) => [source, message]))),
    ...part("Damaged bundles", damageLines(document)),
    ...part("Not indexed yet", cut(pendingLines(document), most, page)),
    ...part("Unused bundles", cut(orphanLines(document), most, page)),
    ...part("Leftovers", cut(pairs(document.orphanFiles.map((path) => [path])), most, page)),
    ...part(
      "Missing extension sources",
      pairs(document.missingSources.map((path) => [path, "see extensionSources in .swamp.yaml"])),
    ),
    ...(verbose ? part("Extensions", aggregateLines(document)) : []),
    ...(verbose ? part("Sources", sourceLines(document)) : []),
    ...(verbose ? part("Catalog", catalogLines(document)) : []),
    verdict(document, page),
  ].join("\n\n");
}

/** A repair fetches nothing, so what is wrong after it is the user's. */
function packagesTitle({ repair }: DoctorDocument): string {
  const isLeft = repair?.steps.some(({ outcome }) => outcome === "left") ?? false;
  return isLeft ? "Packages: left to you, because a repair fetches nothing" : "Packages";
}

function cut(lines: readonly string[], most: number, { style }: Page): readonly string[] {
  if (lines.length <= most) return lines;
  const rest = lines.length - most;
  return [...lines.slice(0, most), style.dim(`  … and ${rest} more; --verbose shows them`)];
}

function pairs(rows: readonly (readonly string[])[]): string[] {
  return columns(rows.map((row) => row.map((text) => printable(text))), "  ");
}

function brokenLines(document: DoctorDocument, { style }: Page): string[] {
  const changed = new Set(document.pending.map(({ source }) => source));
  return document.aggregateState.sourceDetails.filter(isBroken).flatMap((detail) => {
    const { sourcePath, kind, lastError } = detail;
    return [
      `  ${style.red("✗")} ${printable(sourcePath)} (${kind})`,
      ...printable(lastError, true).trimEnd().split("\n").map((line) => `      ${line}`.trimEnd()),
      style.dim(`      → ${nextStep(detail, changed.has(sourcePath))}`),
    ];
  });
}

function isBroken({ stateTag }: SourceDetail): boolean {
  return stateTag === "BundleBuildFailed" || stateTag === "ValidationFailed";
}

function nextStep({ transient }: SourceDetail, hasChanged: boolean): string {
  if (hasChanged) return "It has changed since: the next command that needs types builds it again.";
  return transient
    ? "The cause lies outside: the next command that needs types tries again."
    : "Correct it: the next command that needs types builds it again.";
}

function damageLines({ damagedBundles }: DoctorDocument): string[] {
  return pairs(
    damagedBundles.flatMap(({ path, damage }) =>
      damage.map(({ file, problem }) => [file === "" ? path : `${path}/${file}`, problem])
    ),
  );
}

function pendingLines({ catalog, pending }: DoctorDocument): string[] {
  if (catalog.state !== "ok") return [];
  return pairs(pending.map(({ source, change, cause, isHidden }) => [
    source,
    cause === "" || cause === source ? change : `${change}: ${cause}`,
    ...(isHidden ? ["its time and size say that it has not changed"] : []),
  ]));
}

function orphanLines({ aggregateState: { bundleOrphans } }: DoctorDocument): string[] {
  return pairs(
    bundleOrphans.map(({ repoRelativePath, bytes, keptBecause }) => [
      repoRelativePath,
      sizeText(bytes),
      keptBecause,
    ]),
  );
}

function sourceLines({ aggregateState: { sourceDetails, helpers } }: DoctorDocument): string[] {
  return pairs([
    ...sourceDetails.map(({ sourcePath, stateTag, types }) => [
      sourcePath,
      stateTag,
      types.map(({ kind, type }) => kind === "extension" ? `extends ${type}` : type).join(", "),
    ]),
    ...helpers.map((path) => [path, "Helper"]),
  ]);
}

function catalogLines({ catalog }: DoctorDocument): string[] {
  return pairs([
    ["file", catalog.path],
    ["state", catalog.error === "" ? catalog.state : `${catalog.state}: ${catalog.error}`],
    ...(catalog.layout === undefined ? [] : [["layout", catalog.layout]]),
    ["size", sizeText(catalog.bytes)],
    ...(catalog.stale === "" ? [] : [["stale", catalog.stale]]),
  ]);
}

function verdict(document: DoctorDocument, { style }: Page): string {
  const { catalog, overallStatus, repair } = document;
  const mark = overallStatus === "pass" ? style.green("✓") : style.red("✗");
  return [
    `${mark} ${summary(document)}`,
    ...(catalog.isBuilding ? ["Another swamp process is indexing at this moment."] : []),
    ...(repair === undefined && isRepairable(document)
      ? ["Next: swamp doctor extensions --repair (with --dry-run it only shows what it would do)"]
      : []),
  ].join("\n");
}

function summary(document: DoctorDocument): string {
  const { aggregateState: { sourceDetails }, catalog, pending, verifiedFiles } = document;
  switch (catalog.state) {
    case "missing":
      return pending.length === 0
        ? "There are no extension sources."
        : `Not indexed yet: ${count(pending.length, "file")} in extension folders. ${INDEXING}`;
    case "damaged":
      return `The catalog ${catalog.path} cannot be read: ${catalog.error}. ${INDEXING}`;
    case "outdated":
      return `Another version of swamp made the catalog. ${INDEXING}`;
    case "writing":
      return "The catalog is being written, or its writer was killed. " +
        "The next command that needs types completes it.";
    case "ok":
  }
  const failed =
    sourceDetails.filter((detail) => isBroken(detail) || detail.stateTag === "BundleDamaged")
      .length;
  const types = sourceDetails.flatMap((detail) => detail.types)
    .filter(({ kind, holds }) => holds && kind !== "extension").length;
  const sources = count(sourceDetails.length, "source");
  const verified = verifiedFiles === undefined ? "" : `, ${count(verifiedFiles, "file")} verified`;
  const more = packagesText(document) + verified;
  const found = failed === 0
    ? `${sources}, ${count(types, "type")}${more}`
    : `${failed} of ${sources} cannot be used${more}`;
  return catalog.stale === "" ? `${found}; the catalog is up to date.` : `${found}. ${STALE}`;
}

function packagesText({ packages, loaderErrors }: DoctorDocument): string {
  if (loaderErrors.lockfile !== undefined) return ", packages unknown";
  const failed = packages.filter(({ condition }) => PACKAGE_FAILURES.has(condition)).length;
  if (packages.length === 0) return "";
  const all = count(packages.length, "package");
  return failed === 0 ? `, ${all}` : `, ${failed} of ${all} not as the lock file asks`;
}

const INDEXING = "The next command that needs types indexes all extensions.";
const STALE = "The next command that needs types brings the catalog up to date.";

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Whether there is something that only `--repair` puts right. */
function isRepairable(document: DoctorDocument): boolean {
  const { catalog, damagedBundles, orphanFiles, pending, aggregateState } = document;
  return catalog.state === "damaged" || damagedBundles.length > 0 || orphanFiles.length > 0 ||
    pending.some(({ isHidden }) => isHidden) ||
    document.packages.some(({ repairable }) => repairable) ||
    aggregateState.bundleOrphans.some(({ keptBecause }) => keptBecause === "");
}
