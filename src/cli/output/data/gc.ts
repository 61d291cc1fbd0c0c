import type { GarbageDocument, GarbageEntry } from "../../../libswamp/data/gc.ts";
import type { Page } from "../output.ts";
import { table } from "../table.ts";
import { sizeText } from "./size.ts";

const NOTHING = "No expired data found. Nothing to clean up.";

/** What would go, as a table under a summary. */
export function renderGarbagePreview(document: GarbageDocument, page: Page): string {
  return [`GC preview: ${summary(document)}`, entryTable(document, page)].join("\n\n");
}

/** What has gone, or would go. */
export function renderGarbage(document: GarbageDocument, page: Page): string {
  const { leftoversRemoved: leftovers = 0 } = document;
  if (document.versionsDeleted === 0) {
    return leftovers === 0
      ? NOTHING
      : `Cleared up ${counted(leftovers, "leftover")} of killed runs.`;
  }
  return document.dryRun
    ? [`Dry run: would delete ${summary(document)}`, entryTable(document, page)].join("\n\n")
    : `${page.style.green("GC complete:")} deleted ${summary(document)}`;
}

/** `2 expired items (5 versions) and 3 old versions of 1 item, 2.5KB`. */
function summary(document: GarbageDocument): string {
  const { dataEntriesExpired, expiredEntries, prunedEntries, bytesReclaimed } = document;
  const versions = (entries: readonly GarbageEntry[]) =>
    counted(entries.reduce((sum, { versionCount }) => sum + versionCount, 0), "version");
  const parts = [
    ...(dataEntriesExpired === 0
      ? []
      : [`${counted(dataEntriesExpired, "expired item")} (${versions(expiredEntries)})`]),
    ...(prunedEntries.length === 0
      ? []
      : [`${versions(prunedEntries)} no longer kept of ${counted(prunedEntries.length, "item")}`]),
  ];
  return `${parts.join(" and ")}, ${sizeText(bytesReclaimed)}`;
}

function entryTable({ expiredEntries, prunedEntries }: GarbageDocument, page: Page): string {
  const row = ({ dataName, modelName, versionCount }: GarbageEntry, why: string) => [
    ...[dataName, modelName, String(versionCount), why],
  ];
  return table(["NAME", "MODEL", "VERSIONS", "WHY"], [
    ...expiredEntries.map((entry) => row(entry, entry.reason)),
    ...prunedEntries.map((entry) => row(entry, "more versions than are kept")),
  ], page);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
